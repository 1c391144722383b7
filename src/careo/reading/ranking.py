"""Choose among candidates by weights learnt from our own texts: a log-linear ranking, one set of weights a kind of source.

After Denis and Baldridge (2008, "Specialized models and ranking for coreference resolution"): all candidates of a source
are weighed at once, nobody among them. `training/speakers.py` fits the weights (`antecedents.json`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from careo.reading.antecedents import Case
from careo.reading.learnt import learnt
from careo.reading.naming import Found
from careo.reading.types import Speaker

# Who is only pointed to is never as sure as who is named.
SUREST = 0.9


def likeliest(case: Case) -> Found | None:
    """Who is meant, scored by how likely it is; None where nobody is likeliest."""
    found = chances(case, learnt("antecedents")[case.kind])
    chosen = max(range(len(found)), key=found.__getitem__)
    meant = case.candidates[chosen].found
    if meant is None:
        return None
    sure = round(min(found[chosen], SUREST), 2)
    return Found(Speaker(meant.speaker.name, meant.speaker.office, sure), meant.person)


def chances(case: Case, weights: Mapping[str, float]) -> Sequence[float]:
    """How likely each candidate is meant; they sum to 1 (softmax)."""
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in one.features.items()) for one in case.candidates
    ]
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
