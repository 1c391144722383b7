"""What readers do in the forum. Each act is one transaction, and refuses by itself what the database must never hold.

The thread's row is locked while a post takes its number, so that two at once do not take the same; SQLite has one
writer at a time in any case.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from math import ceil
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from careo.forum import citing, following, limits, queue, telling
from careo.forum import text as texts
from careo.forum.access import obstacle_to_writing, works_here
from careo.forum.errors import (
    EditedByModerator,
    EmptyPost,
    ListedWordUsed,
    NoSuchPost,
    NoSuchThread,
    NotTheAuthor,
    OwnPost,
    PostHidden,
    PostsTooSoon,
    PostTooLong,
    ThreadClosed,
    TooLateToEdit,
    TooManyLinks,
)
from careo.forum.lists import Found, found_in
from careo.forum.models import EarlierText, Flag, Post, Thread
from careo.forum.moderation import hold
from careo.forum.prepared import Prepared
from careo.forum.seen import see_own
from careo.forum.signals import post_made
from careo.readers.models import Reader
from careo.readers.turns import in_turn


def fit(text: str) -> str:
    """The text as it will be kept. Raises EmptyPost, PostTooLong."""
    text = texts.normalised(text)
    if not texts.has_words(text):
        raise EmptyPost
    if len(text) > settings.CAREO_POST_LIMIT:
        raise PostTooLong(len(text), settings.CAREO_POST_LIMIT)
    return text


@in_turn
@transaction.atomic
def add_post(
    thread: Thread,
    text: str,
    *,
    author: Reader,
    form_token: UUID | None = None,
    in_reply_to: Post | None = None,
) -> Post:
    """Write in a thread; who is answered or mentioned is told.

    The same form with the same text, sent again, gives the post it made.
    A post with a word listed to be held, and a new member's first ones where the desk says so, are held.

    Raises BadPost, ThreadClosed, PostsTooSoon, what `obstacle_to_writing` finds; NoSuchPost and PostHidden for what
    cannot be answered.
    """
    text = fit(text)
    locked = _locked(thread)
    made = _made_of(form_token) if form_token else None
    if made and (made.author_id, made.thread_id, made.text) == (author.pk, thread.pk, text):
        return made
    _refuse_writing(locked, author)
    _refuse_haste(locked, author)
    listed = _allowed(text, author)
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
    if citing.may_cite(text):
        citing.note(post)
    see_own(author, thread, post.number)
    locked.last_post_at = post.posted_at
    locked.save(update_fields=["posts_made", "last_post_at"])
    if in_reply_to:
        Post.objects.filter(pk=in_reply_to.pk).update(answers_made=F("answers_made") + 1)
    telling.of_post(post)
    following.by_writing(thread, post.number, author=author)
    _look_at(post, listed)
    if not post.is_hidden:
        transaction.on_commit(partial(post_made.send_robust, Post, topic=thread.topic, number=post.number))
    return post


_LOCK = Prepared(lambda pk: Thread.objects.select_for_update().filter(pk=pk), pk=int)
_MADE = Prepared(lambda token: Post.objects.filter(form_token=token).values_list("pk"), token=UUID)


def _locked(thread: Thread) -> Thread:
    row = _LOCK.one(pk=thread.pk)
    if row is None:
        raise NoSuchThread(thread.key)
    names = [field.attname for field in Thread._meta.concrete_fields]
    return Thread.from_db(connection.alias, names, _LOCK.converted(row))


def _made_of(token: UUID) -> Post | None:
    row = _MADE.one(token=token)
    return Post.objects.get(pk=row[0]) if row else None


@in_turn
@transaction.atomic
def edit_post(post: Post, text: str, *, by: Reader) -> Post:
    """Replace the text, keeping the earlier one. Raises BadPost, or whatever stands in the way."""
    text = fit(text)
    kept = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post.pk)
    refuse_editing(kept, by=by)
    if text == kept.text:
        return kept
    listed = _allowed(text, by)
    EarlierText.objects.create(post=kept, text=kept.text)
    kept.text, kept.edited_at = text, timezone.now()
    kept.save(update_fields=["text", "edited_at"])
    citing.note(kept)
    telling.of_post(kept)
    if listed.hold:
        hold(kept, listed=listed.hold)
    return kept


@in_turn
@transaction.atomic
def delete_post(post: Post, *, by: Reader) -> None:
    """Take the author's own post out of sight; a place-holder stays. Raises NotTheAuthor, PostHidden.

    Moderators see the words for a while yet (see `erasing`), so that nobody escapes a flag by deleting.
    """
    kept = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post.pk)
    if kept.author_id != by.pk:
        raise NotTheAuthor
    if kept.is_deleted:
        return
    if kept.is_hidden and not kept.is_held:
        raise PostHidden
    kept.hidden_at, kept.hidden_as, kept.hidden_why, kept.picked_at = (
        timezone.now(),
        Post.HiddenAs.AUTHOR,
        "",
        None,
    )
    kept.save(update_fields=["hidden_at", "hidden_as", "hidden_why", "picked_at"])


def refuse_editing(post: Post, *, by: Reader) -> None:
    """Raises what stands in the way of the reader's editing the post now."""
    if post.author_id != by.pk:
        raise NotTheAuthor
    _refuse_writing(post.thread, by)
    if post.is_hidden:
        raise PostHidden
    if post.amended_at is not None:
        raise EditedByModerator
    if not may_still_edit(post):
        raise TooLateToEdit(settings.CAREO_EDIT_MINUTES)


def may_still_edit(post: Post) -> bool:
    """A post that a moderator edited stays as the moderator left it."""
    ends = post.posted_at + timedelta(minutes=settings.CAREO_EDIT_MINUTES)
    return post.amended_at is None and timezone.now() < ends


@in_turn
@transaction.atomic
def flag(post: Post, *, by: Reader, why: str = "") -> Flag:
    """Bring a post before the moderators; a reader's second flag of it changes nothing. Raises OwnPost, PostHidden."""
    if post.author_id == by.pk:
        raise OwnPost
    if post.is_hidden:
        raise PostHidden
    found, is_new = Flag.objects.get_or_create(post=post, reader=by, defaults={"why": why})
    if is_new:
        queue.put(post)
    return found


def _refuse_writing(thread: Thread, reader: Reader) -> None:
    if thread.closed_at is not None:
        raise ThreadClosed
    if obstacle := obstacle_to_writing(reader, thread):
        raise obstacle


def _refuse_haste(thread: Thread, author: Reader) -> None:
    """Slow mode; those who work here answer as they must."""
    if not thread.slow_seconds or works_here(author):
        return
    last = thread.posts.filter(author=author).order_by("-number").values_list("posted_at", flat=True).first()
    left = thread.slow_seconds - (timezone.now() - last).total_seconds() if last else 0
    if left > 0:
        raise PostsTooSoon(ceil(left))


def _allowed(text: str, author: Reader) -> Found:
    """The listed words that hold it. Raises TooManyLinks, ListedWordUsed. Not asked of those who work here."""
    if works_here(author):
        return Found([], [])
    links, most = len(texts.links(text)), limits.of(author).links
    if links > most:
        raise TooManyLinks(links, most)
    listed = found_in(text)
    if listed.refuse:
        raise ListedWordUsed(listed.refuse[0])
    return listed


def _look_at(post: Post, listed: Found) -> None:
    """Bring what should be looked at before the moderators, held or not."""
    if listed.hold:
        hold(post, listed=listed.hold)
    elif (first := queue.first_posts(post)).held:
        hold(post, is_first=True)
    elif first.shown:
        queue.put(post, is_first=True)
