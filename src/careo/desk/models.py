"""Events (reports of one happening), matters (a question on which remarks are put face to face), relations, the log."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from careo.press.models import Report
from careo.record.models import Remark


class Event(models.Model):
    """Reports of one happening, in any language; open while more may come."""

    title = models.CharField(max_length=300)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """The event a report belongs to; an editor's placement is never moved by the machine."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="placement")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="placements")
    score = models.FloatField(null=True, blank=True, help_text="Likeness at which the machine placed it; none for an editor.")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
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
    """How two remarks stand to each other: suggested by the machine with a score, settled by an editor."""

    class Kind(models.TextChoices):
        SAME = "same"
        DIFFERS = "differs"
        CONFLICTS = "conflicts"
        FOLLOWS = "follows"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="relations")
    first = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="relations_first")
    second = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="relations_second")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    score = models.FloatField()
    why = models.JSONField(default=list, help_text="The words and details it rests on.")
    found_by = models.CharField(max_length=100)
    verdict = models.CharField(max_length=10, choices=[*Kind.choices, ("none", "none")], blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_relation_of_two_remarks")]

    def __str__(self) -> str:
        return f"{self.first} {self.kind} {self.second}"


class DeskLog(models.Model):
    """Every act of an editor at the desk; rows are only ever added."""

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=200, help_text="What it was done to, such as 'statement 17'.")
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.about}"
