"""Search in what all may read: headline, standfirst and the open part of each story, narrowed as one likes.

The catalogue holds nothing else, and every answer is taken from the stories that all may be told of at this hour: what
is found, offered and spelt otherwise depends on them alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from careo.paper.catalogue import Entry
from careo.paper.excerpts import Pieces, excerpt, marked
from careo.paper.filters import Filters
from careo.paper.finding import MOST, Match, Sought, matches, occurrences, sought, words_held
from careo.paper.listing import A_PAGE, Teaser, teasers, visible_stories
from careo.paper.words import words_in
from careo.stories.models import Section, Story

LONGEST = 200  # characters: no reader types more
LOOKED_AT = 2_000  # characters of what a program sent, before signs that are no text are taken out
WORDS = 12  # each is looked up


@dataclass(frozen=True, slots=True)
class Found:
    """A story with the words it was found by, marked in it; `excerpt` is empty where its text has none of them."""

    teaser: Teaser
    words: frozenset[str]
    title: Pieces
    standfirst: Pieces
    excerpt: Pieces
    exact: bool


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results. `spelt` are the words looked for instead of mistyped ones; `exact`: are there any as typed?"""

    page: Page[Found]
    spelt: tuple[str, ...]
    exact: bool

    @property
    def are_all(self) -> bool:
        """Whether the number of results is all there are, not the most that are told of."""
        return self.page.paginator.count < MOST


@dataclass(frozen=True)
class Query:
    """What was asked for. `words` is what is looked up, folded; empty where nothing is left of the text."""

    text: str
    words: tuple[str, ...]
    filters: Filters
    page: str

    @classmethod
    def asked(cls, form: Mapping[str, str], sections: tuple[Section, ...]) -> Query:
        text = readable(form.get("q", "")[:LOOKED_AT])[:LONGEST].strip()
        words = dict.fromkeys(word.folded for word in words_in(text))
        return cls(text, tuple(words)[:WORDS], Filters.asked(form, sections), form.get("page", "1"))

    def results(self) -> Results | None:
        """The page of results asked for, best first; None where nothing was asked."""
        if self.words:
            return self._with_words()
        if self.filters and not self.text:
            return Results(self._newest(self.filters.narrow(visible_stories())), (), True)
        return None

    def _with_words(self) -> Results:
        seen = occurrences()
        wanted = sought(self.words, seen)
        if self.filters:
            seen = seen.filter(story__in=self.filters.narrow(visible_stories()).order_by().values("pk"))
        all_of_them = matches(wanted, seen)
        best: Page[Any] = Paginator(all_of_them, A_PAGE).get_page(self.page)
        found = _found(list(best.object_list), wanted)
        best.object_list = found
        return Results(best, _spelt(found, wanted), any(match.exact for match in all_of_them))

    def _newest(self, stories: QuerySet[Any]) -> Page[Any]:
        """Without words: the newest first, nothing marked."""
        newest: Page[Any] = Paginator(stories, A_PAGE).get_page(self.page)
        newest.object_list = [
            Found(one, frozenset(), ((one.story.title, False),), ((one.story.standfirst, False),), (), True)
            for one in teasers(newest.object_list)
        ]
        return newest


def readable(text: str) -> str:
    """One line of text as people write it: no controls, no halves of signs, nothing that turns the line round."""
    signs = (" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", "".join(signs)).split())


def _found(best: Sequence[Match], wanted: Sequence[Sought]) -> list[Found]:
    stories = Story.objects.in_bulk([match.story_id for match in best])
    there = [match for match in best if match.story_id in stories]
    texts = dict(Entry.objects.filter(story__in=stories).values_list("story", "text"))
    held = words_held(wanted, stories)
    told = teasers([stories[match.story_id] for match in there])
    return [
        _marked(teaser, texts.get(match.story_id, ""), held[match.story_id], exact=match.exact)
        for teaser, match in zip(told, there, strict=True)
    ]


def _marked(teaser: Teaser, text: str, words: set[str], *, exact: bool) -> Found:
    story = teaser.story
    title, standfirst = marked(story.title, words), marked(story.standfirst, words)
    return Found(teaser, frozenset(words), title, standfirst, excerpt(text, words), exact)


def _spelt(found: Sequence[Found], wanted: Sequence[Sought]) -> tuple[str, ...]:
    """The spellings that stand in for what was typed, as the stories found write them."""
    near = {word for one in wanted for word in one.near} - {one.word for one in wanted}
    written: dict[str, str] = {}
    for one in found:
        hits = [text for text, is_hit in (*one.title, *one.standfirst, *one.excerpt) if is_hit]
        spelt = {word.folded: text for text in reversed(hits) for word in words_in(text)}
        for word in sorted(near & one.words):
            written.setdefault(word, spelt.get(word, word))
    return tuple(written.values())
