"""Who is sent which e-mail edition, and what became of it: where the paper and its readers meet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from careo.paper.mail_models import MailEdition


class Delivery(models.Model):
    """One edition to one reader. `careo.project.mailing` says when each state is entered and what may follow it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BEGUN = "begun"  # handed to the mail server; if it stays so, nobody knows whether it arrived
        SENT = "sent"
        FAILED = "failed"  # refused for good, or tried often enough
        DROPPED = "dropped"  # no longer wanted, or nothing left to tell

    edition = models.ForeignKey(MailEdition, on_delete=models.CASCADE, related_name="deliveries")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it may be tried, while it waits.")
    trouble = models.CharField(max_length=300, blank=True, help_text="What the mail server said last.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "reader"], name="one_delivery_a_reader")]
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.edition} to reader {self.reader_id}: {self.state}"


class Lease(models.Model):
    """Who may do what one alone may do at a time, and until when (`careo.project.lease`)."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(help_text="By the database's clock.")

    def __str__(self) -> str:
        return f"{self.name}: {self.holder or 'nobody'}"
