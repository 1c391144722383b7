"""The desk's lists of words and links, held against what somebody writes. Asked of the database at each post."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from careo.forum.folding import hosts_of, pattern_of, pattern_of_host, words_of
from careo.forum.models import ListedWord
from careo.forum.prepared import Prepared


class Entry(NamedTuple):
    words: str
    kind: str
    effect: str


class Found(NamedTuple):
    """The listed words in a text: those that refuse it, and those that hold it."""

    refuse: list[str]
    hold: list[str]


_ENTRIES = Prepared(lambda: ListedWord.objects.values_list("words", "kind", "effect"))


def found_in(text: str) -> Found:
    entries = [Entry(*row) for row in _ENTRIES.rows()]
    return held_against(text, entries) if entries else Found([], [])


def held_against(text: str, entries: Iterable[Entry]) -> Found:
    found = Found([], [])
    words, hosts = words_of(text), hosts_of(text)
    for entry in entries:
        is_link = entry.kind == ListedWord.Kind.LINK
        there = (pattern_of_host if is_link else pattern_of)(entry.words).search(hosts if is_link else words)
        if there:
            (found.refuse if entry.effect == ListedWord.Effect.REFUSE else found.hold).append(entry.words)
    return found
