"""Feeds are asked when they are due, politely, and what is new in them is taken in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis.strategies import binary

from careo.press.errors import NotAFeed
from careo.press.feeds import read_feed
from careo.press.models import Feed, FeedEntry, Outlet, Report
from careo.press.tasks import poll_due_feeds
from tests.press.outlet import LocalOutlet
from tests.press.pages import feed as feed_of
from tests.press.pages import report

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Wire</title>
<entry><id>tag:harbourwire.example,2026:7</id><title>Water &amp;amp; power</title><link rel="alternate" href="/water"/>
</entry></feed>"""
LAUGHS = (
    """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ja">"""
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + """]><rss version="2.0"><channel><title>&j;</title></channel></rss>"""
)


def test_an_atom_feed_is_read_with_its_addresses_made_whole() -> None:
    offered = read_feed(ATOM.encode(), url="https://harbourwire.example/feed.atom")
    (entry,) = offered.entries
    assert (entry.key, entry.url) == ("tag:harbourwire.example,2026:7", "https://harbourwire.example/water")
    assert offered.title == "Harbour Wire"


def test_an_entry_that_leads_out_of_the_web_is_left_out() -> None:
    body = feed_of(
        ("javascript:alert(1)", "a"), ("file:///etc/passwd", "b"), ("https://elfaro.example/agua", "c")
    )
    assert [entry.title for entry in read_feed(body.encode(), url="https://elfaro.example/rss").entries] == [
        "c"
    ]


@pytest.mark.parametrize(
    "body", ["<html><p>Una página</p></html>", "", "{}", "<rss", "http://127.0.0.1/secret"]
)
def test_what_is_no_feed_is_refused(body: str) -> None:
    with pytest.raises(
        NotAFeed, match="is neither an RSS nor an Atom feed; give the address that the outlet offers"
    ):
        read_feed(body.encode(), url="https://elfaro.example/")


def test_a_feed_of_laughs_does_not_swell() -> None:
    try:
        offered = read_feed(LAUGHS.encode(), url="https://elfaro.example/rss")
    except NotAFeed:
        return
    assert len(offered.title) < 10_000


def test_a_feed_cannot_read_a_file_of_ours() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f'{doctype}<rss version="2.0"><channel><title>&x;</title></channel></rss>'
    try:
        assert "root:" not in read_feed(body.encode(), url="https://elfaro.example/rss").title
    except NotAFeed:
        return


@settings(deadline=None)
@given(binary(max_size=200))
def test_any_bytes_are_a_feed_or_a_refusal(body: bytes) -> None:
    for whole in (body, b'<rss version="2.0"><channel><item><link>' + body):
        try:
            offered = read_feed(whole, url="https://elfaro.example/rss")
        except NotAFeed:
            continue
        assert all(entry.url.startswith("http") for entry in offered.entries)


@pytest.fixture
def feed(faro: LocalOutlet, db: None) -> Feed:
    outlet = Outlet.objects.create(name="El Faro de Alba", host="127.0.0.1", language="es")
    return Feed.objects.create(outlet=outlet, url=faro.url("/rss"))


def offer(faro: LocalOutlet, *paths: str, **headers: str) -> None:
    entries = feed_of(*((faro.url(path), f"Noticia {path}") for path in paths))
    faro.says("/rss", entries, **({"content_type": "application/rss+xml"} | headers))


def later(feed: Feed, **wait: int) -> None:
    Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now() - timedelta(**(wait or {"seconds": 1})))


def paths_asked(faro: LocalOutlet) -> list[str]:
    return [asked.path for asked in faro.asked]


@pytest.mark.both_databases
def test_a_new_feed_is_polled_and_its_reports_taken_in_oldest_first(faro: LocalOutlet, feed: Feed) -> None:
    faro.says("/a", report(headline="El pan sube en toda Meridia por tercer mes"))
    faro.says("/b", report(headline="La ministra promete agua para todos"))
    offer(faro, "/b", "/a")
    assert poll_due_feeds() == 1
    assert paths_asked(faro) == ["/rss", "/a", "/b"]
    assert Report.objects.count() == 2
    feed.refresh_from_db()
    assert feed.trouble == ""
    assert feed.polled_at is not None


@pytest.mark.both_databases
def test_a_feed_is_not_asked_before_it_is_due(faro: LocalOutlet, feed: Feed) -> None:
    offer(faro)
    poll_due_feeds()
    assert poll_due_feeds() == 0
    feed.refresh_from_db()
    assert feed.due_at is not None
    assert timedelta(minutes=14) < feed.due_at - timezone.now() <= timedelta(minutes=15)
    later(feed)
    assert poll_due_feeds() == 1


def test_a_feed_that_is_switched_off_is_left_in_peace(faro: LocalOutlet, feed: Feed) -> None:
    Feed.objects.update(active=False)
    assert poll_due_feeds() == 0
    assert faro.asked == []


def test_the_second_poll_asks_for_what_is_new_only(faro: LocalOutlet, feed: Feed) -> None:
    offer(faro, etag='"7"', last_modified="Thu, 05 Mar 2026 18:30:00 GMT")
    poll_due_feeds()
    faro.says("/rss", "", "304 Not Modified")
    later(feed)
    poll_due_feeds()
    asked = faro.asked[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"7"', "Thu, 05 Mar 2026 18:30:00 GMT")
    feed.refresh_from_db()
    assert (feed.trouble, feed.etag) == ("", '"7"')


def test_a_report_that_was_seen_is_not_fetched_again(faro: LocalOutlet, feed: Feed) -> None:
    faro.says("/a", report())
    offer(faro, "/a")
    poll_due_feeds()
    later(feed)
    poll_due_feeds()
    assert paths_asked(faro) == ["/rss", "/a", "/rss"]


def test_an_entry_that_fails_is_tried_thrice_and_its_trouble_kept(faro: LocalOutlet, feed: Feed) -> None:
    offer(faro, "/a")
    faro.says("/a", "", "503 Service Unavailable")
    for _ in range(5):
        poll_due_feeds()
        later(feed)
    assert paths_asked(faro).count("/a") == 3
    entry = FeedEntry.objects.get()
    assert "answered 503 (Service Unavailable) instead of a page" in entry.trouble
    assert entry.report is None


def test_one_page_that_fails_does_not_keep_the_others_out(faro: LocalOutlet, feed: Feed) -> None:
    faro.says("/a", "", "404 Not Found")
    faro.says("/b", report())
    offer(faro, "/b", "/a")
    poll_due_feeds()
    assert Report.objects.count() == 1


def test_a_page_instead_of_a_feed_is_told_at_the_desk_and_asked_for_less_often(
    faro: LocalOutlet, feed: Feed
) -> None:
    faro.says("/rss", "<html><p>Suscríbase</p></html>")
    poll_due_feeds()
    feed.refresh_from_db()
    assert "is neither an RSS nor an Atom feed" in feed.trouble
    assert feed.failures == 1
    first_wait = feed.due_at
    later(feed)
    poll_due_feeds()
    feed.refresh_from_db()
    assert first_wait is not None
    assert feed.due_at is not None
    assert feed.due_at - first_wait > timedelta(minutes=25)


def test_a_feed_that_recovers_loses_its_trouble(faro: LocalOutlet, feed: Feed) -> None:
    faro.says("/rss", "", "500 Internal Server Error")
    poll_due_feeds()
    offer(faro)
    later(feed)
    poll_due_feeds()
    feed.refresh_from_db()
    assert (feed.trouble, feed.failures) == ("", 0)


def test_a_feed_cannot_reach_into_the_newsrooms_network(faro: LocalOutlet, feed: Feed) -> None:
    faro.says("/rss", feed_of(("http://169.254.169.254/latest/meta-data/", "x")))
    poll_due_feeds()
    assert "169.254.169.254 is not a public address" in FeedEntry.objects.get().trouble


def test_two_workers_never_poll_one_feed_for_the_same_date(
    faro: LocalOutlet, feed: Feed, monkeypatch: Any
) -> None:
    from careo.press import polling

    stale = Feed.objects.get()
    offer(faro)
    now = datetime.now(UTC)
    assert polling.claim_due(now) == [feed]
    assert not polling._claimed(stale, now)
