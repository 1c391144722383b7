"""Readers, plans and subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careo.readers import former, pen_names

# Django's own, so that sessions begun before anybody logged out everywhere go on.
SESSION_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


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
    email = models.EmailField(
        unique=True, error_messages={"unique": _("This address has an account already.")}
    )
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
    log_outs = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often the reader logged out everywhere."
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
        if self.email == former.ADDRESS:
            return gettext("Former reader")
        return self.pen_name or self.get_full_name() or gettext("Reader %(number)s") % {"number": self.pk}

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must agree with to hold: ends with the password, and with logging out everywhere."""
        ended = f"{self.password}.{self.log_outs}" if self.log_outs else self.password
        return salted_hmac(SESSION_SALT, ended, secret=secret, algorithm="sha256").hexdigest()

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        self.email = self.email.lower()
        self.pen_key = pen_names.key(self.pen_name) if self.pen_name else None
        if update_fields is not None and "pen_name" in (fields := set(update_fields)):
            update_fields = fields | {"pen_key"}
        super().save(*args, update_fields=update_fields, **options)


class PlanKind(models.TextChoices):
    MONTHLY = "monthly", _("monthly")
    YEARLY = "yearly", _("yearly")
    TRIAL = "trial", _("trial")
    STUDENT = "student", _("student")
    GIFT = "gift", _("gift")


class PlanQuerySet(models.QuerySet["Plan"]):
    def offered(self) -> PlanQuerySet:
        """What a reader may choose and pay for by herself."""
        return self.filter(is_offered=True).exclude(stripe_price="").exclude(price=None)


class Plan(models.Model):
    """What may be subscribed to: granted by an editor, or paid for where it is offered and has a price at Stripe."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=PlanKind.choices, default=PlanKind.YEARLY)
    months = models.PositiveIntegerField(
        default=12, validators=[MinValueValidator(1)], help_text="How long a subscription to it runs."
    )
    days = models.PositiveIntegerField(
        default=0,
        help_text="Of a trial: days without payment, after which the price is taken each time the months are over.",
    )
    price = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(99_999_999)],  # the most that Stripe takes at once
        help_text="In the currency's smallest unit: 499 is 4.99 EUR.",
    )
    currency = models.CharField(
        max_length=3,
        default="eur",
        validators=[RegexValidator("^[a-z]{3}$", _("Three small letters, as in eur."))],
    )
    is_offered = models.BooleanField(
        default=False, verbose_name="offered", help_text="Readers may choose it themselves and pay by card."
    )
    stripe_price = models.CharField(
        max_length=100, blank=True, help_text="The id of its price at Stripe: price_…"
    )
    grace_days = models.PositiveIntegerField(
        default=7, help_text="Days for which a subscriber whose payment failed reads on."
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.is_offered and not (self.price and self.stripe_price):
            raise ValidationError(_("What is offered needs a price, and the id of that price at Stripe."))
        if self.kind == PlanKind.TRIAL and not self.days:
            raise ValidationError({"days": _("A trial needs its days.")})


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def in_force(self, at: datetime | None = None) -> SubscriptionQuerySet:
        now = at or timezone.now()
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


from careo.readers.bounce_models import Bounce  # noqa: E402  # as below
from careo.readers.leaving_models import Leaving  # noqa: E402
from careo.readers.log_in_models import LogInLink, ReaderSession  # noqa: E402
from careo.readers.payment_models import (  # noqa: E402  # they point at the models above
    Checkout,
    Customer,
    Gift,
    Offer,
    PaidSubscription,
    PaymentEvent,
    Refund,
)

__all__ = [
    "Bounce",
    "Checkout",
    "Customer",
    "Gift",
    "Leaving",
    "LogInLink",
    "Offer",
    "PaidSubscription",
    "PaymentEvent",
    "Plan",
    "PlanKind",
    "Reader",
    "ReaderManager",
    "ReaderSession",
    "Refund",
    "Subscription",
    "SubscriptionQuerySet",
]
