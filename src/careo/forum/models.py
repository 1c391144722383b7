"""Threads under stories, posts with their earlier texts, flags, sanctions, notifications and the moderators' log."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from careo.stories.models import Story

READER = settings.AUTH_USER_MODEL


class Thread(models.Model):
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="thread")
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.story.title


class Post(models.Model):
    """What a subscriber wrote, in a subset of Markdown; rendered and sanitised when it is shown."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(READER, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField()
    in_reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies")
    form_token = models.UUIDField(unique=True, help_text="Drawn with the form: the same form sent twice makes one post.")
    posted_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["posted_at", "pk"]
        indexes = [models.Index(fields=["thread", "posted_at"])]

    def __str__(self) -> str:
        return self.text[:60]


class EarlierText(models.Model):
    """A post's text as it stood until `replaced_at`."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="earlier_texts")
    text = models.TextField()
    replaced_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text[:60]


class Flag(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    flagged_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "reader"], name="one_flag_a_reader")]

    def __str__(self) -> str:
        return self.why


class Sanction(models.Model):
    """A suspension: the reader may read the forum and the paper but not write until it ends."""

    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="sanctions")
    why = models.CharField(max_length=300)
    begins_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    imposed_by = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.reader}: {self.why}"


class Notification(models.Model):
    """Somebody answered a reader's post."""

    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="notifications")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.reader}: {self.post}"


class ModerationLog(models.Model):
    """Every act of a moderator; rows are only ever added."""

    moderator = models.ForeignKey(READER, on_delete=models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.about}"
