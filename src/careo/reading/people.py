"""The people a text names: every mention, joined to the fullest form, with the office the text states.

"Kelly" is joined to "John Kelly" wherever in the text the full name stands; "Osorio" to "Miguel Ángel Osorio Chong". Where
two people share the short form, the one named far more often so far is meant; else the mention is given to the one
named last, its score says that this is a guess, and it names no speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from careo.reading.given_names import MEN, WOMEN
from careo.reading.grammar import Grammar, grammar
from careo.reading.name_runs import NameRun, name_runs
from careo.reading.offices import office_after, office_before, pronoun_of
from careo.reading.surface import Surface
from careo.reading.types import Person, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: `name` is the name alone, `start` where the office or honorific before it begins.

    `person` is a number in the cast; `score` is 1 where the form fits one person only; `genitive` marks "Olmedo's".
    """

    name: Span
    start: int
    person: int
    score: float
    genitive: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody a text names, in the order of first mention; `pronouns` holds "he", "she" or "" for each."""

    people: tuple[Person, ...]
    pronouns: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions whose names begin in [start, end), in order."""
        low = bisect_left(self.mentions, start, key=lambda mention: mention.name.start)
        high = bisect_left(self.mentions, end, key=lambda mention: mention.name.start)
        return self.mentions[low:high]


@dataclass(slots=True)
class _Somebody:
    """A person while mentions are gathered."""

    tokens: tuple[str, ...]
    pronoun: str = ""
    office: str | None = None
    runs: list[tuple[NameRun, float]] = field(default_factory=list)

    def takes(self, run: NameRun) -> bool:
        return not (run.pronoun and self.pronoun and run.pronoun != self.pronoun)


def cast_of(cut: Surface, sources: Iterable[Span] = ()) -> Cast:
    """The cast of a text. `sources` are spans known to name whoever spoke: a lone capital word there is a name."""
    runs = name_runs(cut, sources)
    everybody = _full_names(runs)
    by_token = _by_token(everybody)
    for run in runs:
        _place(run, everybody, by_token)
    rules = grammar(cut.language)
    named = {at for run in runs for at in range(run.start, run.end)}
    titled = {run.title for run in runs}
    everybody = [somebody for somebody in everybody if somebody.runs]
    for somebody in everybody:
        somebody.office = _office(cut, somebody, named, titled, rules)
        somebody.pronoun = somebody.pronoun or pronoun_of(somebody.office or "")
    return _cast(cut, sorted(everybody, key=lambda somebody: somebody.runs[0][0].start))


def _full_names(runs: Sequence[NameRun]) -> list[_Somebody]:
    """One for each different full name; "Donald J. Trump" and "Donald Trump" are one."""
    found: list[_Somebody] = []
    by_ends: dict[tuple[str, str], list[_Somebody]] = {}
    for run in runs:
        if not run.full:
            continue
        first = run.tokens[0]
        known = next(
            (
                one
                for last in run.tokens[1:]
                for one in by_ends.get((first, last), ())[:8]
                if _same(one.tokens, run.tokens)
            ),
            None,
        )
        if known is None:
            known = _Somebody(run.tokens, run.pronoun or _usual_pronoun(run.tokens))
            found.append(known)
        if len(run.tokens) > len(known.tokens):
            known.tokens = run.tokens
        known.pronoun = run.pronoun or known.pronoun
        for last in run.tokens[1:]:
            listed = by_ends.setdefault((first, last), [])
            if known not in listed[:8]:
                listed.append(known)
    return found


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter full name's words all stand in the longer, in order."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(token in rest for token in shorter)


def _usual_pronoun(tokens: Sequence[str]) -> str:
    first = tokens[0]
    if (first in MEN) != (first in WOMEN):
        return "he" if first in MEN else "she"
    return ""


def _by_token(everybody: Sequence[_Somebody]) -> dict[str, list[_Somebody]]:
    found: dict[str, list[_Somebody]] = {}
    for somebody in everybody:
        for token in somebody.tokens:
            for part in {token, *token.split("-")}:
                found.setdefault(part, []).append(somebody)
    return found


# People who share one word of their names, beyond which a text is a list of names and nobody's speech.
_NAMESAKES = 20


def _place(run: NameRun, everybody: list[_Somebody], by_token: dict[str, list[_Somebody]]) -> None:
    """Join the mention to its person, or make a new one of a lone name."""
    namesakes = by_token.get(run.tokens[-1], [])[:_NAMESAKES]
    if run.full:
        fitting = [
            one for one in namesakes if one.tokens[0] == run.tokens[0] and _same(one.tokens, run.tokens)
        ]
    else:
        fitting = [one for one in namesakes if _is_part(run.tokens, one.tokens) and one.takes(run)]
    if not fitting:
        somebody = _Somebody(run.tokens, run.pronoun)
        everybody.append(somebody)
        for token in run.tokens:
            by_token.setdefault(token, []).append(somebody)
        somebody.runs.append((run, 0.9 if run.title < run.start else 0.6))
        return
    chosen, sure = (fitting[0], 1.0) if len(fitting) == 1 else _likeliest(fitting)
    chosen.runs.append((run, sure))
    chosen.pronoun = chosen.pronoun or run.pronoun


def _likeliest(namesakes: Sequence[_Somebody]) -> tuple[_Somebody, float]:
    """Whom a shared short form means: whoever was named twice as often so far as any other; unsure, who was named last.

    "Cruz" goes on meaning the senator after his wife, Heidi Cruz, was named once.
    """
    most, second = sorted(namesakes, key=lambda one: len(one.runs), reverse=True)[:2]
    if len(most.runs) >= 2 * max(len(second.runs), 0.5):
        return most, 0.6 if second.runs else 0.8
    return max(namesakes, key=lambda one: one.runs[-1][0].start if one.runs else -1), AMBIGUOUS


# The score of a mention that fits two people alike.
AMBIGUOUS = 0.5


def _is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the short form stands unbroken in the full name; a first name alone counts too, as people write of friends."""
    size = len(short)
    return any(all(map(_is_token_of, short, full[at : at + size])) for at in range(len(full) - size + 1))


def _is_token_of(short: str, full: str) -> bool:
    """ "Zaragoza" is "Zaragoza-Pell"."""
    return short == full or short in full.split("-")


def _office(
    cut: Surface, somebody: _Somebody, named: set[int], titled: set[int], rules: Grammar
) -> str | None:
    """The first office the text states for this person, in its own words."""
    for run, _ in somebody.runs:
        first, last = run.sentence
        if run.title < run.start and (start := office_before(cut, run.start, first, rules)) is not None:
            return _words(cut, start, run.start)
        after = office_after(cut, run.end, last, rules)
        if after is not None and after[0] not in titled and after[1] - 1 not in named:
            return _words(cut, *after)
        comma = run.title - 1
        if comma > first and cut.words[comma].text == "," and comma - 1 not in named:
            start = office_before(cut, comma, first, rules)
            if start is not None:
                return _words(cut, start, comma)
    return None


def _words(cut: Surface, start: int, end: int) -> str:
    return " ".join(cut.text[cut.words[start].start : cut.words[end - 1].end].split())


def _cast(cut: Surface, everybody: Sequence[_Somebody]) -> Cast:
    people, mentions = [], []
    for number, somebody in enumerate(everybody):
        fullest = max((run for run, _ in somebody.runs), key=lambda run: (len(run.tokens), -run.start))
        spans = tuple(_span(cut, run) for run, _ in somebody.runs)
        people.append(Person(_words(cut, fullest.start, fullest.end), somebody.office, spans))
        mentions += [
            Mention(_span(cut, run), cut.words[run.title].start, number, score, _owns(cut, run))
            for run, score in somebody.runs
        ]
    mentions.sort(key=lambda mention: mention.name)
    return Cast(tuple(people), tuple(one.pronoun for one in everybody), tuple(mentions))


def _span(cut: Surface, run: NameRun) -> Span:
    return Span(cut.words[run.start].start, cut.words[run.end - 1].end)


def _owns(cut: Surface, run: NameRun) -> bool:
    return run.end < len(cut.words) and cut.words[run.end].low in ("'s", "’s")
