"""The paper's own pages: its home and its standing pages (about, imprint, privacy, terms); what machines may do.

E-mail editions have a module of their own, `mail_models`.
"""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from careo.paper.mail_models import MailEdition, MailEditionStory, Mailing
from careo.stories.composing import COMPOSED_HELP, Composition
from careo.stories.models import Story
from careo.stories.reserved import refuse_reserved

__all__ = ["Home", "Machines", "MailEdition", "MailEditionStory", "Mailing", "StandingPage"]


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
