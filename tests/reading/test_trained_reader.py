"""The parts of the trained reader: pieces, windows, tags, weights; and what it finds in plain news sentences."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo.reading import read
from careo.reading.pieces import UNKNOWN, Pieces
from careo.reading.relative import QUOTE_BUCKETS, SENTENCE_BUCKETS, WORD_BUCKETS, Places
from careo.reading.surface import surface
from careo.reading.trained import trained
from careo.reading.viterbi import best_tags, stretches
from careo.reading.weights import load, save
from careo.reading.windows import SIZE, Windows

SOME = ["<unk>", "▁", "a", "b", "▁ab", "ba", "."]
PIECES = Pieces(SOME, [0, -9, -6, -6, -4, -5, -3])
TEXTS = st.lists(
    st.sampled_from(["Olmedo", "dijo", "que", "“", "”", ".", "\n\n", "23", "water-cuts", "\u200b"]),
    max_size=400,
)


def test_a_word_is_cut_into_its_likeliest_pieces_and_the_unknown_is_said() -> None:
    assert [SOME[number] for number in PIECES.of("aba", spaced=True)] == ["▁ab", "a"]
    assert [SOME[number] for number in PIECES.of("aba", spaced=False)] == ["a", "ba"]
    assert PIECES.of("ж", spaced=False) == (UNKNOWN,)
    assert PIECES.of("\u200b", spaced=False) == (UNKNOWN,)


@settings(max_examples=60)
@given(words=TEXTS)
def test_windows_follow_one_another_hold_every_word_and_are_never_too_long(words: list[str]) -> None:
    cut = surface(" ".join(words), "es")
    windows = list(Windows(cut, trained().pieces))
    held = {word for window in windows for word in range(window.first, window.last)}
    assert held == set(range(len(cut.words)))
    for window in windows:
        assert len(window.pieces) <= SIZE or window.last - window.first == 1
        assert len(window.heads) == window.last - window.first
        assert len(window.contexts) == len(window.pieces)
        assert all(0 <= head < len(window.pieces) for head in window.heads)
    for before, after in itertools.pairwise(windows):
        assert before.first < after.first <= before.last < after.last


def test_places_seen_from_a_cue_tell_near_from_far_and_its_quotation_from_others() -> None:
    cut = surface("“No habrá cortes”, dijo Olmedo. “Nunca”. Ibarra calló.", "es")
    at = next(number for number, word in enumerate(cut.words) if word.text == "dijo")
    words, sentences, quotes = Places(cut).buckets(0, len(cut.words), (at, at + 1))
    assert words[at] == WORD_BUCKETS // 2
    assert words[at - 1] < words[at] < words[at + 1] < words[-1] < WORD_BUCKETS
    assert sentences[at] == SENTENCE_BUCKETS // 2 < sentences[-1] < SENTENCE_BUCKETS
    before = next(number for number, word in enumerate(cut.words) if word.text == "habrá")
    after = next(number for number, word in enumerate(cut.words) if word.text == "Nunca")
    assert len({int(quotes[at]), int(quotes[before]), int(quotes[after])}) == 3
    assert quotes.max() < QUOTE_BUCKETS


@settings(max_examples=60)
@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_the_best_tags_never_go_on_with_what_they_did_not_begin(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(2, words, 5)).astype(np.float32)
    for row in best_tags(scores):
        for before, tag in zip([0, *row], row, strict=False):
            assert tag not in (2, 4) or before in (tag, tag - 1)


def test_the_best_tags_are_the_likeliest_that_are_allowed() -> None:
    scores = np.log(np.array([[[0.1, 0.2, 0.7], [0.2, 0.1, 0.7], [0.8, 0.1, 0.1]]], np.float32))
    assert best_tags(scores)[0].tolist() == [1, 2, 0]
    assert stretches(best_tags(scores)[0], 1) == [(0, 2)]


def test_weights_come_back_from_their_file_within_a_hundredth_of_the_largest(tmp_path: Path) -> None:
    matrix = np.random.default_rng(1).normal(size=(6, 8)).astype(np.float32)
    given = {"pieces.weight": np.ones((7, 8), np.float32), "up.weight": matrix, "up.bias": matrix[0]}
    save(tmp_path / "small.npz", "small 1", b"layers", given, PIECES, [0.0] * 7)
    found = load(tmp_path / "small.npz")
    assert (found.name, found.layers, found.pieces.table) == ("small 1", b"layers", PIECES.table)
    assert np.abs(found.arrays["up.weight"] - matrix).max() < np.abs(matrix).max() / 100
    assert found.arrays["up.bias"].tolist() == matrix[0].tolist()
    assert np.allclose(found.table[[0, 3]], 1, atol=0.01)


@pytest.mark.parametrize(
    ("text", "language", "source", "cue", "content"),
    [
        ("Teresa Olmedo said that the water would last.", "en", "Teresa Olmedo", "said", "that the water would last"),
        ("“The water will last,” Olmedo said on Monday.", "en", "Olmedo", "said", "“The water will last,”"),
        ("According to the ministry, the water will last.", "en", "the ministry", "According to", "the water will last"),
        ("Teresa Olmedo aseguró que el agua alcanzará.", "es", "Teresa Olmedo", "aseguró", "que el agua alcanzará"),
        ("«No habrá cortes», dijo el lunes Teresa Olmedo.", "es", "Teresa Olmedo", "dijo", "«No habrá cortes»"),
        ("Según Rosa Ibarra, el puerto cerrará.", "es", "Rosa Ibarra", "Según", "el puerto cerrará"),
    ],
)  # fmt: skip
def test_plain_attributions_are_found_in_both_languages(
    text: str, language: str, source: str, cue: str, content: str
) -> None:
    (found,) = read(text, language=language).statements
    words = [" | ".join(text[b:e] for b, e in spans) for spans in (found.source, found.cue, found.content)]
    assert words == [source, cue, content]


def test_threads_share_the_reader_and_find_the_same() -> None:
    text = "“No habrá cortes”, dijo Teresa Olmedo. Rosa Ibarra lo negó: “Los habrá el lunes”."
    with ThreadPoolExecutor(4) as threads:
        readings = list(threads.map(lambda _: read(text, language="es"), range(8)))
    assert all(reading == readings[0] for reading in readings)
    assert readings[0].statements
