"""Threads under stories, posts with their earlier texts, flags, sanctions, notifications and the moderators' log."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careo.forum.errors import LogIsFinal
from careo.forum.moderation_models import (
    Appeal,
    ForumSettings,
    ListedWord,
    Notice,
    StatementOfReasons,
    Waiting,
)
from careo.stories.models import Story

__all__ = [
    "PAGE",
    "Appeal",
    "EarlierText",
    "Flag",
    "ForumSettings",
    "ListedWord",
    "ModerationLog",
    "Notice",
    "Notification",
    "Post",
    "PostQuerySet",
    "Sanction",
    "SanctionQuerySet",
    "StatementOfReasons",
    "Thread",
    "Waiting",
]

READER = settings.AUTH_USER_MODEL
PAGE = 20  # posts on a page: some screens' worth, a second's reading over a slow line


class Thread(models.Model):
    """What readers make of one story, or a thread of the editors' own, which has a title and no story.

    `posts_made` is the number of its newest post; posts are never taken out.
    """

    story = models.OneToOneField(
        Story, on_delete=models.CASCADE, related_name="thread", null=True, blank=True
    )
    title = models.CharField(
        max_length=200, blank=True, help_text="Of the editors' own; a story's has the story's."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    posts_made = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(null=True, blank=True, db_index=True)
    slow_seconds = models.PositiveIntegerField(
        default=0, help_text="Seconds between two posts of one reader; 0: as the forum has it."
    )

    class Meta:
        permissions = [
            ("moderate", "May moderate the forum"),
            ("open_threads", "May open threads of the paper's own in the forum"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(story__isnull=False, title="") | (Q(story=None) & ~Q(title="")),
                name="a_thread_has_a_story_or_a_title",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:thread", args=[self.key])

    @property
    def name(self) -> str:
        return str(self.story.title) if self.story else self.title

    @property
    def key(self) -> str:
        """Its part of every address: the story's number; of the editors' own a t and the thread's, which no story has."""
        return str(self.story_id) if self.story_id else f"t{self.pk}"

    @property
    def topic(self) -> str:
        """What is listened to for its new posts: "story-7", or "thread-12" for one of the editors' own."""
        return f"story-{self.story_id}" if self.story_id else f"thread-{self.pk}"

    @property
    def pages(self) -> int:
        """How many pages it has; an empty one has one."""
        return max(1, -(-self.posts_made // PAGE))


class PostQuerySet(models.QuerySet["Post"]):
    def on_page(self, page: int) -> PostQuerySet:
        """A page is a range of numbers, found by index: the hundredth costs what the first does."""
        return self.filter(number__gt=(page - 1) * PAGE, number__lte=page * PAGE)


class Post(models.Model):
    """What a subscriber wrote, in a subset of Markdown; rendered and sanitised when it is shown."""

    class HiddenAs(models.TextChoices):
        MODERATOR = "moderator", _("hidden by a moderator")
        HELD = "held", _("held until a moderator looked")
        AUTHOR = "author", _("deleted by its author")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(help_text="Its place in the thread, from 1; kept when it is hidden.")
    author = models.ForeignKey(READER, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField()
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    form_token = models.UUIDField(
        unique=True, help_text="Drawn with the form: the same form sent twice makes one post."
    )
    posted_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_why = models.CharField(max_length=300, blank=True)
    # Held and deleted posts are hidden ones too, so that whoever asks `hidden_at` withholds them.
    hidden_as = models.CharField(max_length=10, choices=HiddenAs.choices, blank=True)
    amended_at = models.DateTimeField(null=True, blank=True, help_text="When a moderator edited it last.")
    amended_why = models.CharField(max_length=300, blank=True)
    picked_at = models.DateTimeField(null=True, blank=True, help_text="When an editor picked it.")
    # Counted as they come: neither a list by recommendation nor "3 answers" counts rows.
    recommended = models.PositiveIntegerField(default=0, editable=False)
    answers_made = models.PositiveIntegerField(default=0, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["thread", "number"]
        indexes = [
            models.Index(fields=["author", "posted_at"]),
            models.Index(fields=["thread", "-recommended", "number"], name="forum_post_by_recommendation"),
            models.Index(fields=["in_reply_to", "number"], name="forum_post_answers"),
            models.Index(
                fields=["thread", "number"], condition=Q(picked_at__isnull=False), name="forum_post_picked"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="a_place_in_a_thread_once")]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the thread on which it stands, at its place."""
        page = (self.number - 1) // PAGE + 1
        query = f"?page={page}" if page > 1 else ""
        return f"{self.thread.get_absolute_url()}{query}#post-{self.pk}"

    @property
    def is_hidden(self) -> bool:
        """Whether its text is withheld from readers, for whichever reason."""
        return self.hidden_at is not None

    @property
    def is_held(self) -> bool:
        return self.is_hidden and self.hidden_as == self.HiddenAs.HELD

    @property
    def is_deleted(self) -> bool:
        return self.is_hidden and self.hidden_as == self.HiddenAs.AUTHOR


class EarlierText(models.Model):
    """A post's text as it stood until `replaced_at`."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="earlier_texts")
    text = models.TextField()
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"earlier text {self.pk}"


class Flag(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    flagged_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "reader"], name="one_flag_a_reader")]
        indexes = [models.Index(fields=["settled_at"])]

    def __str__(self) -> str:
        return self.why


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def in_force(self, at: datetime | None = None) -> SanctionQuerySet:
        """Those that restrict somebody now; a warning restricts nobody."""
        now = Q(ends_at=None) | Q(ends_at__gt=at or timezone.now())
        return self.filter(now, lifted_at=None).exclude(kind=Sanction.Kind.WARN)

    def bans(self) -> SanctionQuerySet:
        return self.filter(kind=Sanction.Kind.BAN)

    def against_flagging(self) -> SanctionQuerySet:
        return self.filter(kind__in=[Sanction.Kind.SUSPEND, Sanction.Kind.BAN])

    def against_writing_in(self, thread: Thread | None) -> SanctionQuerySet:
        """Those that hold everywhere, and those of this thread."""
        return self.filter(Q(thread=None) | Q(thread=thread))


class Sanction(models.Model):
    """What a moderator imposed on a reader.

    A warning restricts nothing. Who is muted reads and flags, but does not write, in one thread or anywhere; who is
    suspended reads, but neither writes nor flags; who is banned does not read the forum either.
    """

    class Kind(models.TextChoices):
        WARN = "warn", _("warn")
        MUTE = "mute", _("mute")
        SUSPEND = "suspend", _("suspend")
        BAN = "ban", _("ban")

    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SUSPEND)
    thread = models.ForeignKey(
        Thread,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of a mute alone.",
    )
    why = models.CharField(max_length=300)
    begins_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    imposed_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = [F("ends_at").desc(nulls_first=True), "-pk"]

    def __str__(self) -> str:
        return f"{self.reader}: {self.why}"


class Notification(models.Model):
    """What one reader is told of one post, for the strongest of its kinds; `telling` says when it still stands."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("somebody answered you")
        MENTION = "mention", _("somebody mentioned you")
        PICK = "pick", _("an editor picked your post")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ANSWER)
    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="notifications")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When a mail that tells it was begun, or it was settled that none will.",
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "post"], name="one_notification_a_post")]
        indexes = [
            models.Index(
                fields=["made_at"], condition=Q(mailed_at=None, seen_at=None), name="forum_notices_to_mail"
            ),
            models.Index(fields=["reader"], condition=Q(seen_at=None), name="forum_notices_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.post}"


class FinalQuerySet(models.QuerySet["ModerationLog"]):
    """Rows that are added and read. The database itself refuses the rest too, by its triggers."""

    def _refuse(self, *args: Any, **options: Any) -> NoReturn:
        raise LogIsFinal

    update = delete = bulk_update = update_or_create = _refuse


class ModerationLog(models.Model):
    """Every act of moderation; rows are only ever added. `moderator` None: a rule of the desk acted."""

    class Act(models.TextChoices):
        HIDE = "hide", pgettext_lazy("in the log of moderation", "hid")
        RESTORE = "restore", pgettext_lazy("in the log of moderation", "restored")
        KEEP = "keep", pgettext_lazy("in the log of moderation", "let stand")
        CLOSE = "close", pgettext_lazy("in the log of moderation", "closed")
        REOPEN = "reopen", pgettext_lazy("in the log of moderation", "reopened")
        SUSPEND = "suspend", pgettext_lazy("in the log of moderation", "suspended")
        LIFT = "lift", pgettext_lazy("in the log of moderation", "lifted the sanctions of")
        HOLD = "hold", pgettext_lazy("in the log of moderation", "held")
        AMEND = "amend", pgettext_lazy("in the log of moderation", "edited")
        PICK = "pick", pgettext_lazy("in the log of moderation", "picked")
        UNPICK = "unpick", pgettext_lazy("in the log of moderation", "no longer picks")
        SLOW = "slow", pgettext_lazy("in the log of moderation", "set the pace of")
        WARN = "warn", pgettext_lazy("in the log of moderation", "warned")
        MUTE = "mute", pgettext_lazy("in the log of moderation", "muted")
        BAN = "ban", pgettext_lazy("in the log of moderation", "banned")
        APPEAL_GRANTED = (
            "appeal_granted",
            pgettext_lazy("in the log of moderation", "granted the appeal against"),
        )
        APPEAL_REFUSED = (
            "appeal_refused",
            pgettext_lazy("in the log of moderation", "refused the appeal against"),
        )
        OPEN = "open", pgettext_lazy("in the log of moderation", "opened")
        NOTICE_ACTED = "notice_acted", pgettext_lazy("in the log of moderation", "acted on")
        NOTICE_REFUSED = "notice_refused", pgettext_lazy("in the log of moderation", "did not act on")

    # No constraint and no cascade: when an account goes, the row stays as it was written, with the name in `by_name`.
    moderator = models.ForeignKey(
        READER, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=100, blank=True, help_text="Who acted, in words that outlast it.")
    act = models.CharField(max_length=40, choices=Act.choices)
    about = models.CharField(max_length=200, help_text="What it was done to, in words that outlast it.")
    path = models.CharField(max_length=200, blank=True, help_text="Where to look at it.")
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = FinalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.about}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise LogIsFinal
        super().save(*args, **options | {"force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise LogIsFinal


# Models with files of their own, told here so that Django finds them.
from careo.forum.blocking import Block as Block  # noqa: E402
from careo.forum.choosing import NoticeChoices as NoticeChoices  # noqa: E402
from careo.forum.citing import PostCitation as PostCitation  # noqa: E402
from careo.forum.recommending import Recommendation as Recommendation  # noqa: E402
from careo.forum.seen import Seen as Seen  # noqa: E402
