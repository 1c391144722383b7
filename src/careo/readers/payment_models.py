"""What is kept of payments: who is which customer at Stripe, what was begun, what Stripe said last.

No card, no address and no invoice is kept here: these lie at Stripe and are asked for when somebody wants to see them.
"""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OfferLasts(models.TextChoices):
    ONCE = "once", _("the first payment")
    FOREVER = "forever", _("every payment")


class OfferQuerySet(models.QuerySet["Offer"]):
    def called(self, code: str) -> Offer | None:
        """The offer with this code, however it was typed."""
        return self.filter(code=tidy(code)).first()


def tidy(code: str) -> str:
    """A code as it is kept: capitals, without spaces.

    >>> tidy(" summer 26")
    'SUMMER26'
    """
    return re.sub(r"\s", "", code).upper()[:CODE_LENGTH]


CODE_LENGTH = 40  # characters


class Offer(models.Model):
    """A code that makes a plan cheaper, by a share or by an amount."""

    code = models.CharField(
        max_length=CODE_LENGTH,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", _("Letters, digits and hyphens alone."))],
    )
    percent_off = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount_off = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="In the smallest unit of the plan's currency: 100 is 1.00 EUR.",
    )
    lasts = models.CharField(max_length=10, choices=OfferLasts.choices, default=OfferLasts.ONCE)
    starts_at = models.DateTimeField(default=timezone.now, verbose_name="from")
    ends_at = models.DateTimeField(null=True, blank=True, verbose_name="until")
    most_uses = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: as many as come."
    )
    plans = models.ManyToManyField("readers.Plan", blank=True, help_text="None chosen: all of them.")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="offer_takes_off_one_way",
                condition=Q(percent_off=None, amount_off__isnull=False)
                | Q(percent_off__isnull=False, amount_off=None),
                violation_error_message=_("Take off a share or an amount: one of them."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def clean_fields(self, exclude: object = None) -> None:
        self.code = tidy(self.code)
        super().clean_fields(exclude)  # type: ignore[arg-type]

    def clean(self) -> None:
        if self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An offer ends after it begins; choose a later day.")})

    def price_of(self, price: int) -> int:
        """What is left of a price, both in the smallest unit; never less than nothing."""
        if self.percent_off is not None:
            return price - (price * self.percent_off + 50) // 100
        return max(0, price - (self.amount_off or 0))


class Customer(models.Model):
    """A reader as Stripe knows her."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="customer")
    stripe_id = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.stripe_id


class CheckoutQuerySet(models.QuerySet["Checkout"]):
    def holding(self) -> CheckoutQuerySet:
        """Those that use up an offer: paid, or still open at Stripe."""
        return self.filter(Q(completed_at__isnull=False) | Q(expires_at__gt=timezone.now()))

    def open(self) -> CheckoutQuerySet:
        return self.filter(completed_at=None, expires_at__gt=timezone.now())


class Checkout(models.Model):
    """A payment that a reader was sent to Stripe for. While it is open it holds its place in an offer's uses."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="checkouts")
    plan = models.ForeignKey("readers.Plan", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, related_name="checkouts")
    stripe_id = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001  # not yet told by Stripe
    expires_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    payment_id = models.CharField(
        max_length=100,
        blank=True,
        db_index=True,
        help_text="The payment intent at Stripe (pi_…), of a gift alone.",
    )
    amount = models.PositiveIntegerField(
        default=0, help_text="What that payment took, in the smallest unit of `currency`."
    )
    currency = models.CharField(max_length=3, blank=True)

    objects = CheckoutQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["reader", "expires_at"], name="readers_checkout_reader")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.plan}"


class GiftQuerySet(models.QuerySet["Gift"]):
    def to_be_taken(self) -> GiftQuerySet:
        return self.filter(taken_at=None, paid_back_at=None)


class Gift(models.Model):
    """A subscription that a reader paid for and somebody else takes, by the link that the reader sends."""

    checkout = models.OneToOneField(Checkout, on_delete=models.CASCADE, related_name="gift")
    code = models.CharField(max_length=50, unique=True, default=secrets.token_urlsafe)
    taken_as = models.OneToOneField(
        "readers.Subscription", on_delete=models.SET_NULL, null=True, related_name="gift"
    )
    taken_at = models.DateTimeField(null=True)
    paid_back_at = models.DateTimeField(
        null=True, help_text="When all of its payment was given back: it is void."
    )

    objects = GiftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.checkout.plan}, given by {self.checkout.reader}"


class PaidSubscription(models.Model):
    """What Stripe said last of a subscription that is paid there; `subscription.ends_at` follows from it."""

    subscription = models.OneToOneField("readers.Subscription", on_delete=models.CASCADE, related_name="paid")
    stripe_id = models.CharField(max_length=100, unique=True)
    item_id = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=30)
    period_ends_at = models.DateTimeField()
    cancels_at_period_end = models.BooleanField(default=False)
    past_due_since = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(help_text="When the question was put to which this is the answer.")
    letter_about = models.CharField(
        max_length=100, blank=True, help_text="The unpaid invoice of which a letter was written."
    )

    def __str__(self) -> str:
        return f"{self.subscription} ({self.status})"


class PaymentEvent(models.Model):
    """An event that Stripe told us of; one that is done is not done again."""

    stripe_id = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=100)
    created_at = models.DateTimeField(help_text="By Stripe's clock.")
    received_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["-received_at"], name="readers_event_received")]

    def __str__(self) -> str:
        return f"{self.kind} {self.stripe_id}"


class Refund(models.Model):
    """Money given back for a payment: as much as Stripe says in all."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refunds")
    payment_id = models.CharField(max_length=100, unique=True, help_text="The payment intent at Stripe: pi_…")
    amount = models.PositiveIntegerField(help_text="In the currency's smallest unit.")
    currency = models.CharField(max_length=3)
    refunded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-refunded_at"]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.amount}"
