"""What a story may rest on: the passages cited at a place of it, those cited anywhere, and whole reports beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from careo.reading.centring import centred, ordinary_mean
from careo.reading.facts import Facts, facts, overlap
from careo.reading.findings import CitedSpan, Passage, StoryText
from careo.reading.folding import fold
from careo.reading.fragments import quoted_parts
from careo.reading.sentences import sentences
from careo.reading.similarity import Encoder, Vectors
from careo.reading.telling import WORD
from careo.reading.types import Span


class Evidence:
    """One passage, looked into no more than once."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    @cached_property
    def running_words(self) -> str:
        """Its words folded, a space before and after each, so that words in sequence can be looked for."""
        return running_words(self.passage.text)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.running_words.split())

    @cached_property
    def facts(self) -> Facts:
        return facts(self.passage.text, language=self.passage.language, published=self.passage.published)

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        return tuple(self.passage.part(span) for span in sentences(self.passage.text))

    @cached_property
    def quoted(self) -> tuple[Passage, ...]:
        return quoted_parts(self.passage)

    @property
    def tongue(self) -> str:
        return _tongue(self.passage.language)

    def meanings(self, encoder: Encoder) -> Vectors:
        """One row a sentence, its language's mean taken off."""
        if self._meanings is None:
            rows = encoder.encode([sentence.text for sentence in self.sentences])
            self._meanings = centred(rows, ordinary_mean(self.tongue, encoder))
        return self._meanings

    _meanings: Vectors | None = None


class Shelf:
    """All evidence for one story."""

    def __init__(self, story: StoryText, against: Sequence[Passage]) -> None:
        self._kept: dict[tuple[str, Span, str], Evidence] = {}
        self._cited = [(cited.span, self._take(cited.passages)) for cited in story.citations]
        self._against = self._take(against)
        self.text = story.text

    @property
    def marks_citations(self) -> bool:
        return bool(self._cited)

    @cached_property
    def everything(self) -> tuple[Evidence, ...]:
        """All passages cited anywhere and all reports given, each once."""
        return tuple(self._kept.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of all evidence, and those of the outlets' names."""
        outlets = " ".join(one.passage.outlet for one in self.everything)
        return frozenset(running_words(outlets).split()).union(*(one.words for one in self.everything))

    def cited_at(self, span: Span) -> tuple[Evidence, ...]:
        """The evidence that the story names for words it prints in `span`."""
        return tuple(one for cited, passages in self._cited if overlap(cited, span) for one in passages)

    def _take(self, passages: Iterable[Passage]) -> tuple[Evidence, ...]:
        return tuple(
            self._kept.setdefault((one.report, one.span, one.text), Evidence(one)) for one in passages
        )


def closest_sentence(
    words: str, language: str, evidence: Sequence[Evidence], encoder: Encoder
) -> tuple[float, Passage] | None:
    """The sentence of the evidence nearest in meaning to some words, and how near; None without evidence."""
    wanted = centred(encoder.encode([words]), ordinary_mean(_tongue(language), encoder))[0]
    best: tuple[float, Passage] | None = None
    for one in evidence:
        if not one.sentences:
            continue
        scores = one.meanings(encoder) @ wanted
        at = int(np.argmax(scores))
        if best is None or scores[at] > best[0]:
            best = (float(scores[at]), one.sentences[at])
    return best


def running_words(text: str) -> str:
    """Its words folded and parted by single spaces, one before the first and one after the last."""
    return f" {' '.join(fold(match.group()) for match in WORD.finditer(text))} "


def _tongue(language: str) -> str:
    return "es" if language.startswith("es") else "en"


def passages_of(evidence: Iterable[Evidence]) -> tuple[Passage, ...]:
    return tuple(one.passage for one in evidence)


__all__ = ["CitedSpan", "Evidence", "Shelf", "closest_sentence", "passages_of", "running_words"]
