"""What the desk shows of payments: plans, offers, what is paid, and giving money back.

Money is given back by whom an administrator gave the right `readers.add_refund`; nobody has it from the start.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import View, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from careo.readers.desk import SubscriptionViewSet
from careo.readers.errors import PaymentError, StripeRefused
from careo.readers.models import Gift, Offer, PaidSubscription, Plan, Reader, Refund
from careo.readers.payments import actions, stripe
from careo.readers.payments.money import money


class DeleteUnused(generic.DeleteView):
    """Deletes what nothing was built on yet. Of what stays, `instead` says why, and what is to be done to it instead."""

    instead = ""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, self.instead % {"name": self.object})
            return redirect(self.edit_url_name, quote(self.object.pk))
        return answer


class DeletePlan(DeleteUnused):
    instead = "“%(name)s” was subscribed to or paid for, so it stays; untick “offered” and nobody can choose it any more."


class DeleteOffer(DeleteUnused):
    instead = (
        "“%(name)s” was used in a payment, so it stays; set its end to now and nobody can use it any more."
    )


class PlanViewSet(ModelViewSet):
    model = Plan
    delete_view_class = DeletePlan
    name = "plans"
    url_prefix = "plans"
    menu_label = "Plans"
    icon = "list-ul"
    form_fields = ["name", "slug", "kind", "description", "months", "days", "price", "currency", "is_offered",
                   "stripe_price", "grace_days"]  # fmt: skip
    list_display = [
        "name",
        "kind",
        Column("price", accessor=lambda plan: money(plan.price, plan.currency) if plan.price else "–"),
        "months",
        BooleanColumn("is_offered", label="Offered"),
    ]
    add_to_reference_index = False


def _uses(offer: Offer) -> str:
    used = offer.checkouts.holding().count()
    return f"{used} of {offer.most_uses}" if offer.most_uses else str(used)


def _off(offer: Offer) -> str:
    return f"{offer.percent_off} %" if offer.percent_off else str(Decimal(offer.amount_off or 0).scaleb(-2))


class OfferViewSet(ModelViewSet):
    model = Offer
    delete_view_class = DeleteOffer
    name = "offers"
    url_prefix = "offers"
    menu_label = "Offers"
    icon = "tag"
    form_fields = ["code", "percent_off", "amount_off", "lasts", "starts_at", "ends_at", "most_uses", "plans"]
    list_display = ["code", Column("off", accessor=_off), "lasts", "ends_at", Column("uses", accessor=_uses)]
    search_fields = ["code"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


class SeenAlone(ModelPermissionPolicy):
    """Stripe says what these are: nobody writes them here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("view", "") and bool(super().user_has_permission(user, "view"))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")


class PaidViewSet(ModelViewSet):
    """Subscriptions paid at Stripe, as Stripe told of them last."""

    model = PaidSubscription
    name = "paid_subscriptions"
    url_prefix = "paid"
    menu_label = "Payments"
    icon = "tick-inverse"
    form_fields = ["status"]
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("subscription", label="Subscription", url_name="payments_of"),
        "status",
        Column(
            "period_ends_at",
            label="Paid until",
            accessor=lambda paid: date_format(paid.period_ends_at, "j F Y"),
        ),
        BooleanColumn("cancels_at_period_end", label="Cancelled"),
        "stripe_id",
    ]
    list_filter = ["status"]
    search_fields = ["subscription__reader__email", "subscription__reader__pen_name", "stripe_id"]
    search_backend_name = None


register_permission_policy(PaidSubscription, SeenAlone(PaidSubscription))


def _what_became_of(gift: Gift) -> str:
    """Who took it is nobody's business, at the desk neither."""
    if gift.taken_at:
        return f"taken on {date_format(gift.taken_at, 'j F Y')}"
    return f"paid back on {date_format(gift.paid_back_at, 'j F Y')}" if gift.paid_back_at else "not taken yet"


class GiftViewSet(ModelViewSet):
    """Gifts that were paid for, for whoever may see what is paid."""

    model = Gift
    name = "gifts"
    url_prefix = "gifts"
    menu_label = "Gifts"
    icon = "pick"
    form_fields: list[str] = []
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("__str__", label="Gift", url_name="payment_of_gift"),
        Column("became", label="What became of it", accessor=_what_became_of),
    ]
    search_fields = ["checkout__reader__email", "checkout__reader__pen_name", "checkout__payment_id"]
    search_backend_name = None


register_permission_policy(Gift, SeenAlone(PaidSubscription))


class ReadersGroup(ViewSetGroup):
    menu_label = "Readers"
    menu_icon = "group"
    menu_order = 400
    items = (SubscriptionViewSet, PlanViewSet, OfferViewSet, PaidViewSet, GiftViewSet)


class RefundForm(forms.Form):
    invoice = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    amount = forms.IntegerField(min_value=1, label="In the smallest unit: 499 is 4.99")
    given = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=200)


class OfMoney(WagtailAdminTemplateMixin, View):
    """For those who may see what is paid; acts ask for the right to give money back besides."""

    page_title = "Payments"
    header_icon = "tick-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        needed = "readers.add_refund" if request.method == "POST" else "readers.view_paidsubscription"
        if not request.user.has_perms([needed]):
            raise PermissionDenied
        self.find(kwargs["pk"])
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def find(self, pk: int) -> None:
        """Look up what the page is about. Raises Http404."""
        raise NotImplementedError

    def back(self) -> HttpResponse:
        """To the page on which the form stood."""
        raise NotImplementedError

    def give_back(self, told: dict[str, Any], *, by: Reader) -> Refund:
        """Raises PaymentError's children."""
        raise NotImplementedError

    def asked_back(self) -> HttpResponse:
        """Give back what the form says, and tell how it went."""
        form = RefundForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, "A refund needs an amount and a reason.")
            return self.back()
        try:
            made = self.give_back(form.cleaned_data, by=_editor(self.request))
        except PaymentError as error:
            self.say(error)
        else:
            sentence = f"{money(made.amount, made.currency)} of this payment are given back in all."
            messages.success(self.request, sentence)
        return self.back()

    def say(self, error: PaymentError) -> None:
        said = f" Stripe says: {error.said}" if isinstance(error, StripeRefused) else ""
        messages.error(self.request, f"{error}{said}")


class OfPayments(OfMoney):
    template_name = "readers/desk/payments.html"

    def find(self, pk: int) -> None:
        self.paid = get_object_or_404(PaidSubscription.objects.select_related("subscription__reader"), pk=pk)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("paid_subscriptions:index"), "label": "Payments"},
                {"url": "", "label": str(self.paid.subscription.reader)}]  # fmt: skip

    def back(self) -> HttpResponse:
        return redirect("payments_of", pk=self.paid.pk)


class RefundView(OfPayments):
    """A reader's invoices, and giving back what one of them took."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        reader = self.paid.subscription.reader
        answer: HttpResponse = self.render_to_response(
            self.get_context_data(
                paid=self.paid, refunds=_told(Refund.objects.filter(reader=reader)),
                may_refund=request.user.has_perms(["readers.add_refund"]),
                **self._invoices(reader),
            )
        )  # fmt: skip
        return answer

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.asked_back()

    def give_back(self, told: dict[str, Any], *, by: Reader) -> Refund:
        return actions.refund(
            told["invoice"], told["amount"], by=by, reason=told["reason"], given=told["given"]
        )

    def _invoices(self, reader: Reader) -> dict[str, object]:
        if not stripe.is_set_up():
            return {"invoices": []}
        try:
            found = actions.invoices(reader)
        except PaymentError as error:
            return {"invoices": [], "away": str(error)}
        given = dict(Refund.objects.filter(reader=reader).values_list("payment_id", "amount"))
        return {
            "invoices": [(one, money(one.total, one.currency), given.get(one.payment, 0)) for one in found]
        }


class GiftPaymentView(OfMoney):
    """What a gift cost its giver, and giving that back."""

    template_name = "readers/desk/gift.html"

    def find(self, pk: int) -> None:
        self.gift = get_object_or_404(
            Gift.objects.select_related("checkout__reader", "checkout__plan"), pk=pk
        )

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("gifts:index"), "label": "Gifts"}, {"url": "", "label": str(self.gift)}]

    def back(self) -> HttpResponse:
        return redirect("payment_of_gift", pk=self.gift.pk)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        checkout = self.gift.checkout
        made = (
            Refund.objects.filter(payment_id=checkout.payment_id)
            if checkout.payment_id
            else Refund.objects.none()
        )
        given = made.first()
        answer: HttpResponse = self.render_to_response(
            self.get_context_data(
                gift=self.gift, became=_what_became_of(self.gift), total=money(checkout.amount, checkout.currency),
                refunds=_told(made), given=given.amount if given else 0, left=checkout.amount - (given.amount if given else 0),
                may_refund=request.user.has_perms(["readers.add_refund"]),
            )
        )  # fmt: skip
        return answer

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.asked_back()

    def give_back(self, told: dict[str, Any], *, by: Reader) -> Refund:
        return actions.refund_gift(
            self.gift.checkout, told["amount"], by=by, reason=told["reason"], given=told["given"]
        )


class EndView(OfPayments):
    """Ends a paid subscription at once, rather than with its period."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.back()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            actions.end_now(self.paid)
        except PaymentError as error:
            self.say(error)
        else:
            messages.success(request, "The subscription is ended.")
        return self.back()


def _told(made: QuerySet[Refund]) -> list[tuple[Refund, str]]:
    return [(one, money(one.amount, one.currency)) for one in made.select_related("by")]


def _editor(request: HttpRequest) -> Reader:
    assert isinstance(request.user, Reader)  # the desk lets nobody else in  # noqa: S101
    return request.user
