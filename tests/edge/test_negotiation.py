"""What a client says it takes decides what it is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.edge.conditional import http_date, unchanged
from careo.edge.negotiation import chosen
from careo.edge.page import ENCODINGS


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0.9,gzip;q=0.9", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("deflate", "identity"),
        ("", "identity"),
        ("br;q=2", "identity"),
        ("br;q=abc", "identity"),
        ("br; q=0.8 ", "br"),
        ("identity;q=0, *;q=0", "identity"),
        (",,;;=,", "identity"),
        ("br," * 1_000, "identity"),
    ],
)
def test_the_encoding_the_client_likes_best_and_of_equals_the_smallest(accepted: str, encoding: str) -> None:
    assert chosen(accepted.encode()) == encoding


@given(st.binary(max_size=600))
def test_any_header_gets_an_encoding_we_have(accepted: bytes) -> None:
    assert chosen(accepted) in ENCODINGS


@pytest.mark.parametrize(
    ("none_match", "same"),
    [
        ('"a1"', True),
        ('W/"a1"', True),
        ('"zz", W/"a1"', True),
        ("*", True),
        (" * ", True),
        ('"a1-br"', False),
        ("a1", False),
        ('"a1', False),
        ('"A1"', False),
        ('"x" ' * 10_000 + '"a1"', False),
    ],
)
def test_an_etag_that_the_client_has_makes_the_page_unchanged(none_match: str, same: bool) -> None:
    assert unchanged('"a1"', 1_000, none_match=none_match, modified_since="") is same


@pytest.mark.parametrize(
    ("date", "same"),
    [
        (http_date(1_000), True),
        (http_date(1_001), True),
        (http_date(999), False),
        ("yesterday", False),
        ("Thu, 99 Jan 1970 00:16:40 GMT", False),
        ("Thu, 01 Jan 99999999999 00:16:40 GMT", False),
        ("\0", False),
    ],
)
def test_a_date_counts_only_if_it_is_one_and_no_etag_was_sent(date: str, same: bool) -> None:
    assert unchanged('"a1"', 1_000, none_match="", modified_since=date) is same
    assert not unchanged('"a1"', 1_000, none_match='"b2"', modified_since=date)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_condition_is_answered(none_match: str, date: str) -> None:
    assert unchanged('"a1"', 1_000, none_match=none_match, modified_since=date) in (True, False)
