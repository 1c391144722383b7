"""Meaning compared across languages by the shared encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from careo.reading import similarity
from careo.reading.centring import centred, ordinary_mean
from careo.reading.similarity import Encoder, Remembering, Vectors, encoder

PROMISE = "There will be no water cuts in the capital."
PROMESA = "No habrá cortes de agua en la capital."
FERRY = "The night ferry will sail again in June."
STRIKE = "Dock workers went on strike for better pay."
EARTHQUAKE = "An earthquake shook the mountains, and nobody was hurt."
PAINTING = "The museum shows a painting that was thought lost."


def test_every_text_gets_a_row_of_length_one() -> None:
    rows = encoder().encode([PROMISE, "", "¿?"])
    assert rows.shape == (3, similarity.DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


def test_no_texts_give_no_rows() -> None:
    assert encoder().encode([]).shape == (0, similarity.DIMENSIONS)


def test_a_translation_is_nearer_than_another_subject_in_the_same_language() -> None:
    english, spanish, ferry = encoder().encode([PROMISE, PROMESA, FERRY])
    assert english @ spanish > english @ ferry + 0.3


def test_without_the_mean_of_its_language_other_subjects_are_further_away() -> None:
    rows = encoder().encode([PROMISE, FERRY, STRIKE, EARTHQUAKE, PAINTING])
    bare = centred(rows, ordinary_mean("en", encoder()))
    others = ~np.eye(len(rows), dtype=bool)
    assert float((bare @ bare.T)[others].mean()) < float((rows @ rows.T)[others].mean())


def test_many_threads_load_one_encoder() -> None:
    found: list[Encoder] = []
    threads = [threading.Thread(target=lambda: found.append(encoder())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(one is found[0] for one in found)


def test_two_threads_get_the_rows_they_asked_for() -> None:
    alone = [encoder().encode([text]) for text in (PROMISE, FERRY)]
    got: dict[int, Vectors] = {}

    def ask(number: int, text: str) -> None:
        for _ in range(20):
            got[number] = encoder().encode([text])

    threads = [threading.Thread(target=ask, args=pair) for pair in enumerate((PROMISE, FERRY))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.allclose(got[number], alone[number], atol=1e-5) for number in (0, 1))


class Counting:
    """The shared encoder, with a note of every text it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return encoder().encode(texts)


def test_what_was_encoded_once_is_not_encoded_again_and_comes_in_the_order_asked_for() -> None:
    engine = Counting()
    remembering = Remembering(engine, most=10)
    remembering.encode([PROMISE, PROMESA])
    rows = remembering.encode([FERRY, PROMESA, FERRY, PROMISE])
    assert engine.asked == [PROMISE, PROMESA, FERRY]
    assert np.allclose(rows, encoder().encode([FERRY, PROMESA, FERRY, PROMISE]), atol=1e-5)


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    engine = Counting()
    remembering = Remembering(engine, most=2)
    for text in (PROMISE, FERRY, PROMISE, STRIKE, PROMISE, FERRY):
        remembering.encode([text])
    assert engine.asked == [PROMISE, FERRY, STRIKE, FERRY]


def test_whoever_changes_a_row_changes_it_for_himself() -> None:
    first = encoder().encode([PAINTING])
    first[:] = 0
    assert float(np.linalg.norm(encoder().encode([PAINTING]))) > 0.9
