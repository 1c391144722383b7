"""Sections and stories as Wagtail pages, pictures, citations, corrections and the house style."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Orderable, Page

from careo.press.models import Report
from careo.record.models import Statement
from careo.stories.blocks import StoryBody


class Picture(AbstractImage):
    """A photograph or drawing. `description` (Wagtail's) is the alt text: what is to be seen, not who is named."""

    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "caption", "credit")


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]


class Section(Page):
    """A part of the paper, such as Politics; stories are its children."""

    intro = models.TextField(blank=True)
    template = "paper/section.html"
    subpage_types = ["stories.Story"]


class Story(Page):
    """What our paper publishes. `title` is the headline."""

    class Access(models.TextChoices):
        OPEN = "open", "Open to all"
        SUBSCRIBERS = "subscribers", "Subscribers only"

    standfirst = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=100, blank=True, help_text="The place it is written from.")
    access = models.CharField(max_length=12, choices=Access.choices, default=Access.OPEN)
    open_blocks = models.PositiveIntegerField(
        default=2, validators=[MinValueValidator(0)], help_text="How many blocks of the body all may read when it is closed."
    )
    lead_picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    lead_caption = models.TextField(blank=True)
    lead_alt = models.CharField(max_length=500, blank=True)
    body = StreamField(StoryBody(), blank=True)

    template = "paper/story.html"
    parent_page_types = ["stories.Section"]
    subpage_types: list[str] = []


class Correction(Orderable):
    """A dated note of what was wrong and is now right."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField()
    note = models.TextField()


class Citation(models.Model):
    """From words of the live story to a passage of a report. The body's own marks are the truth; rows are drawn
    from them at each publishing, so that a report can be asked which stories rest on it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField(help_text="Its place in the body, from 1.")
    words = models.TextField(help_text="The words of the story that rest on the passage.")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="citations")
    begin = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="citations")

    class Meta:
        ordering = ["story", "number", "pk"]

    @property
    def passage(self) -> str:
        return self.report.text[self.begin : self.end]


@register_setting
class HouseStyle(BaseSiteSetting):
    """How sources are named, how much of a passage the public sees, and which findings block publishing."""

    spanish_mark = models.CharField(max_length=2, choices=[("sp", "sp"), ("es", "es")], default="sp")
    order = models.CharField(
        max_length=12, choices=[("cited", "As first cited"), ("alphabet", "By name")], default="cited"
    )
    passage_limit = models.PositiveIntegerField(default=300, help_text="Characters of a passage shown in public, at most.")
    blocking = models.JSONField(default=list, blank=True, help_text="Kinds of finding that stop a story from being published.")
