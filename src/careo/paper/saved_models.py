"""Stories that readers put aside to read again, and links by which subscribers give one away."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from careo.paper.listing import visible_stories
from careo.stories.models import Story

READER = settings.AUTH_USER_MODEL


class SavedStoryQuerySet(models.QuerySet["SavedStory"]):
    def stories_of(self, reader: Any) -> QuerySet[Any]:
        """What the reader saved and all may be told of now, last saved first: a withdrawn story is not among them."""
        mine = self.filter(reader=reader)
        saved_at = mine.filter(story=models.OuterRef("pk")).values("saved_at")[:1]
        kept = visible_stories().filter(pk__in=mine.values("story"))
        return kept.annotate(saved_at=models.Subquery(saved_at)).order_by("-saved_at", "-pk")


class SavedStory(models.Model):
    """A story that a reader put aside; the row stays while the story is withdrawn, in case it comes back."""

    reader = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="saved_stories")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="saved_by")
    saved_at = models.DateTimeField(auto_now_add=True)

    objects = SavedStoryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "story"], name="saved_once_a_reader")]
        verbose_name_plural = "saved stories"

    def __str__(self) -> str:
        return f"{self.story_id} saved by {self.reader_id}"


class GiftLinkQuerySet(models.QuerySet["GiftLink"]):
    def good(self) -> GiftLinkQuerySet:
        return self.filter(revoked_at=None, ends_at__gt=timezone.now())

    def count_opening(self, link: GiftLink) -> None:
        self.filter(pk=link.pk).update(opened=F("opened") + 1)


class GiftLink(models.Model):
    """By its address anybody reads one closed story whole, until it ends or is taken back. No reader of it is noted."""

    giver = models.ForeignKey(READER, on_delete=models.CASCADE, related_name="gift_links")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="gift_links")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0, help_text="How often its page was asked for.")

    objects = GiftLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["giver", "-made_at"], name="paper_gift_link_giver")]
        constraints = [
            models.CheckConstraint(
                name="gift_link_ends_after_it_begins", condition=Q(ends_at__gt=F("made_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} given by {self.giver_id}"

    @property
    def is_good(self) -> bool:
        return self.revoked_at is None and self.ends_at > timezone.now()
