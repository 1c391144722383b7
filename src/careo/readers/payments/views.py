"""The pages on which a reader subscribes and sees to what she pays. Cards are typed at Stripe alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careo.edge.protection import PAGE_POLICY
from careo.readers.access import is_subscriber
from careo.readers.errors import GiftPaidBack, GiftTaken, OfferNotGood, PaymentError, StripeRefused
from careo.readers.models import Checkout, Gift, Plan, Reader, Refund
from careo.readers.payments import actions, stripe
from careo.readers.payments.forms import ChangePlanForm, ChoosePlanForm, price_line
from careo.readers.payments.keeping import paid_by
from careo.readers.payments.money import money
from careo.readers.payments.offered import plans_to_pay_for

log = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponse]
STRIPES = ("https://checkout.stripe.com", "https://billing.stripe.com")


def by_form(view: View) -> View:
    """An act: done by a form alone. Whoever comes otherwise, from the log-in, say, is shown the page that has the form."""

    @wraps(view)
    def act(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("readers:subscription")

    return login_required(act)


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """How to become a subscriber, as things stand: by card where payment is set up, else by writing to the editors."""
    user = request.user
    plans = plans_to_pay_for(user if isinstance(user, Reader) else None)
    pays = stripe.is_set_up() and plans.exists()
    form = ChoosePlanForm(plans, request.POST if pays and request.method == "POST" else None)
    if form.is_bound:
        if not isinstance(user, Reader):
            return redirect_to_login(request.path)
        if form.is_valid():
            try:
                return _away(
                    actions.start_checkout(user, form.cleaned_data["plan"], form.cleaned_data["code"])
                )
            except PaymentError as error:
                _note(error)
                form.add_error("code" if isinstance(error, OfferNotGood) else None, str(error))
    context = {
        "plans": plans if pays else Plan.objects.all(),
        "form": form,
        "pays": pays,
        "is_subscriber": is_subscriber(user),
    }
    return _page(request, "readers/subscribe.html", context, form)


@login_required
@require_safe
def subscription(request: HttpRequest) -> HttpResponse:
    """What the reader subscribes to, and what she paid."""
    return _shown(request)


@login_required
@require_safe
def paid(request: HttpRequest) -> HttpResponse:
    """Where Stripe sends a reader back to who paid: usually before its event has come."""
    stripe_id = request.GET.get("session", "")
    checkout = (
        Checkout.objects.filter(reader=_reader(request), stripe_id=stripe_id).first() if stripe_id else None
    )
    try:
        begun = actions.take_up(checkout) if checkout else None
    except PaymentError as error:
        _note(error)
        begun = None
    if begun:
        messages.success(request, _("Thank you. You read every story in full from now on."))
    elif checkout and Gift.objects.filter(checkout=checkout).exists():
        messages.success(request, _("Thank you. Send the link below to whom the gift is for."))
    elif checkout:
        messages.info(
            request, _("Thank you. Your subscription opens as soon as Stripe tells us of the payment.")
        )
    return redirect("readers:subscription")


@by_form
def change(request: HttpRequest) -> HttpResponse:
    reader = _reader(request)
    if not (now := paid_by(reader)):
        return redirect("readers:subscription")
    form = ChangePlanForm(actions.plans_to_change_to(now), request.POST)
    if form.is_valid():
        try:
            changed = actions.change_plan(reader, form.cleaned_data["plan"])
        except PaymentError as error:
            _note(error)
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your plan is “%(plan)s” now.") % {"plan": changed.subscription.plan})
            return redirect("readers:subscription")
    return _shown(request, form)


@by_form
def cancel(request: HttpRequest) -> HttpResponse:
    return _done(request, actions.cancel, _("Your subscription ends with the period that is paid for."))


@by_form
def resume(request: HttpRequest) -> HttpResponse:
    return _done(request, actions.resume, _("Your subscription goes on."))


@by_form
def card(request: HttpRequest) -> HttpResponse:
    """Off to Stripe's own page for cards and addresses."""
    try:
        return _away(actions.portal(_reader(request)))
    except PaymentError as error:
        return _told(request, error)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gift(request: HttpRequest, code: str) -> HttpResponse:
    """Taking a gift: by a form, since whatever looks at links in mails must not take it."""
    if request.method == "POST":
        try:
            actions.take_gift(_reader(request), code)
        except PaymentError as error:
            return _told(request, error)
        messages.success(request, _("The gift is yours. You read every story in full from now on."))
        return redirect("readers:subscription")
    try:
        return render(request, "readers/gift.html", {"gift": actions.gift_to_take(code)})
    except GiftPaidBack as error:
        return render(request, "readers/gift.html", {"why": error}, status=HTTPStatus.GONE)
    except GiftTaken as error:
        return render(request, "readers/gift.html", {"why": error}, status=HTTPStatus.NOT_FOUND)


def _done(request: HttpRequest, act: Callable[[Reader], object], sentence: str) -> HttpResponse:
    try:
        act(_reader(request))
    except PaymentError as error:
        return _told(request, error)
    messages.success(request, sentence)
    return redirect("readers:subscription")


def _told(request: HttpRequest, error: PaymentError) -> HttpResponse:
    _note(error)
    messages.error(request, str(error))
    return redirect("readers:subscription")


def _shown(request: HttpRequest, form: Form | None = None) -> HttpResponse:
    reader = _reader(request)
    now = paid_by(reader)
    if now and form is None:
        form = ChangePlanForm(actions.plans_to_change_to(now))
    context = {
        "paid": now,
        "price": price_line(now.subscription.plan) if now else "",
        "subscriptions": reader.subscriptions.select_related("plan"),
        "form": form if now and form and actions.plans_to_change_to(now).exists() else None,
        "is_subscriber": is_subscriber(reader),
        "gifts": _gifts(reader),
        **_invoices(reader),
    }
    return _page(request, "readers/subscription.html", context, form)


def _gifts(reader: Reader) -> list[tuple[Gift, str]]:
    given = Gift.objects.filter(checkout__reader=reader).select_related("checkout__plan").order_by("-pk")
    return [(one, f"{settings.CAREO_ADDRESS}{reverse('readers:gift', args=[one.code])}") for one in given]


def _invoices(reader: Reader) -> dict[str, object]:
    """Asked for at Stripe at each showing: where it is away, the page says so and shows the rest."""
    if not hasattr(reader, "customer") or not stripe.is_set_up():
        return {"invoices": []}
    try:
        found = actions.invoices(reader)
    except PaymentError as error:
        _note(error)
        return {"invoices": [], "invoices_away": str(error)}
    back = {one.payment_id: money(one.amount, one.currency) for one in Refund.objects.filter(reader=reader)}
    return {"invoices": [(one, money(one.total, one.currency), back.get(one.payment, "")) for one in found]}


def _page(request: HttpRequest, template: str, context: dict[str, object], form: Form | None) -> HttpResponse:
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    answer = render(request, template, context, status=wrong)
    if (
        stripe.is_set_up()
    ):  # a browser follows a form to where it is redirected only if that place is named here
        answer.headers["Content-Security-Policy"] = PAGE_POLICY.replace(
            "form-action 'self'", " ".join(("form-action 'self'", *_stripes_pages()))
        )
    return answer


def _stripes_pages() -> tuple[str, ...]:
    if settings.CAREO_STRIPE_ADDRESS == "https://api.stripe.com":
        return STRIPES
    parts = urlsplit(settings.CAREO_STRIPE_ADDRESS)
    return (f"{parts.scheme}://{parts.netloc}",)


def _away(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _note(error: PaymentError) -> None:
    """Stripe's own words are for who runs the paper, not for the page."""
    if isinstance(error, StripeRefused):
        log.warning("Stripe refused (%s): %s %s", error.status, error.code, error.said)


def _reader(request: HttpRequest) -> Reader:
    assert isinstance(request.user, Reader)  # behind login_required  # noqa: S101
    return request.user
