"""What readers do in the forum. Each act is one transaction, and refuses by itself what the database must never hold.

The thread's row is locked while a post takes its number, so that two at once do not take the same; SQLite has one
writer at a time in any case.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from careo.forum import citing
from careo.forum import text as texts
from careo.forum.access import suspension
from careo.forum.errors import (
    EmptyPost,
    NoSuchPost,
    NotTheAuthor,
    OwnPost,
    PostHidden,
    PostTooLong,
    ReaderSuspended,
    ThreadClosed,
    TooLateToEdit,
)
from careo.forum.models import EarlierText, Flag, Notification, Post, Thread
from careo.forum.seen import see_own
from careo.forum.signals import post_made
from careo.readers.models import Reader


def fit(text: str) -> str:
    """The text as it will be kept. Raises EmptyPost, PostTooLong."""
    text = texts.normalised(text)
    if not texts.has_words(text):
        raise EmptyPost
    if len(text) > settings.CAREO_POST_LIMIT:
        raise PostTooLong(len(text), settings.CAREO_POST_LIMIT)
    return text


@transaction.atomic
def add_post(
    thread: Thread,
    text: str,
    *,
    author: Reader,
    form_token: UUID | None = None,
    in_reply_to: Post | None = None,
) -> Post:
    """Write in a thread; who is answered is notified. The same form with the same text, sent again, gives the post it made.

    Raises BadPost, ThreadClosed, ReaderSuspended; NoSuchPost and PostHidden for what cannot be answered.
    """
    text = fit(text)
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    made = Post.objects.filter(form_token=form_token).first() if form_token else None
    if made and (made.author_id, made.thread_id, made.text) == (author.pk, thread.pk, text):
        return made
    _refuse_writing(locked, author)
    if in_reply_to and in_reply_to.thread_id != thread.pk:
        raise NoSuchPost(in_reply_to.pk)
    if in_reply_to and in_reply_to.is_hidden:
        raise PostHidden
    locked.posts_made += 1
    post = Post.objects.create(
        thread=thread,
        number=locked.posts_made,
        author=author,
        text=text,
        in_reply_to=in_reply_to,
        # A form that was sent, gone back to and written anew is another post.
        form_token=form_token if form_token and not made else uuid4(),
    )
    citing.note(post)
    see_own(author, thread, post.number)
    locked.last_post_at = post.posted_at
    locked.save(update_fields=["posts_made", "last_post_at"])
    if in_reply_to:
        Post.objects.filter(pk=in_reply_to.pk).update(answers_made=F("answers_made") + 1)
    if in_reply_to and in_reply_to.author_id != author.pk:
        Notification.objects.create(reader_id=in_reply_to.author_id, post=post)
    transaction.on_commit(partial(post_made.send_robust, Post, story_id=thread.story_id, number=post.number))
    return post


@transaction.atomic
def edit_post(post: Post, text: str, *, by: Reader) -> Post:
    """Replace the text, keeping the earlier one. Raises BadPost, or whatever stands in the way."""
    text = fit(text)
    kept = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post.pk)
    refuse_editing(kept, by=by)
    if text == kept.text:
        return kept
    EarlierText.objects.create(post=kept, text=kept.text)
    kept.text, kept.edited_at = text, timezone.now()
    kept.save(update_fields=["text", "edited_at"])
    citing.note(kept)
    return kept


def refuse_editing(post: Post, *, by: Reader) -> None:
    """Raises what stands in the way of the reader's editing the post now."""
    if post.author_id != by.pk:
        raise NotTheAuthor
    _refuse_writing(post.thread, by)
    if post.is_hidden:
        raise PostHidden
    if not may_still_edit(post):
        raise TooLateToEdit(settings.CAREO_EDIT_MINUTES)


def may_still_edit(post: Post) -> bool:
    return timezone.now() < post.posted_at + timedelta(minutes=settings.CAREO_EDIT_MINUTES)


@transaction.atomic
def flag(post: Post, *, by: Reader, why: str = "") -> Flag:
    """Bring a post before the moderators; a reader's second flag of it changes nothing. Raises OwnPost, PostHidden."""
    if post.author_id == by.pk:
        raise OwnPost
    if post.is_hidden:
        raise PostHidden
    found, _ = Flag.objects.get_or_create(post=post, reader=by, defaults={"why": why})
    return found


def see_notifications(reader: Reader) -> None:
    reader.notifications.filter(seen_at=None).update(seen_at=timezone.now())


def _refuse_writing(thread: Thread, reader: Reader) -> None:
    if thread.closed_at is not None:
        raise ThreadClosed
    if sanction := suspension(reader):
        raise ReaderSuspended(sanction.ends_at, sanction.why)
