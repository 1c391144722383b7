"""The first engine: rules over words, marks and quotations. It finds who said what without a parser.

For each cue word outside quotations it looks who stands before or after it and what it introduces: words in quotation
marks, a clause after it ("said that …", "dijo que …"), or the sentence before it ("…, he said"). What lies inside
another attribution's content is dropped: a report tells what its source says, not what the source's source says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careo.reading.cues import Cue, cue
from careo.reading.engine import Attribution
from careo.reading.grammar import grammar
from careo.reading.phrases import subject_after, subject_before
from careo.reading.surface import Sentence, Surface
from careo.reading.types import Span


@dataclass(frozen=True, slots=True)
class Rules:
    """The engine; without state."""

    name: str = "rules 1"

    def attributions(self, surface: Surface) -> Sequence[Attribution]:
        found = [a for sentence in surface.sentences for a in _of_sentence(surface, sentence)]
        return sorted(found, key=lambda a: a.content[0])


RULES = Rules()
_LEAD = frozenset(",:")


def _of_sentence(cut: Surface, sentence: Sentence) -> list[Attribution]:
    found = []
    reach = sentence.first
    for at in range(sentence.first, sentence.last):
        which = cue(cut.words[at].low, cut.language)
        if which is None or cut.quoted[at] >= 0 or at < reach or which.form == "base":
            continue
        attribution = _at_cue(cut, sentence, at, which)
        if attribution is not None:
            found.append(attribution)
            ends = attribution.content[-1].end
            while reach < sentence.last and cut.words[reach].start < ends:
                reach += 1
    return found


def _at_cue(cut: Surface, sentence: Sentence, at: int, which: Cue) -> Attribution | None:
    words = cut.words
    rules = grammar(cut.language)
    before = subject_before(cut, at, sentence.first)
    after = subject_after(cut, at + 1, sentence.last) if before is None else None
    source = before or after
    spans = (Span(words[source[0]].start, words[source[1] - 1].end),) if source else ()
    cue_span = (Span(words[at].start, words[at].end),)
    begins = (after[1] if after else at + 1)
    quote = _quote_near(cut, sentence, at)
    if quote is not None:
        return Attribution(spans, cue_span, (quote,), 0.8)
    end = sentence.last
    while begins < end and words[begins].low in rules.days | rules.adverbs:
        begins += 1
    if which.kind in ("say", "tell", "think") and begins < end and words[begins].low in rules.that:
        return Attribution(spans, cue_span, (Span(words[begins].start, _end(cut, begins, end)),), 0.7)
    if which.kind == "say" and cut.language == "en" and before is not None and end - begins > 3 and not words[begins].is_mark:
        return Attribution(spans, cue_span, (Span(words[begins].start, _end(cut, begins, end)),), 0.5)
    return None


def _end(cut: Surface, begin: int, end: int) -> int:
    while end - 1 > begin and cut.words[end - 1].text in ".!?":
        end -= 1
    return cut.words[end - 1].end


def _quote_near(cut: Surface, sentence: Sentence, at: int) -> Span | None:
    for word in range(sentence.first, sentence.last):
        number = cut.quoted[word]
        if number >= 0 and cut.words[word].start == cut.quotations[number].start:
            quotation = cut.quotations[number]
            if quotation.end - quotation.start > 12:
                return Span(quotation.start, quotation.end)
    return None
