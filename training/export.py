"""Turn a checkpoint into the weights that the package ships: `python -m training.export CHECKPOINT --base … --name …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import torch

from careo.reading.pieces import Pieces
from careo.reading.types import Language
from careo.reading.weights import Floats, save
from training.base import restored
from training.corpora import held_out, own
from training.examples import Example, batch
from training.graph import graph
from training.network import Network, arrays, from_base

# Of each language; more move no column's reach by much.
TEXTS = 12
OUT = Path("src/careo/reading/reader.npz")


def reach(network: Network, pieces: Pieces) -> dict[str, Floats]:
    """The largest absolute value in each column of what comes into the two wide products of each layer, on some texts."""
    found: dict[str, Floats] = {}

    def noting(name: str) -> Callable[[object, tuple[torch.Tensor]], None]:
        def note(_module: object, given: tuple[torch.Tensor]) -> None:
            largest = given[0].flatten(0, 1).abs().amax(dim=0).numpy()
            found[name] = np.maximum(found.get(name, 0), largest)

        return note

    for number, layer in enumerate(network.layers):
        layer.up.register_forward_pre_hook(noting(f"layers.{number}.up"))
        layer.down.register_forward_pre_hook(noting(f"layers.{number}.down"))
    network.eval()
    with torch.no_grad():
        for language in get_args(Language):
            for document in [one for one in own(language) if not held_out(one)][:TEXTS]:
                example = Example(document, pieces)
                for window in example.windows:
                    given = batch([(example, window)])
                    network(given.pieces, given.contexts, given.real, given.heads)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    base = restored(asked.base)
    pieces = Pieces(base.pieces, base.scores)
    kept = torch.load(asked.checkpoint)["network"]
    network = from_base(base, range(1 + max(int(n.split(".")[1]) for n in kept if n.startswith("layers."))))
    network.load_state_dict(kept)
    weights = arrays(network)
    layers = graph(weights, reach(network, pieces), base.heads, base.epsilon)
    rest = {name: array for name, array in weights.items() if not name.startswith("layers.")}
    save(asked.out, asked.name, layers, rest, pieces, base.scores)
    print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
