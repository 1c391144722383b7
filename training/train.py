"""Train the reader: `python -m training.train`, from the base model and the corpora to a checkpoint.

Every step follows from the seed; a run that is broken off goes on at its last epoch.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import torch
from torch import nn
from torch.nn import functional

from careo.reading.pieces import Pieces
from careo.reading.types import Language
from careo.reading.windows import Window
from training.base import restored
from training.corpora import held_out, outside, own
from training.examples import NOTHING, Batch, Example, batch
from training.network import Network, from_base
from training.styles import restyled

ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.02
SMOOTHING = 0.02
SIZE = 4
# A cue has some two hundred words around it and few of them are its own.
PARTS = 3.0


def loss(network: Network, given: Batch) -> torch.Tensor:
    states = network(given.pieces, given.contexts, given.real, given.heads)
    cues = functional.cross_entropy(
        network.cue_scores(states).float().flatten(0, 1),
        given.cue_tags.flatten(),
        ignore_index=NOTHING,
        label_smoothing=SMOOTHING,
    )
    if not len(given.which):
        return cues
    scores = network.part_scores(states, given.which, given.cues, given.words, given.sentences, given.quotes)
    parts = functional.cross_entropy(
        scores.float().flatten(0, 1),
        given.part_tags.flatten(),
        ignore_index=NOTHING,
        label_smoothing=SMOOTHING,
    )
    return cues + PARTS * parts


def epoch(examples: Sequence[Example], chance: random.Random) -> list[list[tuple[Example, Window]]]:
    """All windows of all examples in batches of like length, in chance order."""
    windows = [(example, window) for example in examples for window in example.cut_at_random(chance)]
    windows.sort(key=lambda one: (len(one[1].pieces) // 32, chance.random()))
    batches = [windows[at : at + SIZE] for at in range(0, len(windows), SIZE)]
    chance.shuffle(batches)
    return batches


def optimiser(network: Network) -> torch.optim.AdamW:
    heads: list[nn.Parameter] = []
    encoder: list[nn.Parameter] = []
    plain: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        if name.startswith(("layers", "pieces", "positions", "norm")):
            (plain if parameter.ndim == 1 else encoder).append(parameter)
        else:
            heads.append(parameter)
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": ENCODER_RATE, "weight_decay": 0.01},
            {"params": plain, "lr": ENCODER_RATE, "weight_decay": 0.0},
            {"params": heads, "lr": HEAD_RATE, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="what training.prepare wrote")
    parser.add_argument(
        "--out", type=Path, required=True, help="the checkpoint; taken up again where there is one"
    )
    parser.add_argument("--layers", default="0,1,2,3,4,5", help="of the base, from below")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--polnear", type=Path, help="polnear-train.jsonl.gz; without it our own texts alone")
    parser.add_argument("--part", type=float, default=1.0, help="share of PolNeAR, for trials")
    parser.add_argument("--repeat", type=int, default=2, help="how often an epoch sees our own texts")
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    chance = random.Random(asked.seed)  # the order of lessons
    base = restored(asked.base)
    pieces = Pieces(base.pieces, base.scores)
    network = from_base(base, [int(n) for n in asked.layers.split(",")])
    others = [Example(one, pieces) for one in outside(asked.polnear, "en")] if asked.polnear else []
    others = chance.sample(others, int(asked.part * len(others)))
    documents = [one for language in get_args(Language) for one in own(language) if not held_out(one)]
    steps = optimiser(network)
    base_rates = [group["lr"] for group in steps.param_groups]
    begun = 0
    if asked.out.exists():
        kept = torch.load(asked.out)
        begun = kept["epoch"]
        network.load_state_dict(kept["raw"])
        steps.load_state_dict(kept["steps"])
        torch.set_rng_state(kept["chance"])
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    if begun:
        average = kept["network"]
    done, started, running = (kept["done"] if begun else 0), time.time(), 0.0
    network.train()
    for number in range(begun, asked.epochs):
        chance = random.Random(asked.seed * 1000 + number)  # a run taken up again learns the same
        again = [restyled(one, chance) for one in documents * (asked.repeat - 1)]
        ours = [Example(one, pieces) for one in documents + again]
        lessons = epoch(others + ours, chance)
        print(
            f"epoch {number + 1}: {len(others)} + {len(documents)} documents, {len(lessons)} steps",
            flush=True,
        )
        for at, windows in enumerate(lessons):
            passed = (number + at / len(lessons)) / asked.epochs
            share = min(1.0, passed / WARM_UP) * max(0.02, 1 - passed)
            for group, rate in zip(steps.param_groups, base_rates, strict=True):
                group["lr"] = rate * share
            with torch.autocast("cpu", dtype=torch.bfloat16):
                value = loss(network, batch(windows))
            steps.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            steps.step()
            done += 1
            decay = min(0.995, done / (done + 50))
            with torch.no_grad():
                for name, kept in network.state_dict().items():
                    average[name].lerp_(kept, 1 - decay)
            running += (value.item() - running) / min(done, 100)
            if done % 50 == 0:
                print(
                    f"epoch {number + 1} step {done} loss {running:.4f} {time.time() - started:.0f} s",
                    flush=True,
                )
        torch.save(
            {
                "network": average,
                "raw": network.state_dict(),
                "steps": steps.state_dict(),
                "epoch": number + 1,
                "done": done,
                "chance": torch.get_rng_state(),
            },
            asked.out,
        )


if __name__ == "__main__":
    main()
