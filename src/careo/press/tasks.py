"""What the worker does for the press: poll the feeds that are due, take in what they show."""

from __future__ import annotations

from django_tasks import task

from careo.press.models import Feed, FeedEntry
from careo.press.polling import claim_due, poll, take_in_entry


def poll_due_feeds() -> int:
    """Put a poll of every feed that is due on the queue; says how many. The worker calls this every minute."""
    due = claim_due()
    for feed in due:
        poll_feed.enqueue(feed.pk)
    return len(due)


@task()
def poll_feed(feed_id: int) -> None:
    """Ask one feed what is new, and put each new entry on the queue. A feed that was removed meanwhile is no fault."""
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed is not None:
        for entry in poll(feed):
            capture_entry.enqueue(entry.pk)


@task()
def capture_entry(entry_id: int) -> None:
    """Take in the page of one entry."""
    entry = FeedEntry.objects.filter(pk=entry_id, report=None).first()
    if entry is not None:
        take_in_entry(entry)
