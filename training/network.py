"""The network in torch, for training: an encoder, and two heads that mark cues and, seen from a cue, its source and content.

`graph.py` gives its layers to onnxruntime, `careo.reading.encoder` does the rest; `arrays` hands the weights over.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from careo.reading.relative import QUOTE_BUCKETS, SENTENCE_BUCKETS, WORD_BUCKETS
from careo.reading.windows import CONTEXTS
from training.base import Base

# Tags of a cue: outside, begin, inside, and the first word of what is told without one ("bare"). Tags seen from a
# cue: outside, begin and inside of the source, of the content.
CUE_TAGS, PART_TAGS = 4, 5
_SEEN = 192


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, width))
        x = self.norm1(x + functional.dropout(seen, drop, self.training))
        inner = self.down(functional.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + functional.dropout(inner, drop, self.training))


class Network(nn.Module):
    """`forward` gives states of words; `cue_scores` and `part_scores` the two heads on them."""

    def __init__(
        self, width: int, heads: int, inner: int, layers: int, rows: int, positions: int, epsilon: float
    ) -> None:
        super().__init__()
        self.drop = 0.1
        self.pieces = nn.Embedding(rows, width)
        self.positions = nn.Embedding(positions, width)
        self.contexts = nn.Embedding(CONTEXTS, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(Layer(width, heads, inner, epsilon) for _ in range(layers))
        self.cue = nn.Linear(width, CUE_TAGS)
        self.from_word = nn.Linear(width, 2 * _SEEN)
        self.from_cue = nn.Linear(width, 2 * _SEEN, bias=False)
        self.by_words = nn.Embedding(WORD_BUCKETS, _SEEN)
        self.by_sentences = nn.Embedding(SENTENCE_BUCKETS, _SEEN)
        self.by_quotes = nn.Embedding(QUOTE_BUCKETS, _SEEN)
        self.part = nn.Linear(_SEEN, PART_TAGS)
        nn.init.zeros_(self.contexts.weight)
        for places in (self.by_words, self.by_sentences, self.by_quotes):
            nn.init.normal_(places.weight, std=0.3)

    def forward(self, pieces: Tensor, contexts: Tensor, real: Tensor, heads: Tensor) -> Tensor:
        """States [batch, words, width]; `heads` names the piece of each word, `real` which pieces are no padding."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.pieces(pieces) + self.positions(at) + self.contexts(contexts))
        x = functional.dropout(x, self.drop, self.training)
        mask = real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, self.drop)
        return x.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))

    def cue_scores(self, states: Tensor) -> Tensor:
        return self.cue(functional.dropout(states, self.drop, self.training))

    def part_scores(
        self, states: Tensor, which: Tensor, cues: Tensor, words: Tensor, sentences: Tensor, quotes: Tensor
    ) -> Tensor:
        """[cues, words, PART_TAGS]: `which` names the window of each cue, `cues` weighs its words to their mean."""
        states = functional.dropout(states, self.drop, self.training)
        own, product = self.from_word(states).chunk(2, dim=-1)
        mean = torch.einsum("cw,cwd->cd", cues, states[which])
        seen, factor = self.from_cue(mean).chunk(2, dim=-1)
        places = self.by_words(words) + self.by_sentences(sentences) + self.by_quotes(quotes)
        hidden = own[which] + seen[:, None] + product[which] * factor[:, None] + places
        return self.part(functional.gelu(hidden, approximate="tanh"))


def from_base(base: Base, layers: Sequence[int]) -> Network:
    """A network whose encoder is the base's, with the named layers of it."""
    given = {name: torch.tensor(array) for name, array in base.tensors.items()}
    rows, width = given["emb.word"].shape
    inner = given["l0.fi.w"].shape[0]
    network = Network(width, base.heads, inner, len(layers), rows, given["emb.pos"].shape[0], base.epsilon)
    state = network.state_dict()
    state["pieces.weight"] = given["emb.word"]
    state["positions.weight"] = given["emb.pos"] + given["emb.type"][0]
    state["norm.weight"], state["norm.bias"] = given["emb.ln.w"], given["emb.ln.b"]
    for new, old in enumerate(layers):
        for form, name in (("weight", "w"), ("bias", "b")):
            state[f"layers.{new}.qkv.{form}"] = torch.cat([given[f"l{old}.{part}.{name}"] for part in "qkv"])
            for ours, theirs in (
                ("out", "ao"),
                ("norm1", "aln"),
                ("up", "fi"),
                ("down", "fo"),
                ("norm2", "oln"),
            ):
                state[f"layers.{new}.{ours}.{form}"] = given[f"l{old}.{theirs}.{name}"]
    network.load_state_dict(state)
    return network


def arrays(network: Network) -> dict[str, NDArray[np.float32]]:
    return {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
