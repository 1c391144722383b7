"""Choose among candidates by weights learnt from our own texts: a log-linear ranking, one set of weights a kind of source.

After Denis and Baldridge (2008, "Specialized models and ranking for coreference resolution"): all candidates of a source
are weighed at once, nobody among them. The weights lie beside this file as JSON, `training/speakers.py` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from careo.reading.antecedents import Case, Kind, chances
from careo.reading.naming import Found
from careo.reading.types import Speaker

# Who is only pointed to is never as sure as who is named.
SUREST = 0.9
_FILE = Path(__file__).parent / "antecedents.json"


def likeliest(case: Case) -> Found | None:
    """Who is meant, scored by how likely it is; None where nobody is likeliest."""
    found = chances(case, learnt())
    chosen = max(range(len(found)), key=found.__getitem__)
    meant = case.candidates[chosen].found
    if meant is None:
        return None
    sure = round(min(found[chosen], SUREST), 2)
    return Found(Speaker(meant.speaker.name, meant.speaker.office, sure), meant.person)


@cache
def learnt() -> Mapping[Kind, Mapping[str, float]]:
    kept: Mapping[Kind, Mapping[str, float]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return kept
