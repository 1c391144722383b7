"""The same text as another paper would set it keeps every span where it was."""

from __future__ import annotations

import random

from training.corpora import Attributed, Document
from training.styles import restyled

TEXT = "«No habrá cortes», dijo. Nadie lo creyó. “Nunca”, dijo ella."
DOCUMENT = Document("1-x", "es", TEXT, (Attributed((), ((19, 23),), ((0, 17),)),))


def test_marks_and_lines_change_and_nothing_moves() -> None:
    seen = {restyled(DOCUMENT, random.Random(seed)).text for seed in range(40)}
    assert len(seen) > 4
    assert {len(text) for text in seen} == {len(TEXT)}
    assert any("\n" in text for text in seen)
    assert any('"No habrá cortes", dijo' in text for text in seen)
    assert all(text.translate(str.maketrans('«»“”"\n', "'''''" + " ")).count("'") == 4 for text in seen)


def test_the_attributions_are_the_same() -> None:
    assert restyled(DOCUMENT, random.Random(1)).attributions == DOCUMENT.attributions
