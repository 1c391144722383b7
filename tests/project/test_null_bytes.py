"""A null byte, which PostgreSQL takes in no text, is a fault of ours nowhere: in no address, query, cookie or form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from careo.paper.actions import found_paper
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NULLS = "%00" * 20
FIELDS = ("session", "token", "code", "next", "page", "sort", "q", "at", "to", "post", "block", "by", "after", "email",
          "login", "password", "pen_name", "text", "why", "credential", "plan", "key", "uid", "period", "name")  # fmt: skip


@pytest.fixture
def reader() -> Reader:
    found_paper()
    ana = open_account("ana@example.org", "correct horse of Alba", pen_name="Ana")
    grant(ana, Plan.objects.create(name="A year", slug="a-year"), by=None)
    return ana


@pytest.fixture(params=["a visitor", "a subscriber"])
def browser(request: Any, reader: Reader) -> Client:
    """One that shows an error page, and no traceback."""
    client = Client(raise_request_exception=False)
    if request.param == "a subscriber":
        client.force_login(reader)
    return client


def addresses() -> Iterator[str]:
    """Every address of the readers' and the forum's rooms, text in it being null bytes and numbers 1."""
    for path in _below(get_resolver().url_patterns):
        if path.startswith(("account/", "forum/")):
            yield "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(str|slug|path):\w+>", NULLS, path))


def _below(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + re.sub(r"\(\?P<\w+>(?:[^()\\]|\\.)+\)|\^|\\Z|\$|\\", _group, str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, here)
        else:
            yield here


def _group(found: re.Match[str]) -> str:
    return "<str:text>" if found[0].startswith("(") else ""


def test_there_are_addresses_to_walk() -> None:
    found = set(addresses())
    assert len(found) > 60
    assert {f"/account/gift/{NULLS}/", f"/forum/notices/end/{NULLS}/"} <= found
    assert any("confirm-email" in one and NULLS in one for one in found)


def test_no_address_fails_at_one(browser: Client) -> None:
    asked = "&".join(f"{name}={NULLS}" for name in FIELDS)
    asking = [one if NULLS in one else f"{one}?{asked}" for one in addresses()]
    assert not [one for one in asking if browser.get(one).status_code >= 500]


def test_no_form_fails_at_one(browser: Client) -> None:
    form = dict.fromkeys(FIELDS, "\0" * 8)
    paths = [path for path in addresses() if NULLS not in path and not path.endswith(("/logout/", "/live/"))]
    assert not [path for path in paths if browser.post(path, form).status_code >= 500]


@pytest.mark.parametrize("path", ["/account/subscription/paid/", "/account/gift/{}/", "/forum/notices/"])
def test_a_reader_is_told_that_there_is_no_such_page(browser: Client, path: str) -> None:
    answer = browser.get(path.format(NULLS) if "{}" in path else f"{path}?session={NULLS}")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize("path", ["/search/", "/"])
def test_the_paper_s_own_pages_read_them_as_text(browser: Client, path: str) -> None:
    assert browser.get(f"{path}?q={NULLS}&page={NULLS}").status_code == 200


def test_a_cookie_of_them_is_none(reader: Reader) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/account/login/", headers={"Cookie": r'sessionid="' + r"\000" * 32 + '"'})
    assert answer.status_code == 200
