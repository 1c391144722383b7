"""Which statements of a new reading are the ones that are kept already: told by the characters their contents share.

>>> match([(7, [(10, 50)])], [[(12, 50)], [(80, 90)]])
{0: 7}
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Spans = Iterable[Sequence[int]]

# Half the characters in common: a reading that moves one end by a clause still tells the same statement, while two
# halves of one sentence told by two cues stay two.
LEAST_OVERLAP = 0.5


def characters(spans: Spans) -> frozenset[int]:
    """Every offset the spans cover."""
    return frozenset(offset for begin, end in spans for offset in range(begin, end))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Characters in both over characters in either, 0..1."""
    return len(a & b) / len(a | b) if a or b else 0.0


def match(kept: Iterable[tuple[int, Spans]], found: Sequence[Spans]) -> dict[int, int]:
    """Place in `found` → key in `kept`, each used once, best overlap first; what overlaps too little stays out.

    A key may come twice, with the spans an editor chose and with those the machine had found before.
    """
    theirs = [(key, characters(spans)) for key, spans in kept]
    ours = [characters(spans) for spans in found]
    pairs = [(overlap(mine, held), place, key) for place, mine in enumerate(ours) for key, held in theirs]
    matched: dict[int, int] = {}
    for score, place, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= LEAST_OVERLAP and place not in matched and key not in matched.values():
            matched[place] = key
    return matched
