"""What the forum refuses: a class a refusal, with its answer's status and one sentence for the reader."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext


class ForumError(Exception):
    status: ClassVar[HTTPStatus] = HTTPStatus.FORBIDDEN


class SubscribersOnly(ForumError):
    """Whoever reads here needs a subscription. Says the same of every address: also of those that do not exist."""

    def __init__(self) -> None:
        super().__init__(gettext("The forum is for subscribers; become one, or log in if you are one."))


class NoSuchThread(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, key: int | str) -> None:
        self.key = key
        super().__init__(
            gettext("There is no published story here, and so no thread; find one in the forum's list.")
        )


class NoSuchPost(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, post_id: int) -> None:
        self.post_id = post_id
        super().__init__(gettext("There is no such post; find its thread in the forum's list."))


class NoSuchReader(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, reader_id: int) -> None:
        self.reader_id = reader_id
        super().__init__(gettext("There is no such reader; go by the name beside a post."))


class ModeratorsOnly(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("This is for moderators; flag a post to bring it before them."))


class ThreadClosed(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("This thread is closed: it can be read, but not written in."))


class ReaderSuspended(ForumError):
    def __init__(self, until: datetime | None, why: str) -> None:
        self.until, self.why = until, why
        super().__init__(
            gettext("You are suspended %(end)s (%(why)s): you can read, but not write.")
            % {"end": _end(until), "why": why}
        )


class ReaderMuted(ForumError):
    def __init__(self, until: datetime | None, why: str, *, here: bool) -> None:
        self.until, self.why = until, why
        where = gettext("in this thread") if here else gettext("in the forum")
        super().__init__(
            gettext("You are muted %(where)s %(end)s (%(why)s): you can read, but not write.")
            % {"where": where, "end": _end(until), "why": why}
        )


class ReaderBanned(ForumError):
    def __init__(self, until: datetime | None, why: str) -> None:
        self.until, self.why = until, why
        super().__init__(
            gettext("You are banned from the forum %(end)s (%(why)s).") % {"end": _end(until), "why": why}
        )


class PenNameMissing(ForumError):
    def __init__(self) -> None:
        super().__init__(
            gettext("Choose a pen name on your account's page first: others see it beside what you write.")
        )


class ManyPostsOfTheDay(ForumError):
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, posts: int) -> None:
        self.posts = posts
        super().__init__(
            gettext(
                "An account as new as yours writes %(posts)d posts a day at most; send it again tomorrow."
            )
            % {"posts": posts}
        )


class TooManyPosts(ForumError):
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            gettext("You wrote very much in %(minutes)d minutes; wait a little and send it again.")
            % {"minutes": minutes}
        )


class NotTheAuthor(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("Only who wrote a post may edit it; reply to it instead."))


class TooLateToEdit(ForumError):
    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            gettext("A post may be edited for %(minutes)d minutes, which are over; write another one.")
            % {"minutes": minutes}
        )


class PostHidden(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("This post is out of sight; it cannot be edited, answered or flagged."))


class EditedByModerator(ForumError):
    def __init__(self) -> None:
        super().__init__(
            gettext("A moderator edited this post, so it stays as it is; appeal, or write another one.")
        )


class AlreadyDeleted(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("Its author deleted this post; what was said cannot be put back."))


class OwnPost(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("You cannot flag a post of your own; edit it instead."))


class PostsTooSoon(ForumError):
    """Slow mode."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            ngettext(
                "This thread is slowed down: you can write in it again in %(n)d second. Send it again then.",
                "This thread is slowed down: you can write in it again in %(n)d seconds. Send it again then.",
                seconds,
            )
            % {"n": seconds}
        )


class NoSuchDecision(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(gettext("There is no such decision; find those about you in their list."))


class NothingToSettle(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            gettext("There is nothing to settle here, or somebody settled it; go back to the queue.")
        )


class AlreadyAppealed(ForumError):
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            gettext("You appealed against this already; wait for the answer, which comes by e-mail.")
        )


class TooLateToAppeal(ForumError):
    def __init__(self, days: int) -> None:
        self.days = days
        super().__init__(gettext("An appeal is possible for %(days)d days, which are over.") % {"days": days})


class NoLongerInForce(ForumError):
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__(gettext("This decision was withdrawn; there is nothing left to appeal against."))


class ForAnotherModerator(ForumError):
    def __init__(self) -> None:
        super().__init__(
            gettext(
                "An appeal is settled by somebody else than who acted or appealed; leave it to another moderator."
            )
        )


class OwnCase(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("This concerns yourself; leave it to another moderator."))


class TooManyNotices(ForumError):
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            gettext("Too many notices came from your address; send it again in %(minutes)d minutes.")
            % {"minutes": minutes}
        )


class LogIsFinal(ForumError):
    def __init__(self) -> None:
        super().__init__(
            gettext(
                "The log of moderation is only ever added to: write another entry that says what was wrong."
            )
        )


class CannotRecommendOwn(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("You cannot recommend a post of your own; others may."))


class NotAnOpener(ForumError):
    def __init__(self) -> None:
        super().__init__(
            gettext("You may not open threads; whoever administers the paper gives that right to a group.")
        )


class CannotBlockOneself(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("You cannot block yourself."))


class CannotBlock(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("A moderator cannot be blocked: what the house says reaches everybody."))


class CannotSuspend(ForumError):
    def __init__(self) -> None:
        super().__init__(
            gettext("A moderator cannot be suspended; ask an administrator to take the right away first.")
        )


class BadPost(ForumError):
    """A text that cannot be a post; the form shows the sentence with the text still there."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class EmptyPost(BadPost):
    def __init__(self) -> None:
        super().__init__(gettext("There is nothing in it; write something before you send it."))


class PostTooLong(BadPost):
    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(
            gettext(
                "It has %(length)s characters; at most %(limit)s are taken. Shorten it, or send it in parts."
            )
            % {
                "length": number_format(length, force_grouping=True),
                "limit": number_format(limit, force_grouping=True),
            }
        )


class TooManyLinks(BadPost):
    def __init__(self, links: int, most: int) -> None:
        self.links, self.most = links, most
        super().__init__(
            ngettext(
                "It has %(links)d links; an account as new as yours may put %(most)d link into a post.",
                "It has %(links)d links; an account as new as yours may put %(most)d links into a post.",
                most,
            )
            % {"links": links, "most": most}
        )


class ListedWordUsed(BadPost):
    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(
            gettext("Posts with “%(words)s” are not taken here; write it without.") % {"words": words}
        )


def _end(until: datetime | None) -> str:
    if until is None:
        return gettext("until a moderator lifts it")
    return gettext("until %(end)s UTC") % {"end": date_format(until, gettext("j F Y, H:i"))}
