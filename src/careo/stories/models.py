"""Sections and stories as Wagtail pages, pictures, citations, corrections and the house style."""

from __future__ import annotations

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.forms import Select
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Orderable, Page, Revision, Site
from wagtail.search import index

from careo.desk.models import Event
from careo.press.models import Report
from careo.reading.folding import fold
from careo.record.actions import hold
from careo.record.models import Statement
from careo.stories import gate, versions
from careo.stories.blocks import StoryBody
from careo.stories.composing import COMPOSED_HELP, Composition
from careo.stories.findings import BLOCKING_BY_DEFAULT
from careo.stories.forms import HouseStyleForm, StoryForm
from careo.stories.reserved import refuse_reserved
from careo.stories.shown import Shown, Variant, marks_in, shown, statements_in
from careo.stories.style import LeadIn, Order, Style
from careo.stories.zones import refuse_unknown_zone, zone_called, zone_choices


class Picture(AbstractImage):
    """A photograph or drawing. `description` (Wagtail's) is the alt text: what is to be seen, not who is named."""

    caption = models.TextField(blank=True)
    credit = models.CharField(max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "caption", "credit")


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter"
            )
        ]


def languages() -> list[tuple[str, str]]:
    """In which a story may be written: code and name, as the settings have them."""
    return [(str(code), str(name)) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES]


class Section(Page):
    """A part of the paper, such as Politics; stories are its children."""

    intro = models.TextField(blank=True)
    composition = StreamField(Composition(), blank=True, help_text=COMPOSED_HELP)
    template = "paper/section.html"
    parent_page_types = ["paper.Home"]
    subpage_types = ["stories.Story"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("composition")]

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)


class Story(Page):
    """What our paper publishes. `title` is the headline. Its section is its parent.

    What a reader may see is asked of `shown`, `plain_text` and nothing else: there the closed part is left out.
    """

    class Access(models.TextChoices):
        OPEN = "open", "Open to all"
        SUBSCRIBERS = "subscribers", "Subscribers only"

    standfirst = models.TextField(blank=True, help_text="The line under the headline.")
    byline = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=100, blank=True, help_text="The place it is written from.")
    language = models.CharField(
        max_length=10, choices=languages, blank=True, help_text="Left empty, the paper's own language."
    )
    edition_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name="the same story in another language",
        help_text="The story that this one tells in another language; each page then leads to the other.",
    )
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        help_text="The hours on its page are told in it. Left empty, in the paper's own.",
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        help_text="What it tells of: citations are chosen from this event's statements first. Never shown.",
    )
    access = models.CharField(max_length=12, choices=Access.choices, default=Access.OPEN)
    open_blocks = models.PositiveIntegerField(
        default=2,
        validators=[MinValueValidator(0)],
        help_text="How many blocks of the body all may read when it is closed.",
    )
    lead_picture = models.ForeignKey(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lead_caption = models.TextField(
        blank=True,
        verbose_name="caption",
        help_text="Who and what this is, where and when. Everybody reads it.",
    )
    lead_alt = models.CharField(
        max_length=500,
        blank=True,
        verbose_name="alt text",
        help_text="What is to be seen, for those who cannot see it: not the caption again. "
        "Left empty, the picture's own description is used.",
    )
    body = StreamField(StoryBody(), blank=True)

    template = "paper/story.html"
    parent_page_types = ["stories.Section"]
    subpage_types: list[str] = []
    base_form_class = StoryForm
    content_panels = [
        FieldPanel("title", heading="Headline", classname="title"),
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [
                FieldPanel("byline"),
                FieldPanel("dateline"),
                FieldPanel("time_zone", widget=Select(choices=cast("Any", zone_choices))),
                FieldPanel("event"),
            ],
            heading="Byline and place",
        ),
        MultiFieldPanel(
            [FieldPanel("lead_picture"), FieldPanel("lead_caption"), FieldPanel("lead_alt")],
            heading="Lead picture",
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("language"), FieldPanel("edition_of")], heading="Language"),
        MultiFieldPanel([FieldPanel("access"), FieldPanel("open_blocks")], heading="Who may read it"),
        InlinePanel("corrections", heading="Corrections", label="Correction"),
        HelpPanel(template="stories/desk/check_panel.html", heading="Check"),
    ]
    # The closed part is in no index: no answer to a search may depend on it.
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("open_text"),
        index.SearchField("without_accents"),
    ]

    @property
    def open_text(self) -> str:
        """What all may read of the body, as plain text."""
        return self.plain_text("public")

    @property
    def without_accents(self) -> str:
        """All that search may find, folded: unlike SQLite, PostgreSQL tells "Julián" from "Julian"."""
        return fold(f"{self.title}\n{self.standfirst}\n{self.open_text}")

    @property
    def lead_alternative(self) -> str:
        """The lead picture's alt text: the story's own, else the picture's."""
        return self.lead_alt or (self.lead_picture.description if self.lead_picture else "")

    def clean(self) -> None:
        super().clean()
        refuse_unknown_zone(self.time_zone)

    @property
    def written_in(self) -> str:
        """The code of its language: its own, where it says one, else the paper's."""
        return self.language or str(self.locale.language_code)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the place it is written from; the paper's where none is set."""
        return zone_called(self.time_zone)

    @property
    def is_closed(self) -> bool:
        return self.access != self.Access.OPEN

    def shown(self, variant: Variant) -> Shown:
        """The body as `variant` may see it, with its citations and sources; anything unknown counts as the public."""
        return shown(self.body, style=self.house_style().as_style(), only=self.limit(variant))

    def limit(self, variant: Variant) -> int | None:
        """How many blocks of the body the variant may see; None: all of them."""
        return None if variant == "subscriber" or not self.is_closed else self.open_blocks

    def plain_text(self, variant: Variant) -> str:
        """Our own words of the body, paragraphs divided by an empty line."""
        return self.shown(variant).text

    def house_style(self) -> HouseStyle:
        """The house style of the paper it stands in; the default one where there is no paper yet."""
        site = self.get_site() if self.path else None
        site = site or Site.objects.filter(is_default_site=True).first()
        return cast("HouseStyle", HouseStyle.for_site(site)) if site else HouseStyle()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `story` and `variant`; an editor's preview shows the whole story."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        preview = getattr(request, "is_preview", False)
        variant = "subscriber" if preview else getattr(request, "variant", "public")
        return {**context, "story": self, "variant": variant}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whenever what is live is saved, its citations are drawn anew with it, and what it says is kept as a version.
        A draft and an unpublished story have no citations, and make no version."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None:
                self._draw_citations()
                if self.live:
                    versions.keep(self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """A draft's statements are held, so that a later reading of their reports does not take them away."""
        with transaction.atomic():
            hold(self._statements_used())
            return super().save_revision(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Raises StoryStopped where a finding stops it and nobody has overridden that for this very text."""
        if revision.approved_go_live_at is None:
            gate.let_through(revision)
        elif not gate.passes_at_its_hour(revision):
            return None
        with transaction.atomic(), versions.signed(self, revision, publisher=kwargs.get("user")):
            return super().publish(revision, *args, **kwargs)

    def _draw_citations(self) -> None:
        self.citations.all().delete()
        if self.live:
            Citation.objects.bulk_create(
                Citation(
                    story=self,
                    number=cited.number,
                    words=cited.words,
                    report=passage.report,
                    begin=passage.begin,
                    end=passage.end,
                    statement=passage.statement,
                )
                for cited in self.shown("subscriber").citations
                for passage in cited.passages
            )

    def _statements_used(self) -> list[Statement]:
        cited = {mark.statement for _, _, mark in marks_in(self.body) if mark.statement}
        return [*Statement.objects.filter(pk__in=cited), *statements_in(self.body)]


class Correction(Orderable):
    """A dated note of what was wrong and is now right."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField(default=timezone.localdate, verbose_name="corrected on")
    note = models.TextField(help_text="What was wrong, and what is right.")

    panels = [FieldPanel("on"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.note


class Version(models.Model):
    """What a story said from one publishing to the next. Written when it goes out, so that no draft is ever one.

    It stands by itself: purged revisions take nothing from it. `access` and `open_blocks` are the last it went out
    with, `body` the stored blocks, whose passages are looked up when it is shown, as a story's are.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="Of the story's versions, from 1.")
    at = models.DateTimeField(help_text="When it appeared.")
    title = models.CharField(max_length=255)
    standfirst = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=100, blank=True)
    lead_caption = models.TextField(blank=True)
    access = models.CharField(max_length=12, choices=Story.Access.choices)
    open_blocks = models.PositiveIntegerField()
    body = models.JSONField(default=list)
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", help_text="Who saved drafts since the version before."
    )

    wagtail_reference_index_ignore = (
        True  # else deleting a story would warn that its own versions refer to it
    )

    class Meta:
        ordering = ["story", "number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="one_version_of_a_story_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class CheckOverride(models.Model):
    """An editor let findings pass, and said why; rows are only ever added. Other findings are not let pass by it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="check_overrides")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.TextField()
    findings = models.JSONField(
        default=list, help_text="Those let pass: kind, words, message and place of each."
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.reason


class Citation(models.Model):
    """From words of the live story to a passage of a report. The body's own marks are the truth; rows are drawn
    from them at each publishing, so that a report can be asked which stories rest on it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField(help_text="Its place in the body, from 1.")
    words = models.TextField(help_text="The words of the story that rest on the passage.")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="citations")
    begin = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    statement = models.ForeignKey(
        Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="citations"
    )

    class Meta:
        ordering = ["story", "number", "pk"]

    @property
    def passage(self) -> str:
        return self.report.text[self.begin : self.end]


def blocking_by_default() -> list[str]:
    return list(BLOCKING_BY_DEFAULT)


@register_setting(icon="edit")
class HouseStyle(BaseSiteSetting):
    """How sources are named, how much of a passage the public sees, and which findings block publishing."""

    spanish_mark = models.CharField(max_length=2, choices=[("sp", "sp"), ("es", "es")], default="sp")
    order = models.CharField(
        max_length=12, choices=[("cited", "As first cited"), ("alphabet", "By name")], default="cited"
    )
    lead_in = models.CharField(
        max_length=8,
        choices=[
            ("number", "Source: for one, Sources: for more"),
            ("source", "Source:"),
            ("sources", "Sources:"),
        ],
        default="number",
        verbose_name="sources line begins",
    )
    passage_limit = models.PositiveIntegerField(
        default=300, help_text="Characters of a passage shown in public, at most."
    )
    blocking = models.JSONField(
        default=blocking_by_default,
        blank=True,
        help_text="Kinds of finding that stop a story from being published.",
    )

    base_form_class = HouseStyleForm
    panels = [
        MultiFieldPanel(
            [FieldPanel("spanish_mark"), FieldPanel("order"), FieldPanel("lead_in")], heading="Sources line"
        ),
        FieldPanel("passage_limit"),
        FieldPanel("blocking"),
    ]

    class Meta:
        verbose_name = "house style"

    def __str__(self) -> str:
        return "house style"

    def as_style(self) -> Style:
        return Style(
            spanish_mark=self.spanish_mark,
            order=cast("Order", self.order),
            passage_limit=self.passage_limit,
            lead_in=cast("LeadIn", self.lead_in),
        )
