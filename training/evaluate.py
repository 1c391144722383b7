"""Score a checkpoint on a corpus, read by the product's own code: `python -m training.evaluate CHECKPOINT …`."""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch

from careo.reading.encoder import Encoder
from careo.reading.engine import Engine
from careo.reading.model import Model
from careo.reading.pieces import Pieces
from careo.reading.surface import surface
from training.base import restored
from training.corpora import Document, held_out, outside, own

SHOWN = (
    "linked",
    "linked/sourced",
    "linked/direct",
    "linked/mixed",
    "linked/indirect",
    "content/jaccard50",
    "content/exact",
    "span/source",
    "span/cue",
    "span/content",
)


def scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate(score: Any, engine: Engine, documents: Iterable[Document]) -> dict[str, Any]:
    kept = list(documents)
    gold = {
        one.name: [
            {"source": list(a.source), "cue": list(a.cue), "content": list(a.content)}
            for a in one.attributions
        ]
        for one in kept
    }
    texts = {one.name: one.text for one in kept}
    start = time.perf_counter()
    found = {
        one.name: [
            {"source": [*a.source], "cue": [*a.cue], "content": [*a.content]}
            for a in engine.attributions(surface(one.text, one.language))
        ]
        for one in kept
    }
    result = score.run(gold, found, texts.__getitem__)
    result["speed"] = sum(len(text.split()) for text in texts.values()) / (time.perf_counter() - start)
    return dict(result)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--caution", type=float, default=0.0)
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--some", type=int, default=0)
    asked = parser.parse_args()
    base = restored(asked.base)
    weights = {name: value.float().numpy() for name, value in torch.load(asked.checkpoint)["network"].items()}
    model = Model(
        "trial",
        Encoder(weights, weights["pieces.weight"], base.heads),
        Pieces(base.pieces, base.scores),
        asked.caution,
    )
    score = scorer(asked.data.parent / "measure/record/score.py")
    sets = {
        "polnear-dev": [*outside(asked.data / "polnear-dev.jsonl.gz", "en")],
        "ancora-dev": [*outside(asked.data / "ancora-dev.jsonl.gz", "es")],
    }
    if asked.own:
        sets |= {
            f"own {language}": [one for one in own(language) if held_out(one)] for language in ("es", "en")
        }
    for name, documents in sets.items():
        if not documents:
            continue
        result = evaluate(score, model, documents[: asked.some or None])
        print(f"{name}, {len(documents)} texts, {result['speed']:,.0f} words/s")
        for measure in SHOWN:
            row = result[measure]
            print(
                f"  {measure:18} P {100 * row['P']:5.1f}  R {100 * row['R']:5.1f}  F1 {100 * row['F1']:5.1f}"
            )


if __name__ == "__main__":
    main()
