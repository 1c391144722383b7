"""How two statements stand to each other, judged pair by pair: the thresholds are set for precision.

An editor who is shown three true conflicts looks at the fourth; one who is shown noise looks at none. On pairs of
sentences made to agree, conflict or neither (esXNLI), opposite turns in clauses this close are conflicts in two of
three; of those on the same matter by different speakers it is more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from careo.reading.existence import existence, same_thing, taken_for_granted
from careo.reading.folding import fold
from careo.reading.numbers import Number
from careo.reading.opposition import opposed
from careo.reading.remarks import likelihood
from careo.reading.same_speaker import TITLES, SameSpeaker, name_words, same_name, same_speaker
from careo.reading.tellings import Telling, closest_clauses
from careo.reading.types import Days

RelationKind = Literal["same", "differs", "conflicts", "follows"]

SAME = 0.25  # how likely it must be that two statements tell one remark
OPPOSED = 0.5  # likeness of two clauses from which a turn makes a conflict
OPPOSED_UNNAMED = 0.7  # where neither report names the speaker, so that nobody can be asked
THERE = 0.15  # of two clauses, one of which says that there is what there is not by the other
MATTER = 0.2  # of the whole statements, for any conflict
NUMBERS_AT_ODDS = 0.6
ANSWER = 0.2
VERBATIM = 0.85
_MOST_COMMONPLACE = 7  # words; shorter quotations are said by many

_REACTION = re.compile(
    r"""\b(?:repl(?:y|ied|ies)|respond(?:s|ed)?|react(?:s|ed)?|answer(?:s|ed)?|counter(?:s|ed)?|contradict(?:s|ed)?
      |reject(?:s|ed)?|den(?:y|ied|ies)|criti[cz]i[sz]ed|criticised|welcomed|thanked|rebuked|retorted|accused|disputed
      |dismissed|agreed|disagreed|hit\ back|called|urged
      |respond(?:io|ieron|e|en)|replic(?:o|aron|a)|contest(?:o|aron|a)|reaccion(?:o|aron|a)|rechaz(?:o|aron|a)
      |neg(?:o|aron)|niega|desmint(?:io|ieron)|critic(?:o|aron|a)|agradec(?:io|ieron|e)|acus(?:o|aron|a)
      |contradij(?:o|eron)|refut(?:o|aron|a)|reproch(?:o|aron|a)|coincid(?:io|ieron)|celebr(?:o|aron)|exig(?:io|ieron)
      |cuestion(?:o|aron))\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    kind: RelationKind
    score: float
    why: tuple[str, ...]
    turned: bool = False  # for "follows": the first answers the second


def judge(a: Telling, b: Telling, *, same_report: bool) -> Judgement | None:
    """The one relation that says most, or None."""
    speaker = same_speaker(a.speaker, b.speaker)
    alike = float(a.meaning @ b.meaning)
    remark = None if same_report or speaker is SameSpeaker.NO else _one_remark(a, b, speaker)
    conflict = _conflict(a, b, alike, speaker)
    if conflict is not None or remark is not None or speaker is not SameSpeaker.NO:
        return conflict or remark
    return (None if same_report else _two_mouths(a, b, alike)) or _answer(a, b, alike)


def _two_mouths(a: Telling, b: Telling, alike: float) -> Judgement | None:
    """One quotation that two reports give to different speakers: a detail at odds that an editor must see."""
    quoted = a.statement.kind == b.statement.kind == "direct"
    if not quoted or alike < VERBATIM or min(len(t.wording.split()) for t in (a, b)) < _MOST_COMMONPLACE:
        return None
    return Judgement("differs", min(1.0, alike), (f"speaker: {a.speaker} / {b.speaker}",))


def _one_remark(a: Telling, b: Telling, speaker: SameSpeaker) -> Judgement | None:
    """Whether both tell one remark, and in which details they differ."""
    likely = likelihood(a, b, speaker)
    if likely < SAME:
        return None
    details = (*_number_detail(a, b), *_day_detail(a, b), *_name_detail(a, b))
    if details:
        return Judgement("differs", likely, details)
    return Judgement("same", likely, tuple(_shared(a, b)))


def _conflict(a: Telling, b: Telling, alike: float, speaker: SameSpeaker) -> Judgement | None:
    """Opposite claims on one matter: a turn in clauses that are close, or numbers at odds by two speakers."""
    there = _there_and_not(a, b)
    if there is not None:
        return there
    if alike < MATTER:
        return None
    closest, one, other = closest_clauses(a, b)
    turns = opposed(one, other, a_denied=a.denied, b_denied=b.denied)
    enough = OPPOSED if a.speaker or b.speaker else OPPOSED_UNNAMED
    if turns and closest >= enough and _whole_turn(a, b, one, other) and not _of_what_is_not(one, other):
        return Judgement("conflicts", min(1.0, closest), (*turns, f"{one} / {other}"))
    numbers = _number_detail(a, b)
    if numbers and speaker is SameSpeaker.NO and alike >= NUMBERS_AT_ODDS:
        return Judgement("conflicts", min(1.0, alike), numbers)
    return None


def _there_and_not(a: Telling, b: Telling) -> Judgement | None:
    """One says that there is what, by the other, there is not: details of it may make the clauses little alike."""
    if a.denied or b.denied or a.language != b.language:
        return None
    table = a.clause_meanings @ b.clause_meanings.T
    for row, one in enumerate(a.clauses):
        for column, other in enumerate(b.clauses):
            first, second = existence(one), existence(other)
            if first is None or second is None or first.there == second.there:
                continue
            if same_thing(first.thing, second.thing) and table[row, column] >= THERE:
                score = min(1.0, max(OPPOSED, float(table[row, column])))
                return Judgement(
                    "conflicts", score, (f"there is or is not: {first.thing}", f"{one} / {other}")
                )
    return None


def _of_what_is_not(one: str, other: str) -> bool:
    """Whether one clause tells something of what the other says there is not: two answers to two questions."""
    for denial, claim in ((one, other), (other, one)):
        said = existence(denial)
        if said is not None and not said.there and taken_for_granted(claim, said.thing):
            return True
    return False


def _whole_turn(a: Telling, b: Telling, one: str, other: str) -> bool:
    """A clause that is turned back by the rest of a short statement makes no conflict: the whole must be turned too.

    A long statement is judged by its clause alone, since the rest speaks of other things.
    """
    if len(a.clauses) > 2 or len(b.clauses) > 2:
        return True
    return bool(opposed(a.wording, b.wording, a_denied=a.denied, b_denied=b.denied))


def _answer(a: Telling, b: Telling, alike: float) -> Judgement | None:
    """Whether one speaker is told to react to the other by name."""
    if alike < ANSWER:
        return None
    for first, second, turned in ((a, b, False), (b, a, True)):
        if _names_and_reacts(second, first) and not _before(second, first):
            why = (f"{second.speaker} names {first.speaker}", f"cue: {second.cue}")
            return Judgement("follows", min(1.0, 0.5 + alike / 2), why, turned)
    return None


def _names_and_reacts(telling: Telling, to: Telling) -> bool:
    if to.speaker is None or not name_words(to.speaker) or not _REACTION.search(fold(telling.cue)):
        return False
    addressee = telling.statement.addressee
    named = [*(name.text for name in telling.facts.names), *([addressee] if addressee else [])]
    return any(same_name(name, to.speaker) for name in named)


def _shared(a: Telling, b: Telling) -> Iterable[str]:
    """The words that show an editor why two tell one remark."""
    if a.speaker and b.speaker:
        yield f"speaker: {max(a.speaker, b.speaker, key=len)}"
    for one in a.facts.numbers:
        if any(one.equals(other) for other in b.facts.numbers):
            yield f"number: {_written(a, one)}"
    forms = {name.form for name in b.facts.names}
    yield from (f"name: {name.text}" for name in a.facts.names if name.form in forms)


def _number_detail(a: Telling, b: Telling) -> tuple[str, ...]:
    """Numbers of one unit of which neither report has the other's: "2,300 / 2,500"."""
    alone_a = [n for n in a.facts.numbers if not any(n.equals(other) for other in b.facts.numbers)]
    alone_b = [n for n in b.facts.numbers if not any(n.equals(other) for other in a.facts.numbers)]
    for one in alone_a:
        for other in alone_b:
            if one.unit == other.unit:
                return (f"number: {_written(a, one)} / {_written(b, other)}",)
    return ()


def _written(telling: Telling, number: Number) -> str:
    return telling.wording[number.span.start : number.span.end]


def _day_detail(a: Telling, b: Telling) -> tuple[str, ...]:
    if a.said_on is None or b.said_on is None or _overlap(a.said_on, b.said_on):
        return ()
    return (f"day: {_day(a.said_on)} / {_day(b.said_on)}",)


def _day(days: Days) -> str:
    return f"{days.start}" if days.start == days.end else f"{days.start} to {days.end}"


def _name_detail(a: Telling, b: Telling) -> tuple[str, ...]:
    """A name in each of which the other knows nothing; only within one language, where names are not translated."""
    if a.language != b.language:
        return ()
    alone_a, alone_b = _names_alone(a, b), _names_alone(b, a)
    return (f"name: {alone_a[0]} / {alone_b[0]}",) if alone_a and alone_b else ()


def _names_alone(a: Telling, b: Telling) -> list[str]:
    there = {word for name in b.facts.names for word in name.words} | set(fold(b.wording).split())
    return [
        name.text
        for name in a.facts.names
        if not any(word in there for word in name.words) and not set(name.words) <= TITLES
    ]


def _before(a: Telling, b: Telling) -> bool:
    """Whether a was surely said before b."""
    if a.said_on is None or b.said_on is None or a.said_on.end is None or b.said_on.start is None:
        return False
    return a.said_on.end < b.said_on.start


def _overlap(a: Days, b: Days) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end
