"""Keeping the catalogue in step with what is published: a story is entered whenever its live form is saved.

It happens in the transaction of the change itself, so that a page drawn after the change finds it there.
"""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from careo.edge.variants import PUBLIC
from careo.paper.catalogue import CatalogueWord, Entry, LetterPair, Occurrence, Resting, Told
from careo.paper.spelling import LETTERS_FOR_ONE, pairs_of
from careo.paper.telling import telling_of
from careo.paper.words import words_in
from careo.stories.models import Story
from careo.stories.shown import Shown

FORM = 2  # raised where an entry would be drawn otherwise than before; `careo serve` then draws all anew
# A word in the headline weighs more than one that stands everywhere else.
HEADLINE, STANDFIRST, MOST_IN_TEXT = 16, 6, 4


@transaction.atomic
def enter(story: Story) -> None:
    """Draw the story's entry anew; one that is not live has none."""
    if not story.live:
        leave_out(story.pk)
        return
    laid = story.shown(PUBLIC)
    # First of all rows, since it locks: two processes that save one story take turns.
    Entry.objects.update_or_create(story=story, defaults={"form": FORM, "text": laid.text})
    _enter_words(story, laid)
    _enter_told(story, laid)


def enter_told(report_id: int) -> bool:
    """What is known of a report's statements has changed: the stories that rest on it are looked at again.

    False where none does.
    """
    stories = list(Story.objects.live().filter(resting__report=report_id).distinct())
    for story in stories:
        with transaction.atomic():
            _enter_told(story, story.shown(PUBLIC))
    return bool(stories)


def enter_what_is_missing() -> int:
    """Live stories without an entry of today's form get one; how many. Can be stopped and done again at any point."""
    entered = Entry.objects.filter(form=FORM).values("story")
    missing = list(Story.objects.live().exclude(pk__in=entered).values_list("pk", flat=True))
    for number in missing:
        enter(Story.objects.get(pk=number))
    return len(missing)


def leave_out(story_id: int) -> None:
    """Nothing of the story is found any more."""
    for kind in (Entry, Occurrence, Resting, Told):
        kind._default_manager.filter(story=story_id).delete()


def _enter_words(story: Story, laid: Shown) -> None:
    weights = _weights(story, laid)
    numbers = _numbers(weights)
    Occurrence.objects.filter(story=story).delete()
    Occurrence.objects.bulk_create(
        Occurrence(word_id=numbers[word], story_id=story.pk, weight=weight)
        for word, weight in weights.items()
    )


def _weights(story: Story, laid: Shown) -> dict[str, int]:
    weights = {
        word: min(times, MOST_IN_TEXT)
        for word, times in Counter(word.folded for word in words_in(laid.text)).items()
    }
    for text, weight in ((story.standfirst, STANDFIRST), (story.title, HEADLINE)):
        for word in {word.folded for word in words_in(text)}:
            weights[word] = weights.get(word, 0) + weight
    return weights


def _numbers(words: dict[str, int]) -> dict[str, int]:
    """The words' numbers, those that are new made known; in one order, so that two writers never wait for each other."""
    numbers = _known(words)
    if new := sorted(words.keys() - numbers):
        CatalogueWord.objects.bulk_create((CatalogueWord(text=word) for word in new), ignore_conflicts=True)
        made = _known(new)
        LetterPair.objects.bulk_create(
            (
                LetterPair(letters=pair, length=len(word), word_id=made[word])
                for word in new
                if len(word) >= LETTERS_FOR_ONE - 1
                for pair in sorted(pairs_of(word))
            ),
            ignore_conflicts=True,
        )
        numbers |= made
    return numbers


def _known(words: dict[str, int] | list[str]) -> dict[str, int]:
    return dict(CatalogueWord.objects.filter(text__in=list(words)).values_list("text", "pk"))


def _enter_told(story: Story, laid: Shown) -> None:
    telling = telling_of(story, laid)
    Resting.objects.filter(story=story).delete()
    Resting.objects.bulk_create(Resting(story=story, report_id=report) for report in telling.reports)
    Told.objects.filter(story=story).delete()
    Told.objects.bulk_create(
        Told(story=story, statement_id=said, number=number, names_office=said in telling.offices)
        for number, said in enumerate(telling.statements, start=1)
    )
