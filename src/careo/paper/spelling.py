"""How far two spellings are apart, and which are near enough to be one word mistyped.

An edit is a letter put in, left out, exchanged for another, or two neighbours that changed places.

>>> distance("quiroga", "quirgoa"), distance("reservoir", "resevior")
(1, 2)

A word and its mistyped form share most of their pairs of letters, which is how one is looked up by the other.
"""

from __future__ import annotations

# Words so short are one another's typos by chance; long ones bear more.
LETTERS_FOR_ONE, LETTERS_FOR_TWO = 4, 8
PAIRS_AN_EDIT = 3  # pairs that one edit can spoil: two neighbours that changed places stand in three


def edits_forgiven(word: str) -> int:
    """How many edits off a spelling may be; none where a digit counts."""
    if len(word) < LETTERS_FOR_ONE or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < LETTERS_FOR_TWO else 2


def pairs_of(word: str) -> set[str]:
    """Its pairs of neighbouring letters, the beginning and the end counted as letters of their own."""
    framed = f"^{word}$"
    return {framed[place : place + 2] for place in range(len(framed) - 1)}


def pairs_shared(word: str, edits: int) -> int:
    """How many of its pairs a spelling so many edits off has at the least; one, where that can't be told."""
    return max(1, len(pairs_of(word)) - PAIRS_AN_EDIT * edits)


def distance(one: str, other: str) -> int:
    """Edits from one to the other (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            edits = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                edits = min(edits, earlier[j - 2] + 1)
            row.append(edits)
    return row[-1]
