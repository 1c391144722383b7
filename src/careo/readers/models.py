"""Readers, plans and subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careo.readers import pen_names


class ReaderManager(BaseUserManager["Reader"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        """A reader known by e-mail address; without a password none will log in until one is set."""
        reader = self.model(email=self.normalize_email(email).lower(), **fields)
        reader.set_password(password)
        reader.save(using=self._db)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Reader(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail's pictures come untyped
    """Anyone with an account, editors and moderators included; known by e-mail, seen by `pen_name`."""

    class MailEdition(models.TextChoices):
        NONE = "", _("None")
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")

    username = None  # type: ignore[assignment]  # the e-mail address is the name to log in with
    email = models.EmailField(unique=True, error_messages={"unique": "This address has an account already."})
    pen_name = models.CharField(
        max_length=pen_names.MOST, blank=True, help_text="Shown beside what you write in the forum."
    )
    pen_key = models.CharField(max_length=pen_names.KEY_LENGTH, unique=True, null=True, editable=False)  # noqa: DJ001
    wished_pen_name = models.CharField(
        max_length=pen_names.MOST,
        blank=True,
        editable=False,
        help_text="Chosen at sign-up, given with the first confirmed address: a name that a mere sign-up held "
        "would tell whoever asks for it again whether the address was new.",
    )
    mail_edition = models.CharField(
        max_length=6,
        choices=MailEdition.choices,
        default=MailEdition.NONE,
        blank=True,
        editable=False,
        db_index=True,
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[ReaderManager] = ReaderManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        verbose_name = "reader"
        verbose_name_plural = "readers"

    def __str__(self) -> str:
        return self.pen_name or self.get_full_name() or self.email

    @property
    def byline(self) -> str:
        """What other readers see; never the address."""
        return self.pen_name or self.get_full_name() or f"Reader {self.pk}"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        self.email = self.email.lower()
        self.pen_key = pen_names.key(self.pen_name) if self.pen_name else None
        if update_fields is not None and "pen_name" in (fields := set(update_fields)):
            update_fields = fields | {"pen_key"}
        super().save(*args, update_fields=update_fields, **options)


class Plan(models.Model):
    """What may be subscribed to; granted by an editor for now."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True)
    months = models.PositiveIntegerField(
        default=12, validators=[MinValueValidator(1)], help_text="How long a subscription to it runs."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def in_force(self) -> SubscriptionQuerySet:
        now = timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)


class Subscription(models.Model):
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="subscriptions")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["reader", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.reader}: {self.plan}"

    @property
    def is_in_force(self) -> bool:
        now = timezone.now()
        return self.starts_at <= now and (self.ends_at is None or self.ends_at > now)
