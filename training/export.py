"""Turn a checkpoint into the weights that the package ships: `python -m training.export CHECKPOINT --base … --name …`."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from careo.reading.pieces import Pieces
from careo.reading.weights import save
from training.base import restored

OUT = Path("src/careo/reading/reader.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    base = restored(asked.base)
    arrays = {name: value.float().numpy() for name, value in torch.load(asked.checkpoint)["network"].items()}
    save(asked.out, asked.name, base.heads, arrays, Pieces(base.pieces, base.scores), base.scores)
    print(f"{asked.out}: {asked.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
