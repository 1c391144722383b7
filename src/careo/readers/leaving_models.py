"""That a reader asked for the account to be deleted, until it is or the reader stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

DAYS = 7  # to change one's mind; who lost the account to a thief has as long to see the mail


class LeavingQuerySet(models.QuerySet["Leaving"]):
    def due(self) -> LeavingQuerySet:
        return self.filter(asked_at__lte=timezone.now() - timedelta(days=DAYS))


class Leaving(models.Model):
    """The row goes with the account, or when the reader stays."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaving")
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    keeps_posts = models.BooleanField(
        help_text="Whether posts stay, under no name, or their words go, too, and place-holders stay."
    )

    objects = LeavingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"reader {self.reader_id} leaves"

    @property
    def due_at(self) -> datetime:
        return self.asked_at + timedelta(days=DAYS)
