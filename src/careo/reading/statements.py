"""From attributions to statements: their kind, speaker, addressee and the day they were made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from careo.reading.addressees import addressee
from careo.reading.engine import Attribution
from careo.reading.grammar import grammar
from careo.reading.people import Cast
from careo.reading.positions import Positions
from careo.reading.speakers import Told, speakers
from careo.reading.surface import Surface
from careo.reading.types import Kind, Span, Statement, TimeExpression

# How far from its cue, in characters, a time still says when something was said; a year is rarely meant so.
_NEAR = {"day": 120, "week": 70, "month": 45, "quarter": 0, "year": 0, "vague": 30}
_REACH = max(_NEAR.values())
# A time within the source ("Marsh, who came last week, said …") gives way to any other, by as many characters.
_IN_SOURCE = 200
# A time that begins no farther than this after a cue, in characters (" late on "), is that cue's alone.
_AT_ONCE = 9
# Words of a content that may stand outside its quotation marks without making it mixed.
_SPARE = 2


def statements(
    cut: Surface,
    found: Sequence[Attribution],
    cast: Cast,
    times: Sequence[TimeExpression],
    published: date | None,
) -> tuple[Statement, ...]:
    """The statements, in the order of the attributions."""
    positions = Positions(cut)
    said = _Saying(cut, times, published, positions, found)
    who = speakers(cut, found, cast)
    return tuple(
        _statement(cut, attribution, positions, said, told)
        for attribution, told in zip(found, who, strict=True)
    )


def _statement(
    cut: Surface, attribution: Attribution, positions: Positions, said: _Saying, told: Told
) -> Statement:
    when = said.when(attribution)
    return Statement(
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        kind=kind_of(cut, attribution.content, positions),
        speaker=told.found.speaker if told.found else None,
        addressee=addressee(cut, attribution, positions),
        said_on=when.days if when else None,
        said_on_span=when.span if when else None,
        score=attribution.score,
    )


def kind_of(cut: Surface, content: Sequence[Span], positions: Positions) -> Kind:
    """Direct when all but two words stand in quotation marks, indirect when none does, else mixed."""
    inside = outside = 0
    for span in content:
        for number in positions.numbers(span):
            if not cut.words[number].is_mark:
                inside += cut.quoted[number] >= 0
                outside += cut.quoted[number] < 0
    if inside == 0:
        return "indirect"
    return "direct" if outside <= _SPARE else "mixed"


class _Saying:
    """Finds the time that tells when something was said, not when what was said happens."""

    def __init__(
        self,
        cut: Surface,
        times: Sequence[TimeExpression],
        published: date | None,
        positions: Positions,
        found: Sequence[Attribution],
    ) -> None:
        self._cut, self._published, self._positions = cut, published, positions
        self._times = _outside(times, [span for attribution in found for span in attribution.content])
        self._starts = [time.span.start for time in self._times]
        self._owners = {
            self._starts[at]: attribution
            for attribution in found
            if attribution.cue and (at := self._right_after(attribution.cue[0])) is not None
        }

    def when(self, attribution: Attribution) -> TimeExpression | None:
        if not attribution.cue:
            return None
        cue = attribution.cue[0]
        sentence = self._cut.sentences[self._positions.sentence(cue.start)]
        first = bisect_left(self._starts, max(sentence.start, cue.start - _REACH))
        last = bisect_left(self._starts, min(sentence.end, cue.end + _REACH))
        source = attribution.source[0] if attribution.source else Span(0, 0)
        fitting = [time for time in self._times[first:last] if self._fits(time, attribution, cue)]
        return min(
            fitting,
            key=lambda time: (
                _distance(time.span, cue)
                + (_IN_SOURCE if source.start <= time.span.start < source.end else 0)
            ),
            default=None,
        )

    def _right_after(self, cue: Span) -> int | None:
        """The number of the time that a cue holds or that follows it at once: "said yesterday", "said on Monday"."""
        at = bisect_left(self._starts, cue.start)
        return at if at < len(self._starts) and self._starts[at] - cue.end <= _AT_ONCE else None

    def _goes_on(self, attribution: Attribution) -> bool:
        """Whether it tells more of whoever spoke just before: "drew a rebuke yesterday from Videgaray, | who | called …"."""
        words = [word.low for span in attribution.source for word in self._positions.words(span)]
        return len(words) == 1 and words[0] in grammar(self._cut.language).relatives

    def _fits(self, time: TimeExpression, attribution: Attribution, cue: Span) -> bool:
        owner = self._owners.get(time.span.start, attribution)
        if owner is not attribution and owner.source != attribution.source and not self._goes_on(attribution):
            return False
        if _distance(time.span, cue) > _NEAR[time.days.granularity] or self._belongs_elsewhere(
            time.span, attribution, cue
        ):
            return False
        ahead = (
            time.days.start is not None and self._published is not None and time.days.start > self._published
        )
        return not ahead

    def _belongs_elsewhere(self, time: Span, attribution: Attribution, cue: Span) -> bool:
        """Whether a clause of its own parts the time from the cue: "arrived yesterday for a meeting that X called …"."""
        start = min(cue.start, attribution.source[0].start) if attribution.source else cue.start
        end = max(cue.end, attribution.source[-1].end) if attribution.source else cue.end
        between = Span(time.end, start) if time.end <= start else Span(min(end, time.start), time.start)
        rules = grammar(self._cut.language)
        words = self._positions.words(between) if between.start < between.end else ()
        if time.end <= start:
            return any(word.low in rules.relatives | rules.breaks for word in words) and not any(
                word.text == "," for word in words
            )
        return any(word.low in rules.relatives for word in words)


def _outside(times: Sequence[TimeExpression], contents: Sequence[Span]) -> list[TimeExpression]:
    """The times that stand in nobody's words."""
    found, at, ordered = [], 0, sorted(contents)
    for time in times:
        while at < len(ordered) and ordered[at].end <= time.span.start:
            at += 1
        if at == len(ordered) or ordered[at].start > time.span.start:
            found.append(time)
    return found


def _distance(time: Span, cue: Span) -> int:
    """Characters between the two; a time before the cue counts as farther, for it may belong to the sentence at large."""
    return time.start - cue.end if time.start >= cue.end else (cue.start - time.end) + 10
