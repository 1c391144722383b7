"""What a CDN or Varnish in front is told: the same whether Django made the page just now or the edge has it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from careo.edge.app import Edge
from careo.edge.files import Files
from careo.edge.passes import issue
from careo.edge.store import PageStore
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan
from tests.edge.asking import ask
from tests.paper.edition import MARKER, Edition

KEY = b"a key of thirty-two bytes or more"
FOR_ALL = "public, max-age=0, must-revalidate"
FOR_ONE = "private, no-cache"


@pytest.fixture
def edge(store: PageStore) -> Edge:
    async def django(*_: Any) -> None:
        raise AssertionError("the edge has the page")

    return Edge(django, store=store, pass_key=KEY, pass_cookie="pass", host="testserver", files=Files({}))


@pytest.fixture
def subscriber(db: None) -> Client:
    reader = open_account("bruno@example.org", "correct horse of Alba", pen_name="Bruno")
    grant(reader, Plan.objects.create(name="A year", slug="a-year"), by=None, reason="He asked.")
    client = Client()
    client.force_login(reader)
    return client


@pytest.mark.parametrize(
    ("closed", "subscribed", "told"),
    [
        (False, False, FOR_ALL),
        (False, True, FOR_ALL),
        (True, False, FOR_ALL),
        (True, True, FOR_ONE),
    ],
    ids=["open to a visitor", "open to a subscriber", "closed to a visitor", "closed to a subscriber"],
)
def test_whose_a_page_is_and_what_it_depends_on(
    edition: Edition,
    edge: Edge,
    client: Client,
    subscriber: Client,
    closed: bool,
    subscribed: bool,
    told: str,
) -> None:
    story = edition.closed_story() if closed else edition.story()
    with_new_pass = subscriber.get("/")
    assert "private" in with_new_pass["Cache-Control"]  # it carries a cookie, whatever else it is
    made = (subscriber if subscribed else client).get(story.url)
    cookie = {"cookie": f"pass={issue(KEY, 7, now=time.time(), seconds=300)}"} if subscribed else {}
    kept = ask(edge, story.url, host="testserver", headers=cookie)
    assert kept.text == made.text
    assert (MARKER in kept.text) == (closed and subscribed)
    assert made["Cache-Control"] == kept.headers["cache-control"] == told
    assert {"Accept-Encoding", "Cookie"} <= set(made["Vary"].split(", "))
    assert kept.headers["vary"] == "Accept-Encoding, Cookie"
    assert made["ETag"] == kept.headers["etag"]


def test_one_address_has_another_etag_for_each_variant_of_a_closed_story(
    edition: Edition, client: Client, subscriber: Client
) -> None:
    story = edition.closed_story()
    assert client.get(story.url)["ETag"] != subscriber.get(story.url)["ETag"]
    whole = subscriber.get(story.url)["ETag"]
    assert client.get(story.url, headers={"If-None-Match": whole}).status_code == 200


def keys(answer: Any) -> set[str]:
    return set(answer["Surrogate-Key"].split())


def test_no_keys_are_told_unless_the_paper_asks_for_them(
    edition: Edition, client: Client, edge: Edge
) -> None:
    story = edition.story()
    assert not client.get(story.url).has_header("Surrogate-Key")
    assert "surrogate-key" not in ask(edge, story.url, host="testserver").headers


def test_a_page_names_itself_and_the_lists_that_it_is(
    edition: Edition, client: Client, edge: Edge, settings: Any
) -> None:
    settings.CAREO_SURROGATE_KEYS = "Surrogate-Key"
    story = edition.story()
    assert keys(client.get(story.url)) == {f"page:{story.pk}", "site"}
    assert "latest" in keys(client.get("/"))
    assert keys(client.get("/feeds/rss.xml")) == {"latest", "site"}
    assert set(ask(edge, story.url, host="testserver").headers["surrogate-key"].split()) == keys(
        client.get(story.url)
    )


def test_no_key_tells_what_a_closed_part_cites(
    edition: Edition, client: Client, subscriber: Client, settings: Any
) -> None:
    settings.CAREO_SURROGATE_KEYS = "Surrogate-Key"
    story = edition.closed_story()
    assert keys(client.get(story.url)) == keys(subscriber.get(story.url)) == {f"page:{story.pk}", "site"}


def test_no_key_tells_of_a_draft_that_was_chosen_or_is_another_edition(
    edition: Edition, client: Client, settings: Any
) -> None:
    settings.CAREO_SURROGATE_KEYS = "Surrogate-Key"
    chosen, first = edition.story("Chosen", live=False), edition.story("First", live=False)
    shown = edition.story("Shown")
    for page in (edition.home, edition.news):
        page.composition = [("pair", {"left": chosen, "right": shown})]
        page.save()
    spanish = edition.story("Sin cortes", language="es", edition_of=first)
    for path in ("/", "/news/", spanish.url):
        told = keys(client.get(path))
        assert not {f"page:{chosen.pk}", f"page:{first.pk}"} & told, path
    assert {f"page:{shown.pk}", f"page:{edition.news.pk}", "latest"} <= keys(client.get("/news/"))


def test_cloudflare_has_its_own_word_and_commas(edition: Edition, client: Client, settings: Any) -> None:
    settings.CAREO_SURROGATE_KEYS = "Cache-Tag"
    story = edition.story()
    assert client.get(story.url)["Cache-Tag"] == f"page:{story.pk},site"
