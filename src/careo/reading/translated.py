"""Which words of a passage in the other language a quotation translates, if any.

Three measures, from sure to unsure: a whole sentence near in meaning; quoted words of about the quotation's length; any
stretch of about its length. The shorter the words, the more alike they look to whatever else is short, so that a
stretch must be nearer, and single words nearer still. What says the opposite ("there will be cuts" of "no habrá
cortes") translates nothing.

On 93 quotations written for this purpose on eleven passages (2026-11), of 35 that translate a part of one 27 were seen
(7 by whole sentences alone); of 58 invented ones on the same subjects 2 were taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careo.reading.centring import centred, ordinary_mean
from careo.reading.evidence import Evidence
from careo.reading.findings import Passage
from careo.reading.fragments import clauses_of, stretches, word_count
from careo.reading.opposition import opposed
from careo.reading.similarity import Encoder, Vectors

SENTENCE = 0.45  # sentences on the same subject are mostly further away
QUOTED = 0.48
STRETCH = 0.7
A_WORD_OR_TWO = 0.78  # single words are near to many: "humane", "humanos"
_LEAST_WORDS = 4  # in quoted words compared by themselves: shorter ones are stretches like any
_LENGTHS = 1.6  # how many times longer one of two wordings may be than the other
_SENTENCES = (
    6  # of each passage, the nearest first, whose stretches are looked at: whole reports have hundreds
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that may be the original, how near they must be, what an editor is shown of them, and where a turn counts."""

    passage: Passage
    enough: float
    shown: Passage
    turning: str


def original(
    words: str, language: str, evidence: Sequence[Evidence], encoder: Encoder
) -> tuple[float, Passage] | None:
    """The words of the evidence that these translate, and how near they are in meaning; None where none do."""
    wanted = centred(encoder.encode([_bare(words)]), ordinary_mean(language, encoder))[0]
    best: tuple[float, Passage] | None = None
    for score, part in _scored(words, wanted, evidence, encoder):
        better = score >= part.enough and (best is None or score > best[0])
        if better and not opposed(words, part.turning):
            best = (score, part.shown)
    return best


def _scored(
    words: str, wanted: Vectors, evidence: Sequence[Evidence], encoder: Encoder
) -> Iterator[tuple[float, _Part]]:
    nearest: list[tuple[float, Passage, Evidence]] = []
    for one in evidence:
        rows = one.meanings(encoder) @ wanted if one.sentences else ()
        nearest += [(float(row), whole, one) for row, whole in zip(rows, one.sentences, strict=True)]
    nearest.sort(key=lambda found: -found[0])
    for score, whole, one in nearest:
        turning = whole.text if _comparable(words, whole.text) else ""
        yield score, _Part(whole, SENTENCE, _mostly(whole, one.quoted), turning)
    for one in evidence:
        parts = list(_quoted(one.quoted, words))
        for _, whole, of in nearest[:_SENTENCES]:
            parts += _stretches(whole, one.quoted, words) if of is one else ()
        if parts:
            rows = encoder.encode([_bare(part.passage.text) for part in parts])
            meanings = centred(rows, ordinary_mean(one.tongue, encoder)) @ wanted
            yield from zip(map(float, meanings), parts, strict=True)


def _quoted(quoted: Sequence[Passage], words: str) -> Iterator[_Part]:
    for part in (unit for one in quoted for unit in (one, *clauses_of(one))):
        enough_words = min(word_count(words), word_count(part.text)) >= _LEAST_WORDS
        if enough_words and _comparable(words, part.text):
            yield _Part(part, QUOTED, part, part.text)


def _stretches(sentence: Passage, quoted: Sequence[Passage], words: str) -> Iterator[_Part]:
    length = word_count(words)
    enough = STRETCH if length > 2 else A_WORD_OR_TWO
    for part in (*stretches(sentence, length), *clauses_of(sentence)):
        shown = next((one for one in quoted if _mostly_in(part, one)), sentence)
        yield _Part(part, enough, shown, _with_words_before(part, sentence))


def _bare(words: str) -> str:
    """Without the comma or full stop that one language puts before the closing mark and the other behind it."""
    return words.strip(" ,;:.") or words


def _comparable(one: str, other: str) -> bool:
    shorter, longer = sorted((word_count(one), word_count(other)))
    return longer <= _LENGTHS * shorter


def _with_words_before(part: Passage, sentence: Passage) -> str:
    """The part with the word before it, which may be the "no" that a stretch leaves out."""
    before = sentence.text[: part.span.start - sentence.span.start].split()[-1:]
    return " ".join([*before, part.text])


def _mostly(sentence: Passage, quoted: Sequence[Passage]) -> Passage:
    """The quotation that makes up more than half of a sentence, else the sentence."""
    return next((one for one in quoted if _mostly_in(sentence, one)), sentence)


def _mostly_in(part: Passage, other: Passage) -> bool:
    """Whether more than half of a part lies in another, which says no more than the two together."""
    shared = min(part.span.end, other.span.end) - max(part.span.start, other.span.start)
    return 2 * shared > part.span.end - part.span.start
