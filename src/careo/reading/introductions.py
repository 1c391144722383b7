"""An office first, its holder's name in the next sentence: "… said the water minister. Julián Barrera made the promise".

News text names a speaker by office and gives the name with what takes the remark up again. The office is then that
person's, as stated, for the rest of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from careo.reading.engine import Attribution
from careo.reading.grammar import grammar
from careo.reading.offices import is_head
from careo.reading.people import Cast
from careo.reading.positions import Positions
from careo.reading.surface import Surface
from careo.reading.tokens import Word
from careo.reading.types import Span
from careo.reading.word_sets import word_set

# What "made the …" may take up of what was just said.
_SPEECH_NOUNS = word_set(
    "assurance announcement statement remark remarks comment comments promise claim warning declaration "
    "appeal accusation anuncio declaración declaraciones promesa advertencia afirmación llamamiento "
    "acusación"
)


def introduced(cut: Surface, cast: Cast, attributions: Sequence[Attribution]) -> Cast:
    """The cast with the offices that are told this way."""
    positions = Positions(cut)
    people = list(cast.people)
    for attribution in attributions:
        if not attribution.source or cast.within(attribution.source[0].start, attribution.source[-1].end):
            continue
        office = _office(cut, positions.words(attribution.source[0]))
        holder = _named_next(cut, cast, positions, attribution) if office else None
        if holder is not None and people[holder].office is None:
            people[holder] = replace(people[holder], office=office)
    return replace(cast, people=tuple(people))


def _office(cut: Surface, words: Sequence[Word]) -> str | None:
    """The office a source consists of, from its last genitive or its determiner on."""
    rules = grammar(cut.language)
    start = 0
    for number, word in enumerate(words):
        if word.low in ("'s", "’s") or word.low in rules.determiners:
            start = number + 1
    kept = words[start:]
    if not kept or not any(is_head(word.low) for word in kept) or any(word.is_mark for word in kept):
        return None
    return " ".join(cut.text[kept[0].start : kept[-1].end].split())


def _named_next(cut: Surface, cast: Cast, positions: Positions, attribution: Attribution) -> int | None:
    """Whoever opens the next sentence and is said to have made the remark there."""
    following = positions.sentence(attribution.source[0].start) + 1
    if following >= len(cut.sentences):
        return None
    sentence = cut.sentences[following]
    named = cast.within(sentence.start, sentence.end)
    if not named or named[0].name.start != sentence.start:
        return None
    after = positions.words(Span(named[0].name.end, sentence.end))[:5]
    return named[0].person if any(word.low in _SPEECH_NOUNS for word in after) else None
