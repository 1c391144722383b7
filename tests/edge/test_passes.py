"""Passes: what `issue` wrote opens the paper until its end; nothing else ever does."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careo.edge.passes import Pass, Verdict, issue, judge, opened

KEY = b"a key for tests, of enough bytes"
NOON = 1_800_000_000.5


def test_a_pass_is_genuine_until_its_end_and_expired_from_then_on() -> None:
    cookie = issue(KEY, 7, now=NOON, seconds=300)
    end = int(NOON) + 300
    assert judge(KEY, cookie, now=NOON) is Verdict.GENUINE
    assert judge(KEY, cookie, now=end - 0.001) is Verdict.GENUINE
    assert judge(KEY, cookie, now=end) is Verdict.EXPIRED
    assert judge(KEY, cookie, now=end + 10**9) is Verdict.EXPIRED


def test_a_pass_says_whose_it_is_and_when_it_ends() -> None:
    assert opened(KEY, issue(KEY, 7, now=NOON, seconds=300)) == Pass(reader=7, end=int(NOON) + 300)


def test_a_pass_signed_with_another_key_is_none_even_past_its_end() -> None:
    cookie = issue(b"the key of another newspaper's paper", 7, now=NOON, seconds=300)
    assert judge(KEY, cookie, now=NOON) is Verdict.NONE
    assert judge(KEY, cookie, now=NOON + 1_000) is Verdict.NONE


def test_no_cookie_is_no_pass() -> None:
    assert judge(KEY, None, now=NOON) is Verdict.NONE


@given(position=st.integers(0, 65), letter=st.sampled_from("ABCxyz019-_=+/ ."))
def test_a_pass_with_one_character_changed_is_none(position: int, letter: str) -> None:
    cookie = issue(KEY, 7, now=NOON, seconds=300)
    changed = cookie[:position] + letter + cookie[position + 1 :]
    assert (judge(KEY, changed, now=NOON) is Verdict.GENUINE) == (changed == cookie)


@given(bit=st.integers(0, 49 * 8 - 1))
def test_a_pass_with_one_bit_changed_is_none(bit: int) -> None:
    raw = bytearray(urlsafe_b64decode(issue(KEY, 7, now=NOON, seconds=300) + "=="))
    raw[bit // 8] ^= 1 << bit % 8
    assert judge(KEY, urlsafe_b64encode(raw).rstrip(b"=").decode(), now=NOON) is Verdict.NONE


@given(cookie=st.text() | st.text("ABCabc019-_=", min_size=60, max_size=70))
@example("")
@example("=" * 66)
@example("A" * 66)
@example("é" * 66)
@example("\ud800" * 66)
@example("A" * 1_000_000)
@example("\0" * 66)
def test_garbage_is_no_pass_and_no_exception(cookie: str) -> None:
    assert judge(KEY, cookie, now=NOON) is Verdict.NONE


@given(reader=st.integers(0, 2**64 - 1), seconds=st.integers(1, 10**9))
def test_every_pass_is_66_characters_that_a_cookie_may_hold(reader: int, seconds: int) -> None:
    cookie = issue(KEY, reader, now=NOON, seconds=seconds)
    assert len(cookie) == 66
    assert cookie.replace("-", "").replace("_", "").isalnum()
    assert judge(KEY, cookie, now=NOON) is Verdict.GENUINE


@pytest.mark.parametrize("wrapped", [' "{}"', '"{}"', "{}=", "{}==", " {}", "{}\n", "{}\0"])
def test_a_pass_has_one_spelling(wrapped: str) -> None:
    assert judge(KEY, wrapped.format(issue(KEY, 7, now=NOON, seconds=300)), now=NOON) is Verdict.NONE
