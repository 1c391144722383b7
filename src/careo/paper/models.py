"""The paper's own pages: its home and its standing pages (about, imprint, privacy, terms)."""

from __future__ import annotations

from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class Home(Page):
    """The front page; sections and standing pages are its children."""

    tagline = models.CharField(max_length=200, blank=True)
    template = "paper/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.Section", "paper.StandingPage"]
    max_count = 1


class StandingPage(Page):
    """About, imprint, privacy, terms: edited like any page."""

    body = RichTextField()
    template = "paper/standing_page.html"
    parent_page_types = ["paper.Home"]
    subpage_types: list[str] = []
