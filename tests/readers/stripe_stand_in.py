"""A stand-in for those parts of Stripe that `localstripe` lacks, by the shapes that Stripe documents. It is not Stripe.

It stands before `localstripe` and hands on what it does not answer itself:

- Checkout sessions and the page at which one pays; portal sessions and their page;
- a clock: what `turn` says of a subscription is laid over what localstripe answers (a period that ends, a trial);
- events that localstripe never sends: these are kept in `events` until a test delivers them, in whichever order.

Documented at https://docs.stripe.com/api/checkout/sessions/object, /api/customer_portal/sessions/object, /api/events/object.
"""

from __future__ import annotations

import http.client
import json
import secrets
import threading
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from careo.readers.payments.signatures import sign
from tests.tools.localstripe import KEY, LocalStripe

SECRET = "whsec_for_tests_alone"
Json = dict[str, Any]
PAGE = """<!doctype html><html lang="en"><title>Pay</title><h1>A stand-in for Stripe Checkout</h1>
<form method="post"><button>Pay</button></form></html>"""


@dataclass
class StandIn:
    """`asked`: every form the paper sent, newest last. While `away`, everything is answered with 503."""

    stripe: LocalStripe
    address: str = ""
    away: bool = False
    sessions: dict[str, Json] = field(default_factory=dict)
    laid_over: dict[str, Json] = field(default_factory=dict)
    events: list[Json] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answered: dict[str, tuple[int, Json]] = field(default_factory=dict)  # by idempotency key

    # What a reader does at Stripe.

    def pay(self, session_id: str, card: str = "pm_card_visa") -> str:
        """Pay an open Checkout; gives the subscription's id. Raises urllib.error.HTTPError where the card is declined."""
        session = self.sessions[session_id]
        assert session["status"] == "open", session
        form, customer = session["asked"], session["customer"]
        if session["mode"] == "payment":
            return self._pay_once(session)
        price, days = form["line_items[0][price]"], form.get("subscription_data[trial_period_days]")
        self.stripe.card(customer, card)
        self._take_off(form, customer, price)
        made = self.stripe.post("subscriptions", customer=customer, **{"items[0][plan]": price},
                                **({"trial_period_days": days} if days else {}))  # fmt: skip
        said = {"metadata": {"careo_plan": form["subscription_data[metadata][careo_plan]"]}}
        self.laid_over[made["id"]] = said | (_trial(int(days)) if days else {})
        session |= {"status": "complete", "payment_status": "paid", "subscription": made["id"]}
        self.happens("checkout.session.completed", _shown(session))
        return str(made["id"])

    def _pay_once(self, session: Json) -> str:
        """Gives the payment's id."""
        plan = self.stripe.get(f"plans/{session['asked']['line_items[0][price]']}")
        made = self.stripe.post("payment_intents", customer=session["customer"], amount=plan["amount"], confirm="true",
                                currency=plan["currency"], payment_method="pm_card_visa")  # fmt: skip
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": made["id"],
                    "amount_total": plan["amount"], "currency": plan["currency"]}  # fmt: skip
        self.happens("checkout.session.completed", _shown(session))
        return str(made["id"])

    def _take_off(self, form: dict[str, str], customer: str, price: str) -> None:
        """localstripe knows coupons but takes none off: an item below nothing does."""
        if not (name := form.get("discounts[0][coupon]")):
            return
        coupon, plan = self.stripe.get(f"coupons/{name}"), self.stripe.get(f"plans/{price}")
        off = coupon["amount_off"] or round(plan["amount"] * coupon["percent_off"] / 100)
        self.stripe.post("invoiceitems", customer=customer, amount=-off, currency=plan["currency"])

    # What time and Stripe do.

    def turn(self, subscription: str, **said: object) -> None:
        """From now on Stripe says this of the subscription."""
        self.laid_over.setdefault(subscription, {}).update(said)

    def happens(self, kind: str, about: Json) -> Json:
        """An event, to be delivered when the test says so."""
        event = {"id": f"evt_{secrets.token_hex(8)}", "object": "event", "type": kind, "created": int(time.time()),
                 "livemode": False, "api_version": "2025-02-24.acacia", "data": {"object": about}}  # fmt: skip
        self.events.append(event)
        return event

    def subscription(self, name: str) -> Json:
        return self.stripe.get(f"subscriptions/{name}") | self.laid_over.get(name, {})

    def deliver(self, url: str) -> list[int]:
        """Send what waits to the paper, oldest first; what it was answered."""
        waiting, self.events = self.events, []
        return [send(url, event) for event in waiting]

    # What the paper asks.

    def answer(self, method: str, path: str, form: dict[str, str], key: str) -> tuple[int, Json]:
        self.asked.append((f"{method} {path.partition('?')[0]}", form))
        if self.away:
            return 503, {"error": {"type": "api_error"}}
        if key != f"Bearer {KEY}":
            return 401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}}
        parts = path.partition("?")[0].split("/")[2:]
        if parts[:2] == ["checkout", "sessions"]:
            return self._checkout(method, parts[2:], form)
        if parts[:2] == ["billing_portal", "sessions"]:
            return self._portal(form)
        return self._hand_on(method, path, form)

    def _checkout(self, method: str, rest: list[str], form: dict[str, str]) -> tuple[int, Json]:
        if method == "POST" and not rest:
            return self._begin(form)
        session = self.sessions.get(rest[0])
        if session is None:
            return 404, _refusal("No such checkout.session", "resource_missing")
        if rest[1:] == ["expire"]:
            if session["status"] != "open":
                return 400, _refusal('Only Checkout Sessions with a status in ["open"] can be expired.')
            session["status"] = "expired"
            self.happens("checkout.session.expired", _shown(session))
        return 200, _shown(session)

    def _begin(self, form: dict[str, str]) -> tuple[int, Json]:
        for needed in ("mode", "success_url", "line_items[0][price]", "line_items[0][quantity]", "customer"):
            if needed not in form:
                return 400, _refusal(f"Missing required param: {needed}.", "parameter_missing")
        half_an_hour, day = time.time() + 30 * 60 - 5, time.time() + 24 * 3600
        if not half_an_hour <= int(form.get("expires_at", day)) <= day:
            return 400, _refusal("expires_at must be between 30 minutes and 24 hours from now")
        self.stripe.get(f"plans/{form['line_items[0][price]']}")
        name = f"cs_test_{secrets.token_hex(20)}"
        self.sessions[name] = {
            "id": name, "object": "checkout.session", "mode": form["mode"], "status": "open", "payment_status": "unpaid",
            "customer": form["customer"], "client_reference_id": form.get("client_reference_id"), "subscription": None,
            "url": f"{self.address}/c/pay/{name}", "success_url": form["success_url"], "asked": form,
        }  # fmt: skip
        return 200, _shown(self.sessions[name])

    def _portal(self, form: dict[str, str]) -> tuple[int, Json]:
        name = f"bps_{secrets.token_hex(8)}"
        return 200, {"id": name, "object": "billing_portal.session", "customer": form["customer"],
                     "return_url": form["return_url"], "url": f"{self.address}/p/session/{name}"}  # fmt: skip

    def _hand_on(self, method: str, path: str, form: dict[str, str]) -> tuple[int, Json]:
        try:
            said = self.stripe.ask(method, path, **form)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())
        said |= self.laid_over.get(str(said.get("id")), {})
        if said.get("object") == "subscription" and method == "POST":
            self.happens("customer.subscription.updated", said)
        if said.get("object") == "refund" and method == "POST":
            intent = self.stripe.get(f"payment_intents/{said['payment_intent']}")
            self.happens("charge.refunded", intent["latest_charge"] | {"customer": intent["customer"]})
        return 200, said


def send(url: str, event: Json, *, secret: str = SECRET, at: int | None = None) -> int:
    """Send an event as Stripe does, signed now or `at`; what it was answered."""
    body, parts = json.dumps(event).encode(), urlsplit(url)
    header = sign(body, secret, at=int(time.time()) if at is None else at)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request(
            "POST", parts.path, body, {"Stripe-Signature": header, "Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _trial(days: int) -> Json:
    return {"status": "trialing", "current_period_end": int(time.time()) + days * 86_400}


def _shown(session: Json) -> Json:
    return {name: value for name, value in session.items() if name != "asked"}


def _refusal(message: str, code: str = "") -> Json:
    return {"error": {"type": "invalid_request_error", "code": code, "message": message}}


@contextmanager
def standing_in(stripe: LocalStripe) -> Iterator[StandIn]:
    one = StandIn(stripe)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(one))
    one.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)


def _handler(one: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith(("/c/pay/", "/p/session/")):
                return self.say(200, PAGE, "text/html; charset=utf-8")
            return self.api("GET")

        def do_POST(self) -> None:
            if self.path.startswith("/c/pay/"):
                return self.paid(self.path.rpartition("/")[2])
            return self.api("POST")

        def do_DELETE(self) -> None:
            self.api("DELETE")

        def paid(self, name: str) -> None:
            self.form()
            one.pay(name)
            back = one.sessions[name]["success_url"].replace("{CHECKOUT_SESSION_ID}", name)
            self.send_response(303)
            self.send_header("Location", back)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def api(self, method: str) -> None:
            key, form = self.headers.get("Idempotency-Key", ""), self.form()
            if key not in one.answered:
                one.answered[key] = one.answer(method, self.path, form, self.headers.get("Authorization", ""))
            status, said = one.answered[key] if key else one.answered.pop(key)
            self.say(status, json.dumps(said), "application/json")

        def form(self) -> dict[str, str]:
            return dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))

        def say(self, status: int, text: str, kind: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    return Handler
