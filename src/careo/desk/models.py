"""Events (reports of one happening), matters (a question on which remarks are put face to face), relations.

What editors did is in `record.models.DeskLog`, the log both rooms share.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from careo.press.models import Report
from careo.record.models import Remark, Statement


class EventQuerySet(models.QuerySet["Event"]):
    def standing(self) -> EventQuerySet:
        """All but those merged into another."""
        return self.filter(merged_into=None)

    def open(self) -> EventQuerySet:
        """Those that may take in another report."""
        return self.standing().filter(closed_at=None)


class Event(models.Model):  # type: ignore[django-manager-missing]  # stories are pages, whose manager Wagtail builds
    """Reports of one happening, in any language; open while more may come."""

    title = models.CharField(max_length=300)
    language = models.CharField(
        max_length=35, blank=True, help_text="The title's, while it is a report's headline."
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    compared_at = models.DateTimeField(
        null=True, blank=True, help_text="When its face-to-face was last drawn."
    )
    trouble = models.TextField(blank=True, help_text="Why drawing it failed; empty when it did not.")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReportGist(models.Model):
    """What `reading.likeness` needs to know of a report, so that no report is encoded twice."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="gist")
    gist = models.JSONField()

    def __str__(self) -> str:
        return str(self.report)


class Placement(models.Model):
    """The event a report belongs to; an editor's placement is never moved by the machine."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="placement")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="placements")
    score = models.FloatField(
        null=True, blank=True, help_text="Likeness at which the machine placed it; none for an editor."
    )
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    placed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.report} in {self.event}"


class Matter(models.Model):
    """A question on which remarks of one event are put face to face."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="matters")
    question = models.CharField(max_length=300)
    remarks = models.ManyToManyField(Remark, related_name="matters", blank=True)

    def __str__(self) -> str:
        return self.question


class Relation(models.Model):
    """How two remarks stand to each other: suggested by the machine with a score, settled by an editor.

    A remark's relation to itself (`first` is `second`) says how its own tellings differ. "follows": `second` answers
    `first`. The verdict "none" says that they do not stand so.
    """

    class Kind(models.TextChoices):
        SAME = "same"
        DIFFERS = "differs"
        CONFLICTS = "conflicts"
        FOLLOWS = "follows"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="relations")
    first = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="relations_first")
    second = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="relations_second")
    first_telling = models.ForeignKey(
        Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    second_telling = models.ForeignKey(
        Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    score = models.FloatField(null=True, blank=True, help_text="In 0..1; none where an editor found it.")
    why = models.JSONField(default=list, help_text="The words and details it rests on.")
    found_by = models.CharField(max_length=100)
    verdict = models.CharField(max_length=10, choices=[*Kind.choices, ("none", "none")], blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_relation_of_two_remarks")
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.kind} {self.second}"


class Bond(models.Model):
    """An editor's word that two statements tell one remark, or that they do not; no comparison overrides it."""

    first = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    together = models.BooleanField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_bond_of_two_statements"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="a_bond_names_the_older_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {'with' if self.together else 'apart from'} {self.second_id}"
