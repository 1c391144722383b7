"""The catalogue: what the open parts of live stories say and rest on, kept so that it can be looked up.

All of it is derived from `Story.shown` for the public and drawn anew by `cataloguing`; nothing of a closed part or a
draft is ever in it. Whether a story may be told of now (its hours, who may see it) is not in it either: whoever looks
something up asks that of `listing.visible_stories`.
"""

from __future__ import annotations

from django.db import models

from careo.press.models import Report
from careo.record.models import Statement
from careo.stories.models import Story


class Entry(models.Model):
    """A story that is in the catalogue, and in which form."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    form = models.PositiveSmallIntegerField(help_text="`cataloguing.FORM` when it was drawn.")
    text = models.TextField(help_text="Our own words that all may read, for excerpts around what was found.")

    def __str__(self) -> str:
        return f"entry of story {self.story_id}"


class CatalogueWord(models.Model):
    """A word as `words` folds it. It stays when no story has it any more: it is found through `Occurrence` alone."""

    text = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.text


class LetterPair(models.Model):
    """Two letters that stand side by side in a word of so many letters (`spelling.pairs_of`)."""

    letters = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()
    word = models.ForeignKey(CatalogueWord, on_delete=models.CASCADE, related_name="pairs", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letters", "length", "word"], name="a_pair_of_letters_of_a_word_once"
            )
        ]

    def __str__(self) -> str:
        return self.letters


class Occurrence(models.Model):
    """That a story has a word, and how much that weighs: more in a headline than in the text."""

    word = models.ForeignKey(
        CatalogueWord, on_delete=models.CASCADE, related_name="occurrences", db_index=False
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="occurrences")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["word", "story", "weight"], name="occurrences_of_a_word")]

    def __str__(self) -> str:
        return f"word {self.word_id} in story {self.story_id}"


class Resting(models.Model):
    """That a story's open part rests on a report: cites it, or sets a statement of it face to face."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="resting")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="resting")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "report"], name="a_story_rests_on_a_report_once")
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} on report {self.report_id}"


class ToldQuerySet(models.QuerySet["Told"]):
    def of_people(self) -> ToldQuerySet:
        """What people said, as far as no editor has rejected it."""
        return self.exclude(statement__person=None).exclude(statement__status=Statement.Status.REJECTED)


class Told(models.Model):
    """That a story's open part tells a statement: a passage holds its words, or it stands face to face."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="told")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="told")
    number = models.PositiveIntegerField(help_text="Its place among those of the story, from 1.")
    names_office = models.BooleanField(help_text="Whether the open part says the speaker's office, too.")

    objects = ToldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "statement"], name="a_story_tells_a_statement_once")
        ]

    def __str__(self) -> str:
        return f"statement {self.statement_id} in story {self.story_id}"
