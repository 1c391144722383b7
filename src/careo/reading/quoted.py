"""Words a story prints in quotation marks: do they stand in a passage, letter by letter or in translation?

Case, accents, punctuation and the kind of quotation marks do not count; what the story leaves out with an ellipsis or
puts in square brackets parts the quotation, and each part must stand in the same passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careo.reading.evidence import Evidence, Shelf, closest_sentence, running_words
from careo.reading.findings import Finding, Passage, StoryText, finding
from careo.reading.fragments import MARKS, within_marks
from careo.reading.quotations import Quotation, quotations
from careo.reading.similarity import Encoder
from careo.reading.translated import original
from careo.reading.types import Span

CLOSE = 0.5  # likeness from which a sentence in the story's own language is shown as the nearest

_LEFT_OUT = re.compile(r"\[[^\]]*\]|\(\.\.\.\)|\(…\)|…|\.(?:\s?\.){2,}")
_LONGEST_SHOWN = 160
_OPENING, _CLOSING = re.compile("[“«„‟]"), re.compile("[”»]")


def check_quotations(
    story: StoryText, sentences: Sequence[Span], shelf: Shelf, encoder: Encoder
) -> Iterator[Finding]:
    for quotation in quotations(story.text):
        span = _inner(story.text, quotation)
        if span.end <= span.start or not running_words(story.text[span.start : span.end]).strip():
            continue
        found = _check(story, span, sentences, shelf, encoder)
        if found is not None:
            yield found


def standing_quotations(story: StoryText, shelf: Shelf) -> tuple[Span, ...]:
    """Quotations whose words stand in a passage: their facts need no further support."""
    spans = (_inner(story.text, quotation) for quotation in quotations(story.text))
    return tuple(
        span
        for span in spans
        if span.end > span.start and _standing(story.text[span.start : span.end], shelf.everything)
    )


def _check(
    story: StoryText, span: Span, sentences: Sequence[Span], shelf: Shelf, encoder: Encoder
) -> Finding | None:
    words = story.text[span.start : span.end]
    cited = shelf.cited_at(_around(span, sentences))
    if _standing(words, cited or shelf.everything):
        return None
    elsewhere = _standing(words, shelf.everything)
    if elsewhere:
        message = (
            f"The quoted words “{shown(words)}” do not stand in the passage cited here but in {named(elsewhere)};"
            " cite that passage."
        )
        return finding("quote-not-found", span, message, (elsewhere,))
    return _not_standing(story, span, words, cited or shelf.everything, encoder)


def _not_standing(
    story: StoryText, span: Span, words: str, evidence: Sequence[Evidence], encoder: Encoder
) -> Finding:
    foreign = [one for one in evidence if one.passage.language[:2] != story.language[:2]]
    native = [one for one in evidence if one.passage.language[:2] == story.language[:2]]
    source = original(words, story.language[:2], foreign, encoder)
    near = closest_sentence(words, story.language, native, encoder)
    if source and (near is None or near[0] < source[0] + 0.1):
        message = (
            f"“{shown(words)}” is translated from “{shown(source[1].text)}” in {named(source[1])};"
            " say that it is a translation, or quote the original."
        )
        return finding("quote-translated", span, message, (source[1],))
    if near and near[0] >= CLOSE:
        message = (
            f"The quoted words “{shown(words)}” stand in no passage; the nearest, in {named(near[1])}, is"
            f" “{shown(near[1].text)}”: quote it word for word or take the quotation marks off."
        )
        return finding("quote-not-found", span, message, (near[1],))
    message = (
        f"The quoted words “{shown(words)}” stand in no passage; cite the passage that has them or take the"
        " quotation marks off."
    )
    return finding("quote-not-found", span, message, tuple(one.passage for one in evidence))


def _standing(words: str, evidence: Sequence[Evidence]) -> Passage | None:
    """The passage that has all parts of the quotation."""
    parts = [part for part in map(running_words, _LEFT_OUT.split(words)) if part.strip()]
    for one in evidence:
        if parts and all(part in one.running_words for part in parts):
            return one.passage
    return None


def _inner(text: str, quotation: Quotation) -> Span:
    """The words within the marks."""
    return within_marks(text, Span(quotation.start, quotation.end))


def _around(span: Span, sentences: Sequence[Span]) -> Span:
    """The sentences a quotation lies in: a citation marks any words of them."""
    touched = [one for one in sentences if one.start < span.end and span.start < one.end]
    return Span(touched[0].start, touched[-1].end) if touched else span


def shown(words: str) -> str:
    """Words as a message puts them into quotation marks: on one line, not too long, the marks within them single.

    >>> shown("«Hay fruta», dijo Ureña"), shown("“The dam is safe,”"), shown("Hay fruta”, dijo")
    ('‘Hay fruta’, dijo Ureña', 'The dam is safe', 'Hay fruta, dijo')
    """
    line = " ".join(words.split())
    if len(line) > 1 and [(one.start, one.end) for one in quotations(line)] == [(0, len(line))]:
        line = line.strip(MARKS)
    paired = len(_OPENING.findall(line)) == len(_CLOSING.findall(line))
    line = _CLOSING.sub("’" if paired else "", _OPENING.sub("‘" if paired else "", line)).rstrip(" ,;:")
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1].rsplit(" ", 1)[0] + " …"


def named(passage: Passage) -> str:
    """How a message names where a passage is from."""
    return f"{passage.outlet or passage.report} ({passage.language[:2]})"
