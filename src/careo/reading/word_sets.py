"""Sets of words, written as one would write them down: with spaces between."""

from __future__ import annotations


def word_set(*written: str) -> frozenset[str]:
    """The words of the strings."""
    return frozenset(word for line in written for word in line.split())
