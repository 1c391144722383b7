"""The paper's own pages: its home and its standing pages (about, imprint, privacy, terms); what machines may do."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page

from careo.paper.catalogue import CatalogueWord, Entry, LetterPair, Occurrence, Resting, Told
from careo.stories.models import Story
from careo.stories.reserved import refuse_reserved

__all__ = [
    "CatalogueWord",
    "Entry",
    "Home",
    "LetterPair",
    "Machines",
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
        help_text="The story that leads the front page; without one, the newest.",
    )

    template = "paper/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.Section", "paper.StandingPage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("tagline"), FieldPanel("lead")]


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
