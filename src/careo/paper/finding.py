"""Looking words up in the catalogue: which of some stories have all of them, the best first.

A story that has the words as they were typed stands before one that has them mistyped; then what has them in its
headline before what has them in its text, and the newer before the older. A word that hardly any story has is looked
for in neighbouring spellings too (`spelling`). Both databases do the same, since nothing here is theirs but tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, When

from careo.paper.catalogue import CatalogueWord, Entry, LetterPair, Occurrence
from careo.paper.listing import visible_stories
from careo.paper.spelling import distance, edits_forgiven, pairs_of, pairs_shared

FEW = 3  # stories that must have a word for its neighbours to be left alone
MOST_MENDED = 3  # words of one query: who mistypes more of them should look again
MOST_SPELLINGS = 5  # of one word
FEW_HIDDEN = 500  # numbers of stories that a query names one by one
MOST = 1_000  # stories told of; who looks for more should say more


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that was typed: its number where a story has it, and the spellings it may be meant for, nearest first."""

    word: str
    exact: int | None
    near: dict[str, int]

    @property
    def numbers(self) -> list[int]:
        return [*([self.exact] if self.exact else []), *self.near.values()]

    def among(self, numbers: set[int]) -> list[str]:
        """By which of the words it was found where these are."""
        if self.exact in numbers:
            return [self.word]
        return [spelling for spelling, number in self.near.items() if number in numbers]


@dataclass(frozen=True, slots=True)
class Match:
    """A story that has them all; `exact` says as they were typed."""

    story_id: int
    exact: bool


def sought(words: Sequence[str], seen: QuerySet[Occurrence]) -> list[Sought]:
    """What to look for, for each word, where the words that may be seen are these."""
    known = dict(CatalogueWord.objects.filter(text__in=words).values_list("text", "pk"))
    found: list[Sought] = []
    for word in words:
        number = known.get(word)
        holders = _few_holding(number, seen) if number else 0
        mended = sum(1 for one in found if one.near)
        mend = holders < FEW and edits_forgiven(word) and mended < MOST_MENDED
        near = _near(word, seen) if mend else {}
        found.append(Sought(word, number if holders else None, near))
    return found


def matches(wanted: Sequence[Sought], seen: QuerySet[Occurrence]) -> list[Match]:
    """The stories that have every word in one spelling or another, best first."""
    if not wanted or not all(one.numbers for one in wanted):
        return []
    best = _ranked(seen, wanted).order_by(
        "-typed", "-score", F("story__first_published_at").desc(nulls_last=True), "-story_id"
    )
    rows_told = best.values_list("story_id", "typed")[:MOST]
    return [Match(story, typed == len(wanted)) for story, typed in rows_told]


def occurrences() -> QuerySet[Occurrence]:
    """Words of the stories that may be told of now. Those that may not are few as a rule, and cheaper to leave out."""
    hidden = list(
        Entry.objects.exclude(story__in=_keys(visible_stories())).values_list("story", flat=True)[
            : FEW_HIDDEN + 1
        ]
    )
    if len(hidden) > FEW_HIDDEN:
        return Occurrence.objects.filter(story__in=_keys(visible_stories()))
    return Occurrence.objects.exclude(story__in=hidden)


def _ranked(rows: QuerySet[Occurrence], wanted: Sequence[Sought]) -> QuerySet[Any]:
    """Stories with all the words: how many as they were typed, and what they weigh."""
    rows = rows.filter(word__in={number for one in wanted for number in one.numbers})
    mended = next((one for one in wanted if one.near), None)
    if mended is None:  # a word stands once for each story, and there is nothing to tell apart
        told = rows.values("story_id").annotate(typed=Count("pk"), score=Sum("weight"))
        return told.filter(typed=len(wanted))
    # What is mended is rare, and so are the stories that have it.
    rows = rows.filter(story__in=Occurrence.objects.filter(word__in=mended.numbers).values("story"))
    places = _places(one.numbers for one in wanted)
    typed = _places([one.exact] if one.exact else [] for one in wanted)
    told = rows.values("story_id").annotate(places=places, typed=typed, score=Sum("weight"))
    return told.filter(places=len(wanted))


def words_held(wanted: Sequence[Sought], stories: Iterable[int]) -> dict[int, set[str]]:
    """By which words each story was found: as typed where it has them so, else in the spellings that it has."""
    numbers = {number for one in wanted for number in one.numbers}
    held: dict[int, set[int]] = {}
    rows = Occurrence.objects.filter(word__in=numbers, story__in=list(stories))
    for story, word in rows.values_list("story", "word"):
        held.setdefault(story, set()).add(word)
    return {story: {word for one in wanted for word in one.among(has)} for story, has in held.items()}


def _places(numbers: Iterable[list[int]]) -> Count:
    """How many of the words typed a story has, in one of the spellings given for each."""
    cases = [When(word__in=some, then=place) for place, some in enumerate(numbers, start=1) if some]
    return Count(Case(*cases, output_field=IntegerField()), distinct=True)


def _few_holding(number: int, seen: QuerySet[Occurrence]) -> int:
    """How many stories have the word, counted no further than matters."""
    return len(seen.filter(word=number).values_list("pk")[:FEW])


def _near(word: str, seen: QuerySet[Occurrence]) -> dict[str, int]:
    """The nearest spellings that one of the stories has, the commonest of them first."""
    apart: dict[int, list[tuple[str, int]]] = {}
    for text, number in _candidates(word):
        if 0 < (edits := distance(word, text)) <= edits_forgiven(word):
            apart.setdefault(edits, []).append((text, number))
    for edits in sorted(apart):
        if spellings := _commonest(apart[edits], seen):
            return spellings
    return {}


def _candidates(word: str) -> list[tuple[str, int]]:
    """Words that share so many pairs of letters that they may be near enough."""
    edits = edits_forgiven(word)
    alike = (
        LetterPair.objects.filter(
            letters__in=pairs_of(word), length__range=(len(word) - edits, len(word) + edits)
        )
        .values("word")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=pairs_shared(word, edits))
    )
    return list(CatalogueWord.objects.filter(pk__in=alike.values("word")).values_list("text", "pk"))


def _commonest(spellings: list[tuple[str, int]], seen: QuerySet[Occurrence]) -> dict[str, int]:
    numbers = [number for _, number in spellings]
    rows = seen.filter(word__in=numbers)
    held = dict(rows.values_list("word").annotate(Count("pk")))
    texts = sorted((-held[number], text) for text, number in spellings if number in held)
    by_text = dict(spellings)
    return {text: by_text[text] for _, text in texts[:MOST_SPELLINGS]}


def _keys(stories: QuerySet[Any]) -> QuerySet[Any]:
    return stories.order_by().values("pk")
