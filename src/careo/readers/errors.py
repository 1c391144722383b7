"""What can go wrong with accounts and subscriptions, a sentence each."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _


class ReadersError(Exception):
    """Anything this room refuses; `str()` of it is fit for a reader's eyes."""


class BadPenName(ReadersError):
    def __init__(self, name: str, must: str) -> None:
        self.name = name
        super().__init__(_("A pen name %(must)s; choose another.") % {"must": must})


class PenNameTaken(ReadersError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("“%(name)s” is the pen name of somebody else; choose another.") % {"name": name})


class PenNameChosen(ReadersError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            _("Your pen name is “%(name)s” already; ask the editors to have it changed.") % {"name": name}
        )


class AddressTaken(ReadersError):
    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(
            _("%(email)s belongs to an account already; use that account, or another address.")
            % {"email": email}
        )


class UnknownAddress(ReadersError):
    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(f"No account has the address {email}; check how it is written.")


class EndsBeforeItBegins(ReadersError):
    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            f"A subscription cannot end on {until:%Y-%m-%d %H:%M}, which is past; choose a later day."
        )


class AlreadyEnded(ReadersError):
    def __init__(self, ended: datetime) -> None:
        self.ended = ended
        super().__init__(f"This subscription ended on {ended:%Y-%m-%d %H:%M}; there is nothing left to end.")


class CannotLeave(ReadersError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "You work here; have your rights at the desk and in the forum taken away first, then delete the account."
            )
        )


class PaymentError(ReadersError):
    """Anything that stands between a reader and a payment."""


class NoPayment(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("This paper takes no payment; write to the editors to subscribe."))


class StripeAway(PaymentError):
    """`unsure`: whether what was asked for may have been done all the same, as after an answer that never came."""

    def __init__(self, why: str, *, unsure: bool = False) -> None:
        self.why, self.unsure = why, unsure
        super().__init__(
            _(
                "Stripe, which takes our payments, did not answer as it should. What you asked for may have been done: "
                "wait a few minutes and look, before you try again."
            )
            if unsure
            else _(
                "Stripe, which takes our payments, cannot be reached at the moment. Nothing was changed; try again later."
            )
        )


class StripeRefused(PaymentError):
    """`code` and `said`: Stripe's own words, for logs and for editors; they may name what is wrong with our set-up."""

    def __init__(self, status: int, code: str, said: str) -> None:
        self.status, self.code, self.said = status, code, said
        super().__init__(_("Stripe, which takes our payments, did not accept this. Nothing was changed."))


class NotFromStripe(PaymentError):
    def __init__(self, why: str) -> None:
        super().__init__(f"This message was not taken as Stripe's: {why}.")


class NotOffered(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("This plan is not offered; choose another."))


class TrialUsed(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("A trial is for those who have not subscribed before; choose another plan."))


class OfferNotGood(PaymentError):
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            _(
                "“%(code)s” is no offer for this plan, or not any more; take it out, or check how it is written."
            )
            % {"code": code}
        )


class GiftTaken(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("This gift was taken already, or is none; ask who sent you the link."))


class GiftPaidBack(PaymentError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This gift was paid back to whoever gave it, and cannot be taken any more; ask who sent you the link."
            )
        )


class AlreadyPaid(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("You have a paid subscription already; change its plan instead."))


class NothingPaid(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("You have no paid subscription that this could be done to."))


class SamePlan(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("This is your plan already."))


class PlanUnknown(PaymentError):
    def __init__(self, price: str) -> None:
        self.price = price
        super().__init__(
            f"No plan has the price {price} of Stripe's; give it to one at the desk, under Readers, Plans."
        )


class RefundedMeanwhile(PaymentError):
    def __init__(self) -> None:
        super().__init__(
            _("Something of this payment was given back since you loaded the page; look at it anew.")
        )


class NothingToRefund(PaymentError):
    def __init__(self) -> None:
        super().__init__(_("Nothing was paid here, or not as much; choose a smaller amount."))
