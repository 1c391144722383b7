"""Asking an outlet's feed what is new, politely: conditional, no oftener than the feed is due, slower after failures."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from careo.press.actions import capture, limits
from careo.press.errors import PressError
from careo.press.feeds import Entry, read_feed
from careo.press.fetch import fetch
from careo.press.models import Feed, FeedEntry

SLOWEST = timedelta(days=1)  # between polls of a feed that keeps failing
TRIES = 3  # for one entry: an outlet lists a report minutes before its page answers


def claim_due(now: datetime | None = None) -> list[Feed]:
    """The feeds whose poll is due; each is put off to its next date at once, so that nobody else polls it too."""
    now = now or timezone.now()
    due = Feed.objects.filter(active=True).filter(Q(due_at=None) | Q(due_at__lte=now))
    return [feed for feed in due if _claimed(feed, now)]


def poll(feed: Feed) -> list[FeedEntry]:
    """Ask a feed and remember what it shows; gives the entries to take in. What went wrong is kept in `trouble`."""
    try:
        answer = fetch(feed.url, limits=limits(), etag=feed.etag, last_modified=feed.last_modified)
        offered = (
            ()
            if answer.unchanged
            else read_feed(answer.body, url=answer.url, content_type=answer.content_type).entries
        )
    except PressError as error:
        _failed(feed, str(error))
        return []
    if not answer.unchanged:
        feed.etag, feed.last_modified = answer.header("etag")[:500], answer.header("last-modified")[:100]
    feed.polled_at, feed.failures, feed.trouble = timezone.now(), 0, ""
    feed.save(update_fields=["etag", "last_modified", "polled_at", "failures", "trouble"])
    return _to_take_in(feed, offered)


def take_in_entry(entry: FeedEntry) -> None:
    """Capture the page of an entry; what went wrong is kept with it, and tried again at the feed's next poll."""
    entry.tries += 1
    try:
        entry.report, entry.trouble = capture(entry.url).report, ""
    except (PressError, OSError) as error:
        entry.trouble = str(error)[:500]
    entry.save(update_fields=["tries", "report", "trouble"])


def _claimed(feed: Feed, now: datetime) -> bool:
    next_poll = now + timedelta(minutes=feed.every_minutes)
    claimed = Feed.objects.filter(pk=feed.pk, due_at=feed.due_at).update(due_at=next_poll)
    feed.due_at = next_poll
    return bool(claimed)


def _failed(feed: Feed, trouble: str) -> None:
    """Keep what went wrong and wait twice as long as the last time."""
    now = timezone.now()
    feed.failures = min(feed.failures + 1, 20)
    wait = min(timedelta(minutes=feed.every_minutes) * 2**feed.failures, SLOWEST)
    feed.polled_at, feed.trouble, feed.due_at = now, trouble[:500], now + wait
    feed.save(update_fields=["failures", "polled_at", "trouble", "due_at"])


@transaction.atomic
def _to_take_in(feed: Feed, offered: tuple[Entry, ...]) -> list[FeedEntry]:
    """The entries not seen before, oldest first, and those that failed and may be tried again."""
    keys = {hashlib.sha256(entry.key.encode()).hexdigest(): entry for entry in reversed(offered)}
    known = set(feed.entries.filter(key__in=keys).values_list("key", flat=True))
    new = [FeedEntry(feed=feed, key=key, url=entry.url) for key, entry in keys.items() if key not in known]
    again = list(feed.entries.filter(report=None, tries__gt=0, tries__lt=TRIES).order_by("pk"))
    FeedEntry.objects.bulk_create(new, ignore_conflicts=True)
    return [*again, *feed.entries.filter(key__in=[entry.key for entry in new]).order_by("pk")]
