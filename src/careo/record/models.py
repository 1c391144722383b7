"""What was read in reports, kept: statements with their spans, the people who made them, and remarks."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from careo.press.models import Report


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name", "language"], name="a_form_of_a_name_once")]

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


class StatementQuerySet(models.QuerySet["Statement"]):
    def standing(self) -> StatementQuerySet:
        """All that no editor has rejected."""
        return self.exclude(status=Statement.Status.REJECTED)

    def said_by(self, person: Person) -> StatementQuerySet:
        return self.filter(person=person)


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
    addressee = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="statements")
    said_from = models.DateField(null=True, blank=True)
    said_to = models.DateField(null=True, blank=True)
    said_granularity = models.CharField(max_length=10, blank=True)
    said_words = models.CharField(max_length=200, blank=True, help_text='What the day was resolved from: "yesterday".')
    language = models.CharField(max_length=35)
    score = models.FloatField(null=True, blank=True)
    found_by = models.CharField(max_length=100, help_text="The reader and its version, or 'editor'.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUGGESTED)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    remark = models.ForeignKey(Remark, on_delete=models.SET_NULL, null=True, blank=True, related_name="statements")

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["report", "begin", "pk"]

    def __str__(self) -> str:
        return f"{self.speaker or '?'}: {self.wording[:80]}"

    @property
    def wording(self) -> str:
        """The content's words as the report prints them, broken spans joined by an ellipsis."""
        return " […] ".join(self.report.text[begin:end] for begin, end in self.content)
