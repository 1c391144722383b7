"""What a reader is told where Stripe's answer is missing: that nothing was changed only where that is sure."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from careo.readers.errors import StripeAway
from careo.readers.payments import shapes, stripe

NOTHING, PERHAPS = "Nothing was changed; try again later.", "What you asked for may have been done"


@contextmanager
def listening(*, hangs_up: bool) -> Iterator[str]:
    """A server that takes what is sent and never answers; its address. `hangs_up`: it closes the line."""
    over = threading.Event()

    def take_in(line: socket.socket) -> None:
        with line:
            line.recv(65_536)
            if not hangs_up:
                over.wait(20)

    def serve(door: socket.socket) -> None:
        while True:
            try:
                line = door.accept()[0]
            except OSError:  # shut
                return
            threading.Thread(target=take_in, args=[line], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=serve, args=[door], daemon=True).start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            over.set()
            door.shutdown(socket.SHUT_RDWR)


@pytest.fixture(autouse=True)
def a_key(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CAREO_STRIPE_KEY = "sk_test_meridia_post"
    monkeypatch.setattr(stripe, "SECONDS", 0.2)


@pytest.mark.parametrize("hangs_up", [True, False])
def test_what_was_sent_and_never_answered_may_have_been_done(settings: Any, hangs_up: bool) -> None:
    with listening(hangs_up=hangs_up) as settings.CAREO_STRIPE_ADDRESS:
        for ask in (stripe.post, stripe.delete):
            with pytest.raises(StripeAway, match=PERHAPS):
                ask("/v1/subscriptions/sub_1")
        with pytest.raises(StripeAway, match=NOTHING):
            stripe.get("/v1/subscriptions/sub_1")


def test_what_could_not_be_sent_was_not_done(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CAREO_STRIPE_ADDRESS = f"http://127.0.0.1:{door.getsockname()[1]}"
    with pytest.raises(StripeAway, match=NOTHING):
        stripe.post("/v1/subscriptions/sub_1")


def test_an_answer_that_cannot_be_read_leaves_it_open_whether_it_was_done() -> None:
    with pytest.raises(StripeAway, match=PERHAPS):
        shapes.address({"url": None})
