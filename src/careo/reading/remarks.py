"""How likely two statements of two reports tell one remark, by weights learnt on pairs of our own.

The meaning of the whole says what both are about; that it is the same that is said shows in the words: each word of the
shorter telling has its like in the longer. Who speaks, when, and a turn in what is said count too. The weights
(`remarks.json`) are fitted by `training/remarks.py`, which says on what.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

from careo.reading.learnt import learnt
from careo.reading.opposition import opposed
from careo.reading.same_speaker import SameSpeaker
from careo.reading.tellings import Telling, closest_clauses

# Within one language wordings of two remarks look more alike than across two.
_ONE_LANGUAGE = 0.05
_FEW = 5  # content words; so short a telling is like many
_DAYS = (timedelta(days=3), timedelta(days=10))


def likelihood(a: Telling, b: Telling, speaker: SameSpeaker) -> float:
    """In 0..1, the same both ways."""
    weights = learnt("remarks")
    score = sum(weights[name] * value for name, value in features(a, b, speaker).items())
    return 1 / (1 + math.exp(-score))


def features(a: Telling, b: Telling, speaker: SameSpeaker) -> dict[str, float]:
    """What speaks for one remark and against it."""
    less = _ONE_LANGUAGE if a.language == b.language else 0.0
    closest, one, other = closest_clauses(a, b)
    words = a.word_meanings @ b.word_meanings.T
    in_b, in_a = float(words.max(axis=1).mean()), float(words.max(axis=0).mean())
    sizes = a.word_meanings.shape[0], b.word_meanings.shape[0]
    unnamed = (a.speaker is None) + (b.speaker is None)
    apart = _apart(a, b)
    turned = opposed(one, other, a_denied=a.denied, b_denied=b.denied)
    return {
        "always": 1.0,
        "meaning": float(a.meaning @ b.meaning) - less,
        "closest clauses": closest - less,
        "words, less covered": min(in_a, in_b) - less,
        "words, more covered": max(in_a, in_b) - less,
        "one speaker": float(speaker is SameSpeaker.YES),
        "one unnamed": float(unnamed == 1),
        "both unnamed": float(unnamed > 1),
        "called alike": float(a.called @ b.called) if speaker is SameSpeaker.UNKNOWN else 0.0,
        "shares a number": float(any(n.equals(m) for n in a.facts.numbers for m in b.facts.numbers)),
        "days apart": float(apart > _DAYS[0]),
        "weeks apart": float(apart > _DAYS[1]),
        "other day": float(_other_day(a, b)),
        "clause turned": float(bool(turned)),
        "all turned": float(bool(opposed(a.wording, b.wording, a_denied=a.denied, b_denied=b.denied))),
        "lengths": abs(math.log(sizes[0] / sizes[1])),
        "short": float(min(sizes) < _FEW),
    }


def _apart(a: Telling, b: Telling) -> timedelta:
    """Between the days on which the two were said, or printed where that is not told; none where a day is unknown."""
    one, other = _days_of(a), _days_of(b)
    if one is None or other is None:
        return timedelta(0)
    return max(one[0] - other[1], other[0] - one[1], timedelta(0))


def _days_of(telling: Telling) -> tuple[date, date] | None:
    days = telling.said_on
    if days is not None and days.start is not None and days.end is not None:
        return days.start, days.end
    return (telling.published, telling.published) if telling.published else None


def _other_day(a: Telling, b: Telling) -> bool:
    return a.said_on is not None and b.said_on is not None and _apart(a, b) > timedelta(0)
