"""Whether two texts are the same report printed twice: wire copy cut, reheaded, lightly edited. Pure.

Texts are compared by their runs of five words (shingles; Broder 1997). `sample` keeps the one in eight whose hash
says so, the same in every text, so that texts that share shingles share some of the sample: the store finds
candidates by it, and `shared` then decides on the whole texts.
"""

from __future__ import annotations

import hashlib
import re

RUN = 5  # words: shorter runs are shared by reports that merely quote the same sentence
KEPT = 8  # one hash in so many is sampled
MOST_KEPT = 256  # of one text: 2,000 words' worth
NEAR = 0.6  # of the shorter text's runs stand in the longer one
LENGTHS = 0.4  # a brief within a long report is no duplicate of it
FEWEST = 30  # runs: below, a stock phrase is half the text

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """The hashes of a text's runs of words, case aside; signed 64-bit numbers."""
    words = _WORD.findall(text.casefold())
    return frozenset(_hash(" ".join(words[i : i + RUN])) for i in range(len(words) - RUN + 1))


def sample(text: str) -> list[int]:
    """The hashes to find a text's duplicates by, in order; none for a text too short to have any."""
    runs = shingles(text)
    return sorted(run for run in runs if run % KEPT == 0)[:MOST_KEPT] if len(runs) >= FEWEST else []


def shared(one: str, other: str) -> float:
    """The share of the shorter text's runs that stand in the longer, 0..1; 0 where lengths differ too much."""
    a, b = sorted((shingles(one), shingles(other)), key=len)
    if len(a) < FEWEST or len(a) < LENGTHS * len(b):
        return 0.0
    return len(a & b) / len(a)


def near_duplicates(one: str, other: str) -> bool:
    """Whether two texts are the same report."""
    return shared(one, other) >= NEAR


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)
