"""Which messages are taken as Stripe's."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis.strategies import binary, integers, text

from careo.readers.errors import NotFromStripe
from careo.readers.payments import events, money, signatures, stripe
from careo.readers.payments.signatures import TOLERANCE, sign, verify

SECRET = "whsec_of_the_post"
NOW = 1_795_535_200
BODY = b'{"id": "evt_1"}'


def test_what_stripe_signed_is_taken() -> None:
    verify(BODY, sign(BODY, SECRET, at=NOW), SECRET, now=NOW + 20)


@given(body=binary(max_size=300), at=integers(0, 2**33))
def test_any_body_is_taken_under_its_own_signature_and_no_other_body_is(body: bytes, at: int) -> None:
    header = sign(body, SECRET, at=at)
    verify(body, header, SECRET, now=at)
    with pytest.raises(NotFromStripe, match="its signature is not Stripe's"):
        verify(body + b" ", header, SECRET, now=at)


@given(header=text(max_size=200))
def test_no_other_header_is_taken(header: str) -> None:
    with pytest.raises(NotFromStripe):
        verify(BODY, header, SECRET, now=NOW)


@pytest.mark.parametrize("late", [TOLERANCE + 1, -TOLERANCE - 1])
def test_an_old_message_sent_again_is_refused(late: int) -> None:
    with pytest.raises(NotFromStripe, match="it was signed more than 5 minutes from now"):
        verify(BODY, sign(BODY, SECRET, at=NOW), SECRET, now=NOW + late)


def test_while_the_secret_is_changed_one_of_two_signatures_is_enough() -> None:
    old, new = (sign(BODY, secret, at=NOW) for secret in ("whsec_before", SECRET))
    verify(BODY, f"{old},{new.partition(',')[2]}", SECRET, now=NOW)


@pytest.mark.parametrize(
    "header",
    [
        "", "t=1", "v1=" + "a" * 64, f"t={NOW},v0=" + "a" * 64, f"t={NOW},v1=" + "A" * 64, f"t=-1,v1={'a' * 64}",
        f"t={'9' * 5000},v1={'a' * 64}", f"t={NOW},v1={'a' * 63}", f"t={NOW};v1={'a' * 64}", f"t=١٧,v1={'a' * 64}",
    ],
)  # fmt: skip
def test_a_malformed_header_is_refused(header: str) -> None:
    with pytest.raises(NotFromStripe):
        verify(BODY, header, SECRET, now=NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"id": 1, "type": "x", "created": 1, "data": {"object": {}}}',
        b'{"id": "e", "type": "x", "created": "soon", "data": {"object": {}}}',
        b'{"id": "e", "type": "x", "created": 1e300, "data": {"object": {}}}',
        b'{"id": "e", "type": "x", "created": 1, "data": {"object": []}}',
        b'{"id": "e\\u0000", "type": "x", "created": 1, "data": {"object": {}}}',
        b'{"id": "' + b"e" * 101 + b'", "type": "x", "created": 1, "data": {"object": {}}}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused(body: bytes) -> None:
    with pytest.raises(NotFromStripe, match="it is no event"):
        events.read(body)


def test_the_examples_in_the_docstrings_hold() -> None:
    for module in (events, money, signatures, stripe):
        assert doctest.testmod(module).failed == 0
