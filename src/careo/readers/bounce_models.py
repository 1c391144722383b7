"""Mail that came back from a reader's address, and that none of ours is therefore sent there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

SOFT_DAYS, SOFT_MOST = 14, 3  # a mailbox that is full over a fortnight is given up


class BounceQuerySet(models.QuerySet["Bounce"]):
    def stopping(self) -> BounceQuerySet:
        """Those for which an address gets nothing: of the address that its reader has now."""
        return self.filter(stops=True, address=F("reader__email"))

    def lately(self, reader: Any) -> BounceQuerySet:
        since = timezone.now() - timedelta(days=SOFT_DAYS)
        return self.filter(reader=reader, address=reader.email, at__gt=since)


class Bounce(models.Model):
    """One mail that came back, or that its reader complained of. The rows go when the address is confirmed again."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bounces")
    address = models.EmailField(help_text="To which it was sent: the reader may have another since.")
    at = models.DateTimeField(default=timezone.now)
    said = models.CharField(max_length=200, blank=True, help_text="What the mail server said.")
    stops = models.BooleanField(help_text="Whether nothing more is sent there.")

    objects = BounceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["stops", "reader"], name="readers_bounce_stops")]

    def __str__(self) -> str:
        return f"{self.address}: {self.said}"
