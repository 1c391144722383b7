"""The parts of a passage that a quotation may have been taken from: what it quotes, and stretches of it.

A story quotes a few words of a sentence: their translation is far from the whole sentence's meaning and near to a part's.
Spans of the parts are, like a passage's own, code points of the report's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careo.reading.findings import Passage
from careo.reading.quotations import quotations
from careo.reading.telling import WORD
from careo.reading.types import Span

MARKS = "“”\"«»„‟'‘’‹›` "  # what may stand at the ends of quoted words without being one of them
_CLAUSE_END = re.compile(
    r"[,;:.!?—–()…]+\s|\s(?=(?:but|because|although|while|since|and|pero|porque|aunque|mientras|sino|pues|y)\s)",
    re.IGNORECASE,
)
_STRETCHES = (1.0, 1.3)  # the same in Spanish takes up to a third more words than in English


def word_count(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))


def quoted_parts(passage: Passage) -> tuple[Passage, ...]:
    """What the passage itself has in quotation marks, without the marks; a passage that is one quotation is its own."""
    inner = (within_marks(passage.text, Span(one.start, one.end)) for one in quotations(passage.text))
    return tuple(passage.part(span) for span in inner if span.end > span.start)


def clauses_of(part: Passage) -> tuple[Passage, ...]:
    """Its clauses, where it has more than one."""
    begin, found = 0, []
    for match in _CLAUSE_END.finditer(part.text):
        found.append(within_marks(part.text, Span(begin, match.start())))
        begin = match.end()
    found.append(within_marks(part.text, Span(begin, len(part.text))))
    kept = [span for span in found if WORD.search(part.text, span.start, span.end)]
    return tuple(part.part(span) for span in kept) if len(kept) > 1 else ()


def stretches(sentence: Passage, words: int) -> tuple[Passage, ...]:
    """Runs of about so many words; none of a sentence that is hardly longer than that."""
    found = [match.span() for match in WORD.finditer(sentence.text)]
    return tuple(map(sentence.part, _runs(found, words))) if len(found) > words + 1 else ()


def within_marks(text: str, span: Span) -> Span:
    """The span without quotation marks and spaces at its ends; empty where there is nothing else."""
    begin, end = span
    while begin < end and text[begin] in MARKS:
        begin += 1
    while end > begin and text[end - 1] in MARKS:
        end -= 1
    return Span(begin, end)


def _runs(found: list[tuple[int, int]], words: int) -> Iterator[Span]:
    step = max(1, words // 4)
    for size in sorted({round(words * share) for share in _STRETCHES}):
        for at in range(0, max(1, len(found) - size + 1), step):
            yield Span(found[at][0], found[min(at + size, len(found)) - 1][1])
