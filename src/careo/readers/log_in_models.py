"""What is kept of logging in: links sent by mail that nobody has used yet, and the log-ins that still hold."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class LogInLink(models.Model):
    """One mail by which somebody may log in, by the link in it or by the code; gone once either was used.

    A mail to an address without an account leaves a row, too: else the time it takes would tell.
    """

    digest = models.CharField(
        max_length=64,
        unique=True,
        help_text="SHA-256 of the link's token: who reads this table cannot log in.",
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    state = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the account when it was sent; another password makes it void.",
    )
    onward = models.CharField(max_length=500, blank=True, help_text="Where to go on to, a path of ours.")
    expires_at = models.DateTimeField(db_index=True)


class ReaderSession(models.Model):
    """A log-in that holds, as its reader sees it. The session itself is Django's; here is what it is known by."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_sessions"
    )
    key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    network = models.CharField(max_length=50, blank=True, help_text="The first part of the client's address.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-seen_at", "-pk"]
