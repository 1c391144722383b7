"""`localstripe` (GPL) as a process of its own, on a port of its own; nothing of it is imported here.

It keeps what it knows in memory and writes it to one fixed file, which nobody reads and which is taken away afterwards. A second
after something happened it sends a signed event to whoever was named with `tell`.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.project.newspaper import free_port, until

KEY = "sk_test_meridia_post"
DECLINED_AFTER_ASKING = (
    "4000008260003178"  # the bank asks its customer to confirm, then declines all the same
)
LEFT_BEHIND = Path("/tmp/localstripe.pickle")


@dataclass(frozen=True)
class LocalStripe:
    address: str

    def ask(self, method: str, path: str, **form: object) -> dict[str, Any]:
        """What it answers to a form; names may be nested by brackets. Raises urllib.error.HTTPError."""
        body = urlencode(form).encode() if form else None
        request = urllib.request.Request(
            self.address + path, body, {"Authorization": f"Bearer {KEY}"}, method=method
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
            return found

    def post(self, path: str, **form: object) -> dict[str, Any]:
        return self.ask("POST", f"/v1/{path}", **form)

    def get(self, path: str) -> dict[str, Any]:
        return self.ask("GET", f"/v1/{path}")

    def tell(self, url: str, secret: str) -> None:
        """Where events go from now on."""
        self.ask("POST", "/_config/webhooks/paper", url=url, secret=secret)

    def forget(self) -> None:
        self.ask("DELETE", "/_config/data")

    def plan(self, name: str, amount: int, interval: str = "month", currency: str = "eur") -> None:
        """A price, called a plan in its interface."""
        self.post("plans", id=name, amount=amount, interval=interval, currency=currency, name=name)

    def card(self, customer: str, card: str = "pm_card_visa") -> None:
        """The customer pays with this card from now on; `pm_card_chargeCustomerFail` is declined when it is charged."""
        made = self.post(f"payment_methods/{card}/attach", customer=customer)
        self.post(f"customers/{customer}", **{"invoice_settings[default_payment_method]": made["id"]})

    def decline(self, subscription: str) -> dict[str, Any]:
        """A renewal whose card the bank declines: the subscription becomes past due, an event tells of the unpaid invoice."""
        customer = self.get(f"subscriptions/{subscription}")["customer"]
        card = {
            "card[number]": DECLINED_AFTER_ASKING,
            "card[exp_month]": 12,
            "card[exp_year]": 2040,
            "card[cvc]": 123,
        }
        self.card(customer, self.post("payment_methods", type="card", **card)["id"])
        invoice = self.post("invoices", customer=customer, subscription=subscription)["id"]
        intent = self.ask("POST", f"/v1/invoices/{invoice}/pay")["payment_intent"]
        secret = self.get(f"payment_intents/{intent}")["client_secret"]
        with suppress(urllib.error.HTTPError):  # that it is declined
            self.post(f"payment_intents/{intent}/_authenticate", client_secret=secret, success="true")
        return self.get(f"invoices/{invoice}")


@contextmanager
def running_localstripe() -> Iterator[LocalStripe]:
    if find_spec("localstripe") is None:
        raise AssertionError("localstripe is not installed: run `make .venv/dev.stamp`.")
    if not _speaks_ipv6():
        pytest.skip("localstripe listens on IPv6 alone, and this machine has none")
    server = LocalStripe(f"http://127.0.0.1:{(port := free_port())}")
    process = subprocess.Popen(
        [sys.executable, "-m", "localstripe", "--from-scratch", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: process.poll() is not None or _answers(server), "localstripe to answer")
        assert process.poll() is None, "localstripe does not start"
        yield server
    finally:
        process.terminate()
        process.wait(20)
        LEFT_BEHIND.unlink(missing_ok=True)


def _speaks_ipv6() -> bool:
    try:
        with socket.create_server(("::", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def _answers(server: LocalStripe) -> bool:
    try:
        server.get("customers")
    except urllib.error.URLError:
        return False
    return True
