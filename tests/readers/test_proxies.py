"""Whose attempts are counted: X-Forwarded-For is believed from our own proxies alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.readers.proxies import client

OURS = ["10.0.0.0/8", "2001:db8:1::2"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.2", "[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8:1::2", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, unknown", "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", " , ,", "10.0.0.2"),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_proxy_of_ours(
    peer: str, forwarded: str, found: str
) -> None:
    assert client(peer, forwarded, OURS) == found


def test_a_socket_without_an_address_has_no_client() -> None:
    assert client("", "198.51.100.1", OURS) is None


@given(st.text(max_size=200))
def test_a_stranger_is_counted_under_the_address_it_comes_from_whatever_it_sends(forwarded: str) -> None:
    assert client("203.0.113.9", forwarded, OURS) == "203.0.113.9"


@given(st.text(max_size=200))
def test_a_proxy_that_passes_on_nonsense_breaks_nothing(forwarded: str) -> None:
    assert client("10.0.0.2", forwarded, OURS)
