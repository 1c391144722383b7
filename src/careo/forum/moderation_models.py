"""What moderation keeps besides posts and sanctions: what waits, lists of words, reasons given, appeals, notices.

A statement of reasons, an appeal and a notice are kept for good: they outlast post, reader and moderator, whose columns
are then empty; what they were about stands in words.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

READER = settings.AUTH_USER_MODEL
WHY_LIMIT = 300  # characters of a reason, as in the log
FREE_LIMIT = 4_000  # characters of an appeal or a notice: two pages, enough to tell it once
APPEAL_DAYS = 183  # six months, the least that Art. 20 of the Digital Services Act allows


class Waiting(models.Model):
    """A post that waits for a moderator; the row goes when one settles it. `score` sorts the queue and does no more."""

    post = models.OneToOneField("forum.Post", on_delete=models.CASCADE, related_name="waiting")
    since = models.DateTimeField(default=timezone.now, db_index=True)
    score = models.FloatField(default=0, db_index=True, help_text="From 0 to 1, by rules of our own.")
    found = models.CharField(max_length=WHY_LIMIT, blank=True, help_text="What raised the score.")
    is_first = models.BooleanField(default=False, help_text="Among a new member's first posts.")

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.post} waits"


class ListedWord(models.Model):
    """A word, phrase or host that holds a post back, or refuses it."""

    class Kind(models.TextChoices):
        WORDS = "words", _("word or phrase")
        LINK = "link", _("host of a link")

    class Effect(models.TextChoices):
        HOLD = "hold", _("hold the post until a moderator looked")
        REFUSE = "refuse", _("refuse the post")

    words = models.CharField(
        max_length=100,
        unique=True,
        help_text=_(
            "Whole words, however written: capitals, accents, look-alike letters and digits, and invisible signs "
            "make no difference. A * at the end stands for any ending. Of a link its host, such as spam.example: "
            "what stands before it counts too."
        ),
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORDS)
    effect = models.CharField(max_length=10, choices=Effect.choices, default=Effect.HOLD)
    note = models.CharField(max_length=200, blank=True, help_text=_("Why it is listed; for moderators."))

    class Meta:
        ordering = ["words"]
        verbose_name = _("listed word")
        verbose_name_plural = _("word and link lists")

    def __str__(self) -> str:
        return self.words


@register_setting(icon="comment")
class ForumSettings(BaseGenericSetting):
    """How the forum treats those who are new to it."""

    first_posts_held = models.PositiveSmallIntegerField(
        default=0,
        help_text=_("How many of a new member's first posts are held until a moderator looked at them."),
    )
    first_posts_shown = models.PositiveSmallIntegerField(
        default=1,
        help_text=_("How many of a new member's first posts stand in the queue, held or not."),
    )

    panels = [FieldPanel("first_posts_held"), FieldPanel("first_posts_shown")]

    class Meta:
        verbose_name = _("forum")

    def __str__(self) -> str:
        return "forum"


class StatementOfReasons(models.Model):
    """What was restricted and why, as its author is told (Digital Services Act, Art. 17)."""

    class Restriction(models.TextChoices):
        HIDE = "hide", _("your post was hidden")
        HOLD = "hold", _("your post is held until a moderator has looked at it")
        AMEND = "amend", _("your post was edited by a moderator")
        WARN = "warn", _("you are warned")
        MUTE = "mute", _("you cannot write")
        SUSPEND = "suspend", _("you are suspended: you can read, but not write or flag")
        BAN = "ban", _("you are banned: you can neither read nor write in the forum")

    class Ground(models.TextChoices):
        RULES = "rules", _("our terms and rules for the forum")
        LAW = "law", _("the law")

    class Source(models.TextChoices):
        LOOK = "look", _("a moderator saw it")
        FLAG = "flag", _("a reader flagged it")
        NOTICE = "notice", _("we received a notice of illegal content")
        LIST = "list", _("a program of ours found a listed word or link in it")

    reader = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, related_name="reasons_given")
    post = models.ForeignKey(
        "forum.Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="reasons"
    )
    sanction = models.OneToOneField(
        "forum.Sanction", on_delete=models.SET_NULL, null=True, blank=True, related_name="reasons"
    )
    restriction = models.CharField(max_length=10, choices=Restriction.choices)
    scope = models.CharField(max_length=200, help_text="What it bears on, in words that outlast it.")
    begins_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    facts = models.CharField(max_length=WHY_LIMIT)
    ground = models.CharField(max_length=10, choices=Ground.choices, default=Ground.RULES)
    rule = models.CharField(max_length=200, blank=True, help_text="Which law, or which of our rules.")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.LOOK)
    by_machine = models.BooleanField(default=False, help_text="Decided by a rule, without a person.")
    decided_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the letter was handed to the mail server."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begins_at", "-pk"]
        indexes = [models.Index(fields=["reader", "begins_at"], name="forum_reasons_reader_idx")]

    def __str__(self) -> str:
        return f"{self.restriction}: {self.scope}"

    def get_absolute_url(self) -> str:
        return reverse("forum:decision", args=[self.pk])

    @property
    def appeal_until(self) -> datetime:
        return self.begins_at + timedelta(days=APPEAL_DAYS)


class Appeal(models.Model):
    """What an author says against a decision, once; settled by somebody else than who took it."""

    reasons = models.OneToOneField(StatementOfReasons, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(max_length=FREE_LIMIT)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    settled_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    granted = models.BooleanField(default=False)
    answer = models.CharField(max_length=WHY_LIMIT, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"appeal against {self.reasons}"

    def get_absolute_url(self) -> str:
        return reverse("forum:settle_appeal", args=[self.pk])


class Notice(models.Model):
    """That something here is against the law, as anybody may tell us (Digital Services Act, Art. 16)."""

    class Kind(models.TextChoices):
        DEFAMATION = "defamation", _("defamation or insult")
        HATE = "hate", _("incitement to hatred or violence")
        PRIVACY = "privacy", _("private or personal data")
        RIGHTS = "rights", _("copyright or another right")
        CHILDREN = "children", _("sexual abuse of children")
        OTHER = "other", _("something else against the law")

    address = models.CharField(max_length=500)
    post = models.ForeignKey(
        "forum.Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    why = models.TextField(max_length=FREE_LIMIT)
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    in_good_faith = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    settled_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    acted_on = models.BooleanField(default=False)
    answer = models.CharField(max_length=WHY_LIMIT, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("forum:settle_notice", args=[self.pk])
