"""What was read in reports, kept: statements with their spans, the people who made them, remarks, and the editors' log.

The log lies here, in the leftmost room where an editor judges; the desk writes into the same one.
"""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from careo.press.models import Outlet, Report
from careo.record.errors import KeptForEver
from careo.record.spans import words_of


class Person(models.Model):
    """Somebody who is quoted. `name` is the fullest seen; other forms are in `names`."""

    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class PersonName(models.Model):
    """A form of a person's name as reports in one language write it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35, blank=True)
    folded = models.CharField(
        max_length=200, db_index=True, editable=False, help_text="The name to look it up by: `names.folded`."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name", "language"], name="a_form_of_a_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A post a person held, for as long as reports show it ("Homeland Security Secretary")."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=35, blank=True)
    held_from = models.DateField(null=True, blank=True)
    held_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Remark(models.Model):
    """One utterance, told by one or more statements."""

    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"remark {self.pk}"


class ReportReading(models.Model):
    """How reading a report went: the last attempt, by which reader, and what stood in its way."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="reading")
    reader = models.CharField(
        max_length=100, blank=True, help_text="The reader and its version; none before it succeeded."
    )
    attempts = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True, help_text="Why the last attempt failed; empty when it did not.")

    def __str__(self) -> str:
        return f"{self.report}: {self.trouble or self.reader}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def standing(self) -> StatementQuerySet:
        """All that no editor has rejected."""
        return self.exclude(status=Statement.Status.REJECTED)

    def said_by(self, person: Person) -> StatementQuerySet:
        return self.filter(person=person)

    def with_reports(self) -> StatementQuerySet:
        """With all that `wording` and `telling.told` ask for, in one query."""
        return self.select_related("report__outlet", "person")


class Statement(models.Model):
    """One attribution in one report. Spans are lists of [begin, end) in code points of `report.text`."""

    class Kind(models.TextChoices):
        DIRECT = "direct"
        INDIRECT = "indirect"
        MIXED = "mixed"

    class Status(models.TextChoices):
        SUGGESTED = "suggested"
        CONFIRMED = "confirmed"
        CORRECTED = "corrected"
        REJECTED = "rejected"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="statements")
    source = models.JSONField(default=list, blank=True)
    cue = models.JSONField(default=list, blank=True)
    content = models.JSONField(default=list)
    begin = models.PositiveIntegerField(help_text="Where its first span begins, to sort by.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    speaker = models.CharField(max_length=300, blank=True, help_text="The fullest name the report gives.")
    office = models.CharField(max_length=300, blank=True)
    speaker_score = models.FloatField(
        null=True, blank=True, help_text="In 0..1: how sure the reader is of the speaker."
    )
    addressee = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    said_from = models.DateField(null=True, blank=True)
    said_to = models.DateField(null=True, blank=True)
    said_granularity = models.CharField(max_length=10, blank=True)
    said_words = models.CharField(
        max_length=200, blank=True, help_text='What the day was resolved from: "yesterday".'
    )
    language = models.CharField(max_length=35)
    score = models.FloatField(null=True, blank=True)
    found_by = models.CharField(max_length=100, help_text="The reader and its version, or 'editor'.")
    found = models.JSONField(
        default=list,
        blank=True,
        help_text="The content's spans as the machine last found them; an editor's are in `content`.",
    )
    origin = models.UUIDField(
        default=uuid4,
        editable=False,
        db_index=True,
        help_text="Shared with its copies in later versions of the report.",
    )
    held = models.BooleanField(
        default=False, help_text="An editor's work rests on it: a later reading may mend it, not remove it."
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUGGESTED)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    remark = models.ForeignKey(
        Remark, on_delete=models.SET_NULL, null=True, blank=True, related_name="statements"
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["report", "begin", "pk"]

    def __str__(self) -> str:
        return f"{self.speaker or '?'}: {self.wording[:80]}"

    @property
    def wording(self) -> str:
        """The content's words as the report prints them, broken spans joined by an ellipsis."""
        return words_of(self.report.text, self.content)

    @property
    def source_words(self) -> str:
        """Who said it in the report's words: "the mayor", where it gives no name."""
        return words_of(self.report.text, self.source)

    @property
    def settled(self) -> bool:
        """Whether an editor has had the last word on it."""
        return self.status != self.Status.SUGGESTED


class DeskLog(models.Model):
    """Every act of an editor on statements, remarks, relations and events; rows are only ever added."""

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=200, help_text="What it was done to, such as 'statement 17'.")
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.about}"


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    def standing(self) -> WithholdingQuerySet:
        """What is withheld now: neither lifted nor itself a lifting."""
        return self.filter(lifts=None, lifted_by=None)

    def of(self, report: Report) -> WithholdingQuerySet:
        """All rows about a report in any version, or about its whole outlet; the newest first."""
        about = Q(report__canonical_url=report.canonical_url) | Q(report=None, outlet=report.outlet_id)
        return self.filter(about).order_by("-at", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise KeptForEver

    def delete(self) -> NoReturn:
        raise KeptForEver


class Withholding(models.Model):
    """Words of another outlet that the public is not shown. Rows are only ever added: what lifts one is a row, too.

    Without a span it is the whole report, without a report the whole outlet. Hash, snapshot, text, statements and
    citations stay as they are.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="withholdings")
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="withholdings"
    )
    begin = models.PositiveIntegerField(
        null=True, blank=True, help_text="In code points of the report's text."
    )
    end = models.PositiveIntegerField(null=True, blank=True)
    lifts = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="lifted_by"
    )
    reason = models.TextField(help_text="For the desk alone.")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    editor_name = models.CharField(
        max_length=254, help_text="As the editor was called then; it outlives the account."
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begin=None, end=None) | Q(report__isnull=False, begin__lt=F("end")),
                name="a_withheld_span_of_a_report",
            )
        ]

    def __str__(self) -> str:
        return self.words or str(self.report or self.outlet)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises KeptForEver for a row that is there already."""
        if not self._state.adding:
            raise KeptForEver
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise KeptForEver

    @property
    def words(self) -> str:
        """The withheld words as the report prints them; empty for a whole report or outlet."""
        return self.report.text[self.begin : self.end] if self.report and self.begin is not None else ""

    @property
    def is_lifting(self) -> bool:
        return self.lifts_id is not None

    @property
    def stands(self) -> bool:
        return not self.is_lifting and not hasattr(self, "lifted_by")
