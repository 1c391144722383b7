"""Readers recommend posts: each a post once, nobody their own. The post counts them, so that sorting costs an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from careo.forum.errors import CannotRecommendOwn, PostHidden

if TYPE_CHECKING:
    from careo.forum.models import Post
    from careo.readers.models import Reader


class Recommendation(models.Model):
    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="recommendations")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "reader"], name="recommended_once_a_reader")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.post}"


@transaction.atomic
def recommend(post: Post, *, by: Reader) -> None:
    """Done already, it is not done again. Raises CannotRecommendOwn, PostHidden."""
    if post.author_id == by.pk:
        raise CannotRecommendOwn
    if post.is_hidden:
        raise PostHidden
    _, made = Recommendation.objects.get_or_create(post=post, reader=by)
    if made:
        _count(post, 1)


@transaction.atomic
def withdraw(post: Post, *, by: Reader) -> None:
    gone, _ = Recommendation.objects.filter(post=post, reader=by).delete()
    if gone:
        _count(post, -1)


def _count(post: Post, more: int) -> None:
    type(post).objects.filter(pk=post.pk).update(recommended=F("recommended") + more)
