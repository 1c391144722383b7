"""A log-in is told by browser, system and the first part of the address; nothing else of either is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.readers.devices import coarse, named

KNOWN = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36": (
        "Chrome", "Windows"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0": (
        "Edge", "Windows"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/604.1": (
        "Safari", "iPhone"),
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/143.0 Mobile/15E148": (
        "Firefox", "iPad"),
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36": (
        "Chrome", "Android"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0": ("Firefox", "macOS"),
    "curl/8.5.0": ("", ""),
    "": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("user_agent", KNOWN)
def test_browsers_are_named_for_themselves_not_for_their_forebears(user_agent: str) -> None:
    assert named(user_agent) == KNOWN[user_agent]


@given(st.text())
def test_whatever_a_browser_says_of_itself_fits_what_is_kept(user_agent: str) -> None:
    assert all(len(name) <= 20 for name in named(user_agent))


@given(st.ip_addresses(v=4))
def test_of_an_address_three_bytes_are_kept(address: object) -> None:
    assert coarse(str(address)) == ".".join(str(address).split(".")[:3]) + ".x"


@given(st.ip_addresses(v=6))
def test_of_a_longer_one_six_bytes(address: object) -> None:
    kept = coarse(str(address))
    assert len(kept.split(":")) == 4
    assert kept.endswith(":x")


@given(st.text())
def test_what_is_no_address_is_none(text: str) -> None:
    assert len(coarse(text)) <= 50
