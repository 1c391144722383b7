"""Where Stripe tells what happened: the one address of the house that takes a form without a session's token."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from careo.readers.errors import NotFromStripe, PaymentError, StripeAway, StripeRefused
from careo.readers.payments import stripe
from careo.readers.payments.events import read, take_in
from careo.readers.payments.signatures import verify

log = logging.getLogger(__name__)
LIMIT = 512_000  # bytes: an invoice of a hundred lines has some 200,000; ours has one or two


@csrf_exempt  # its signature says who sends it
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200: done, or done before. 4xx: not Stripe's. 503: to be sent again."""
    if not stripe.is_set_up():
        return _answer(HTTPStatus.NOT_FOUND, "This paper takes no payment.")
    body = request.read(LIMIT + 1)
    if len(body) > LIMIT:
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {LIMIT:,} bytes are not read.")
    try:
        verify(body, request.headers.get("Stripe-Signature", ""), settings.CAREO_STRIPE_WEBHOOK_SECRET,
               now=time.time())  # fmt: skip
        event = read(body)
    except NotFromStripe as error:
        return _answer(HTTPStatus.BAD_REQUEST, str(error))
    try:
        done = take_in(event)
    except PaymentError as error:
        log.warning("The event %s (%s) waits to be sent again: %s", event.id, event.kind, _reason(error))
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "It cannot be done now; send it again.")
    return _answer(HTTPStatus.OK, "Done." if done else "It was done before.")


def _reason(error: PaymentError) -> str:
    if isinstance(error, StripeAway):
        return error.why
    return f"{error.code} {error.said}" if isinstance(error, StripeRefused) else str(error)


def _answer(status: HTTPStatus, sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
