"""The paper's own pages: its home and its standing pages (about, imprint, privacy, terms); what machines may do.

E-mail editions and the catalogue have modules of their own, `mail_models` and `catalogue`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from careo.paper.catalogue import CatalogueWord, Entry, LetterPair, Occurrence, Resting, Told
from careo.paper.mail_models import MailEdition, MailEditionStory, Mailing
from careo.stories.composing import COMPOSED_HELP, Composition
from careo.stories.models import Story
from careo.stories.reserved import refuse_reserved

__all__ = [
    "CatalogueWord",
    "Entry",
    "Home",
    "LetterPair",
    "Machines",
    "MailEdition",
    "MailEditionStory",
    "Mailing",
    "Occurrence",
    "Resting",
    "StandingPage",
    "Told",
]


class Home(Page):
    """The front page, its title the paper's name; sections and standing pages are its children."""

    tagline = models.CharField(max_length=200, blank=True, help_text="The line under the paper's name.")
    lead = models.ForeignKey(
        Story,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The story that leads the front page; without one, the newest. Not looked at where you compose the page.",
    )
    composition = StreamField(Composition(), blank=True, help_text=COMPOSED_HELP)

    template = "paper/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.Section", "paper.StandingPage"]
    max_count = 1
    content_panels = [
        *Page.content_panels,
        FieldPanel("tagline"),
        FieldPanel("lead"),
        FieldPanel("composition"),
    ]


@register_setting(icon="desktop")
class Machines(BaseSiteSetting):
    """What the paper lets programs do with its open pages; they are asked, not forced."""

    search = models.BooleanField(default=True, help_text="Search engines may list our pages.")
    fetching = models.BooleanField(
        default=True,
        verbose_name="fetching for a person",
        help_text="An assistant may fetch a page because somebody asked it something.",
    )
    training = models.BooleanField(
        default=False,
        verbose_name="training and mining",
        help_text="Models may be trained on our pages. Where this is off, text and data mining is reserved.",
    )

    panels = [FieldPanel("search"), FieldPanel("fetching"), FieldPanel("training")]

    class Meta:
        verbose_name = "machines"

    def __str__(self) -> str:
        return "machines"


class StandingPage(Page):
    """About, imprint, privacy, terms: edited like any page."""

    body = RichTextField()

    template = "paper/standing_page.html"
    parent_page_types = ["paper.Home"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)


class GoneAddress(models.Model):
    """An address at which all could once read a story that has since been withdrawn or deleted.

    Only what was public is written down here, so that what has never been so cannot be told from what never existed.
    """

    path = models.CharField(max_length=600, unique=True, help_text="From the root, with both slashes.")
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.path


class ReadersNoteQuerySet(models.QuerySet["ReadersNote"]):
    def open(self) -> ReadersNoteQuerySet:
        return self.filter(settled_at=None)


class ReadersNote(models.Model):
    """What a reader holds to be wrong in a sentence of a story: the sentence as it stood, and the passages under it.

    It outlives its story. All of it but the sentence was written by a stranger.
    """

    story = models.ForeignKey(
        Story, on_delete=models.SET_NULL, null=True, related_name="readers_notes", editable=False
    )
    headline = models.CharField(max_length=255)
    sentence = models.TextField(blank=True, help_text="Empty: the story as a whole.")
    block = models.CharField(max_length=64, blank=True, help_text="The body's key of its block, or a field.")
    passages = models.TextField(blank=True, help_text="The marks of the passages that the sentence rests on.")
    what = models.TextField(verbose_name="what is wrong")
    email = models.EmailField(blank=True, help_text="Where an answer may go.")
    token = models.UUIDField(unique=True, help_text="Drawn with the form: sent twice, it makes one note.")
    sent_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answer = models.TextField(blank=True, help_text="What was done about it, for the desk.")

    objects = ReadersNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = "reader's note"

    def __str__(self) -> str:
        return f"{self.headline}: {self.what[:60]}"

    @property
    def about(self) -> str:
        return self.sentence or "The story as a whole"


# Models with a file of their own, told here so that Django finds them.
from careo.paper.saved_models import GiftLink as GiftLink  # noqa: E402
from careo.paper.saved_models import SavedStory as SavedStory  # noqa: E402
