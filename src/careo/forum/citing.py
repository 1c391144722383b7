"""A post cites passages of its story's sources: `[[3]]` stands for the story's third citation, and shows what it shows.

What is kept with the post is which passages were meant when it was written, not their number: the story may be written
anew. The mark then carries the number that the citation has now; where the story cites those passages no more, the
sign stands as typed and nothing is shown. `Story.shown` is asked each time, so that a passage withheld there is withheld here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import models

from careo.forum import text
from careo.stories.citations import Cited
from careo.stories.models import Story

if TYPE_CHECKING:
    from careo.forum.models import Post

MOST = 10  # citations in one post; more is a list of the story's sources, which the story has itself


class PostCitation(models.Model):
    """What `[[number]]` meant in a post when it was written."""

    post = models.ForeignKey("forum.Post", on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField(help_text="As the author typed it.")
    passages = models.TextField(help_text="REPORT:BEGIN:END of each passage, code points, in order.")

    class Meta:
        ordering = ["post", "number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="cited_once_a_number")]

    def __str__(self) -> str:
        return f"{self.post_id} [[{self.number}]]: {self.passages}"


def citations(story: Story) -> tuple[Cited, ...]:
    """All of the story that subscribers see, and so all readers of the forum."""
    return story.shown("subscriber").citations


def meant_by(typed: str, story: Story | None) -> dict[int, Cited]:
    """What the signs in a text mean now, by the number typed; none of those that mean nothing."""
    if story is None:
        return {}
    numbers = text.cited_numbers(typed)[:MOST]
    if not numbers:
        return {}
    there = {cited.number: cited for cited in citations(story)}
    return {number: there[number] for number in numbers if number in there}


def may_cite(typed: str) -> bool:
    """False only where no sign can stand in it."""
    return "[[" in typed


def note(post: Post) -> None:
    """Keep what the post's signs mean, within the act that writes the text. A sign that stood there already means what
    it meant: the story may count anew since.
    """
    meant = {number: _name(cited) for number, cited in meant_by(post.text, post.thread.story).items()}
    before = dict(post.citations.values_list("number", "passages"))
    still = {number: before[number] for number in text.cited_numbers(post.text)[:MOST] if number in before}
    post.citations.all().delete()
    rows = [PostCitation(post=post, number=number, passages=name) for number, name in (meant | still).items()]
    PostCitation.objects.bulk_create(rows)


def cited_by(posts: Collection[Post], story: Story | None) -> Mapping[int, dict[int, Cited]]:
    """By post, then by the number typed: what still stands in the story. The story is looked at only where one cites."""
    rows = list(PostCitation.objects.filter(post__in=posts))
    if not rows or story is None:
        return {}
    there = {_name(cited): cited for cited in reversed(citations(story))}  # of two alike the first
    found: dict[int, dict[int, Cited]] = {}
    for row in rows:
        if row.passages in there:
            found.setdefault(row.post_id, {})[row.number] = there[row.passages]
    return found


def _name(cited: Cited) -> str:
    return " ".join(f"{one.report.pk}:{one.begin}:{one.end}" for one in cited.passages)
