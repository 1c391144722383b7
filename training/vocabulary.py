"""Which pieces of the base model to keep: those that English and Spanish words are made of.

How common words are comes from `wordfreq` (Speer, 2022), and our own texts; both only choose, no word of them is kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import wordfreq

from careo.reading.pieces import Pieces
from training.base import Base

_SPECIAL = ("<unk>", "<s>", "</s>")
_WORDS = 60_000


def reduced(base: Base, size: int) -> Base:
    """The base with `size` pieces: three special ones, all single signs of Latin script, and the most used of the others."""
    numbers = {piece: number for number, piece in reversed(list(enumerate(base.pieces)))}
    full = Pieces(["<unk>", *base.pieces], [-100.0, *base.scores])
    used: Counter[str] = Counter()
    for language in ("en", "es"):
        for word, frequency in wordfreq.get_frequency_dict(language, wordlist="best").items():
            for form, share in ((word, 0.8), (word.capitalize(), 0.18), (word.upper(), 0.02)):
                for spaced, part in ((True, 0.9), (False, 0.1)):
                    for number in full.of(form, spaced=spaced):
                        used[full.table[number]] += frequency * share * part
    single = {
        piece
        for piece in numbers
        if len(piece.lstrip("▁")) <= 1
        and all(ord(c) < 0x2600 and (ord(c) < 0x370 or ord(c) > 0x1FFF) for c in piece)
    }
    single.discard("")
    common = [
        piece
        for piece, _ in used.most_common()
        if piece not in single and piece in numbers and piece not in _SPECIAL
    ]
    kept = [*_SPECIAL, *sorted(single, key=numbers.__getitem__)]
    kept += sorted(common[: size - len(kept)], key=numbers.__getitem__)
    rows = [numbers[piece] for piece in kept]
    tensors = base.tensors | {"emb.word": base.tensors["emb.word"][rows]}
    return replace(base, pieces=kept, scores=[base.scores[row] for row in rows], tensors=tensors)
