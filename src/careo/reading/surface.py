"""The surface of a text: paragraphs, sentences, words and quotations, cut once and shared by everything that reads it."""

from __future__ import annotations

from dataclasses import dataclass

from careo.reading.paragraphs import paragraphs
from careo.reading.quotations import Quotation, quotations
from careo.reading.sentences import sentences_within
from careo.reading.tokens import Word, words
from careo.reading.types import Language, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span, the number of its paragraph, and its words as words[first:last] of the surface."""

    start: int
    end: int
    paragraph: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Surface:
    """A text cut up. `quoted[i]` is the number of the quotation that word i stands in, -1 outside of any."""

    text: str
    language: Language
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    quotations: tuple[Quotation, ...]
    quoted: tuple[int, ...]


def surface(text: str, language: Language) -> Surface:
    """Cut the text up, in time linear in its length."""
    found: list[Sentence] = []
    all_words: list[Word] = []
    spans = paragraphs(text)
    for number, paragraph in enumerate(spans):
        for span in sentences_within(text, paragraph):
            first = len(all_words)
            all_words.extend(words(text, span.start, span.end))
            found.append(Sentence(span.start, span.end, number, first, len(all_words)))
    quotes = quotations(text, spans)
    return Surface(text, language, spans, tuple(found), tuple(all_words), quotes, _quoted(all_words, quotes))


def _quoted(all_words: list[Word], quotes: tuple[Quotation, ...]) -> tuple[int, ...]:
    numbers, at = [], 0
    for word in all_words:
        while at < len(quotes) and quotes[at].end <= word.start:
            at += 1
        inside = at < len(quotes) and quotes[at].start <= word.start
        numbers.append(at if inside else -1)
    return tuple(numbers)
