"""Which statements tell one remark, when the machine's groups and an editor's word are put together.

The editor's word comes first: what was joined stays joined, what was parted is brought together by no machine.

>>> group([1, 2, 3, 4], machine=[[1, 2, 3]], together=[(3, 4)], apart=[(1, 2)])
[[1, 3, 4], [2]]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Pair = tuple[int, int]


def group(
    statements: Sequence[int],
    *,
    machine: Iterable[Sequence[int]],
    together: Iterable[Pair],
    apart: Iterable[Pair],
) -> list[list[int]]:
    """Every statement once, groups and members in the order of `statements`. Keys not among them are ignored."""
    groups = {key: {key} for key in statements}
    forbidden = {frozenset(pair) for pair in apart}
    for a, b in together:
        if a in groups and b in groups:
            _unite(groups, a, b)
    for members in machine:
        here = [key for key in members if key in groups]
        for place, b in enumerate(here):
            _join_first_allowed(groups, here[:place], b, forbidden)
    found = {min(map(statements.index, members)): members for members in groups.values()}
    return [[key for key in statements if key in found[first]] for first in sorted(found)]


def _join_first_allowed(
    groups: dict[int, set[int]], earlier: Sequence[int], key: int, forbidden: set[frozenset[int]]
) -> None:
    for other in earlier:
        clash = any(frozenset((a, b)) in forbidden for a in groups[other] for b in groups[key])
        if not clash:
            _unite(groups, other, key)
            return


def _unite(groups: dict[int, set[int]], a: int, b: int) -> None:
    united = groups[a] | groups[b]
    for key in united:
        groups[key] = united
