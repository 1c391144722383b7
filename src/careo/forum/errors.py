"""What the forum refuses: a class a refusal, with its answer's status and one sentence for the reader."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext


class ForumError(Exception):
    status: ClassVar[HTTPStatus] = HTTPStatus.FORBIDDEN


class SubscribersOnly(ForumError):
    """Whoever reads here needs a subscription. Says the same of every address: also of those that do not exist."""

    def __init__(self) -> None:
        super().__init__("The forum is for subscribers; become one, or log in if you are one.")


class NoSuchThread(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, story_id: int) -> None:
        self.story_id = story_id
        super().__init__("There is no published story here, and so no thread; find one in the forum's list.")


class NoSuchPost(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, post_id: int) -> None:
        self.post_id = post_id
        super().__init__("There is no such post; find its thread in the forum's list.")


class NoSuchReader(ForumError):
    status = HTTPStatus.NOT_FOUND

    def __init__(self, reader_id: int) -> None:
        self.reader_id = reader_id
        super().__init__("There is no such reader; go by the name beside a post.")


class ModeratorsOnly(ForumError):
    def __init__(self) -> None:
        super().__init__("This is for moderators; flag a post to bring it before them.")


class ThreadClosed(ForumError):
    def __init__(self) -> None:
        super().__init__("This thread is closed: it can be read, but not written in.")


class ReaderSuspended(ForumError):
    def __init__(self, until: datetime | None, why: str) -> None:
        self.until, self.why = until, why
        end = f"until {until:%-d %B %Y, %H:%M} UTC" if until else "until a moderator lifts it"
        super().__init__(f"You are suspended {end} ({why}): you can read, but not write.")


class PenNameMissing(ForumError):
    def __init__(self) -> None:
        super().__init__(
            "Choose a pen name on your account's page first: others see it beside what you write."
        )


class TooManyPosts(ForumError):
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(f"You wrote very much in {minutes} minutes; wait a little and send it again.")


class NotTheAuthor(ForumError):
    def __init__(self) -> None:
        super().__init__("Only who wrote a post may edit it; reply to it instead.")


class TooLateToEdit(ForumError):
    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(f"A post may be edited for {minutes} minutes, which are over; write another one.")


class PostHidden(ForumError):
    def __init__(self) -> None:
        super().__init__("This post was hidden by a moderator; it cannot be edited, answered or flagged.")


class OwnPost(ForumError):
    def __init__(self) -> None:
        super().__init__("You cannot flag a post of your own; edit it instead.")


class CannotRecommendOwn(ForumError):
    def __init__(self) -> None:
        super().__init__(gettext("You cannot recommend a post of your own; others may."))


class CannotSuspend(ForumError):
    def __init__(self) -> None:
        super().__init__(
            "A moderator cannot be suspended; ask an administrator to take the right away first."
        )


class BadPost(ForumError):
    """A text that cannot be a post; the form shows the sentence with the text still there."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class EmptyPost(BadPost):
    def __init__(self) -> None:
        super().__init__("There is nothing in it; write something before you send it.")


class PostTooLong(BadPost):
    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(
            f"It has {length:,} characters; at most {limit:,} are taken. Shorten it, or send it in parts."
        )
