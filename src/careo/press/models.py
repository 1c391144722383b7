"""Outlets, their feeds, what they published (reports) and the bytes it was taken from (snapshots)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q


class Outlet(models.Model):
    """A paper, agency or station whose reports we take in; known by the host of its pages.

    On what basis its words may stand in our pages, and how many of them, an editor says; nobody else knows it.
    What follows from it in public is told in `stories.rights` alone.
    """

    class Basis(models.TextChoices):
        UNKNOWN = "unknown", "Not known yet"
        QUOTATION = "quotation", "Right of quotation"
        LICENCE = "licence", "Licence or agreement"
        PERMISSION = "permission", "Permission given for this use"
        OPEN = "open", "Open licence, such as Creative Commons"
        PUBLIC = "public", "Public domain or official text"
        OWN = "own", "Words of our own house"

    name = models.CharField(max_length=200)
    host = models.CharField(max_length=253, unique=True, help_text="Host of its pages, without www.")
    home_page = models.URLField(max_length=2000, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47, such as es or en.")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166, such as MX.")
    basis = models.CharField(
        "basis of use",
        max_length=12,
        choices=Basis.choices,
        default=Basis.UNKNOWN,
        help_text="By what right we show its words to the public. While it is not known, stories and feeds show of a "
        "passage only the outlet, the link and the day; the desk sees everything.",
    )
    basis_note = models.TextField(
        "note on the basis",
        blank=True,
        help_text="Where it is laid down: the law, the licence, who gave permission and when. For the desk alone.",
    )
    passage_limit = models.PositiveIntegerField(
        "longest passage",
        default=300,
        help_text="Characters of one passage of this outlet that may be shown in public, at most; 0: none. "
        "The limit in the house style holds as well: the smaller of the two counts.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_basis(self) -> bool:
        """Whether an editor has said by what right its words are shown."""
        return self.basis != self.Basis.UNKNOWN


class Feed(models.Model):
    """An RSS or Atom feed of an outlet, polled by the worker with conditional requests."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="feeds")
    url = models.URLField(max_length=2000, unique=True)
    active = models.BooleanField(default=True, help_text="Whether the worker polls it.")
    every_minutes = models.PositiveSmallIntegerField(
        default=15, validators=[MinValueValidator(5)], help_text="Minutes between two polls; 5 or more."
    )
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    polled_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        db_index=True,
        help_text="When the next poll is due; none: at once.",
    )
    failures = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Polls that failed since the last that did not."
    )
    trouble = models.CharField(
        max_length=500, blank=True, editable=False, help_text="Why the last poll failed."
    )

    def __str__(self) -> str:
        return self.url


class FeedEntry(models.Model):
    """An entry that a feed has shown: taken in once, and tried a few times where that failed."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, help_text="SHA-256 of the entry's own identifier.")
    url = models.URLField(max_length=2000)
    seen_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True)
    report = models.ForeignKey("Report", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="an_entry_of_a_feed_once")]

    def __str__(self) -> str:
        return self.url


class Snapshot(models.Model):
    """The bytes of a page as fetched: immutable; stored once for each content under its SHA-256."""

    sha256 = models.CharField(max_length=64, db_index=True)
    url = models.URLField(max_length=2000, help_text="The address that answered, after redirects.")
    fetched_at = models.DateTimeField()
    content_type = models.CharField(max_length=200, blank=True)
    headers = models.JSONField(default=list, help_text="[name, value] pairs as received.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "url"], name="one_snapshot_of_a_content_at_a_url")
        ]

    def __str__(self) -> str:
        return self.sha256


class ReportQuerySet(models.QuerySet["Report"]):
    def current(self) -> ReportQuerySet:
        """The newest version of each report."""
        return self.filter(is_current=True)

    def unread(self) -> ReportQuerySet:
        """Those whose statements the worker has yet to find."""
        return self.filter(read_at=None)


class Report(models.Model):
    """One version of what an outlet published. `text` never changes: a changed page is a new version."""

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="reports")
    url = models.URLField(max_length=2000)
    canonical_url = models.URLField(max_length=2000)
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    headline = models.CharField(max_length=1000)
    standfirst = models.TextField(blank=True)
    authors = models.JSONField(default=list, blank=True, help_text="Names.")
    published = models.CharField(
        max_length=40,
        blank=True,
        help_text="ISO 8601 as the page states it: an instant with offset, or a day.",
    )
    published_at = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="The same as an instant, to sort by."
    )
    modified = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=35)
    text = models.TextField(help_text="Normalised once, never edited; spans are code points of it.")
    images = models.JSONField(default=list, blank=True, help_text='[{"url", "caption", "alt", "credit"}]')
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reports")
    near_duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="near_duplicates"
    )
    captured_at = models.DateTimeField(auto_now_add=True)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-captured_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["canonical_url", "version"], name="one_report_a_version"),
            models.UniqueConstraint(
                fields=["canonical_url"], condition=Q(is_current=True), name="one_current_version_of_a_report"
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def published_on(self) -> date | None:
        """The calendar day in the page's own zone; what "yesterday" in its text counts from."""
        return date.fromisoformat(self.published[:10]) if self.published else None


class Shingle(models.Model):
    """A sample of a report's runs of words, hashed: how near duplicates find each other without reading every text."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="shingles")
    hash = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.hash} in report {self.report_id}"
