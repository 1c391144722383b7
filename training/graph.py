"""The encoder's layers as an ONNX graph whose products run in eight bits: what the package ships and onnxruntime computes.

Each matrix is kept as whole numbers of -127 to 127 with one scale a column; what it is multiplied with is brought to
eight bits as it comes (`DynamicQuantizeMatMul`), all of it on one scale. Some columns reach a hundred times further than
others, so that before the two wide products each column is divided by how far it reaches, and the matrix multiplied
(SmoothQuant; Xiao et al., 2022): states then lie 5 % off those of float32, else 17 %. Everything else is float32.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
_OPSET, _FORM = 20, 9
_MICROSOFT = "com.microsoft"
# Of .7 to 1 the one that leaves states nearest to float32.
_EVENED = 0.85


class _Graph:
    def __init__(
        self, weights: Mapping[str, Floats], reach: Mapping[str, Floats], heads: int, epsilon: float
    ) -> None:
        self._weights, self._reach, self._heads, self._epsilon = weights, reach, heads, epsilon
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, array: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, operator: str, given: list[str], out: str, domain: str = "", **options: object) -> str:
        self.nodes.append(helper.make_node(operator, given, [out], domain=domain, **options))
        return out

    def product(self, x: str, name: str) -> str:
        """x times the transposed matrix, plus its bias."""
        matrix = self._weights[f"{name}.weight"].T
        if name in self._reach:
            even = _evening(self._reach[name], matrix)
            x = self.node("Mul", [x, self.constant(f"{name}.even", 1 / even)], f"{name}.evened")
            matrix = matrix * even[:, None]
        scales = np.maximum(np.abs(matrix).max(axis=0) / 127, 1e-7).astype(np.float32)
        numbers = np.clip(np.rint(matrix / scales), -127, 127).astype(np.int8)
        given = [
            x,
            self.constant(f"{name}.numbers", numbers),
            self.constant(f"{name}.scales", scales),
            self.constant(f"{name}.zeros", np.zeros(scales.shape, np.int8)),
            self.constant(f"{name}.bias", self._weights[f"{name}.bias"].astype(np.float32)),
        ]
        return self.node("DynamicQuantizeMatMul", given, f"{name}.product", _MICROSOFT)

    def norm(self, x: str, name: str) -> str:
        parts = [
            self.constant(f"{name}.{part}", self._weights[f"{name}.{part}"].astype(np.float32))
            for part in ("weight", "bias")
        ]
        return self.node("LayerNormalization", [x, *parts], f"{name}.normed", axis=-1, epsilon=self._epsilon)

    def layer(self, x: str, name: str) -> str:
        packed = self.node("Unsqueeze", [self.product(x, f"{name}.qkv"), "first"], f"{name}.packed")
        parts = [f"{name}.{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [packed], parts, axis=2, num_outputs=3))
        seen = self.node("MultiHeadAttention", parts, f"{name}.seen", _MICROSOFT, num_heads=self._heads)
        flat = self.node("Squeeze", [seen, "first"], f"{name}.flat")
        x = self.norm(
            self.node("Add", [x, self.product(flat, f"{name}.out")], f"{name}.sum1"), f"{name}.norm1"
        )
        inner = self.node("Gelu", [self.product(x, f"{name}.up")], f"{name}.inner", approximate="tanh")
        outer = self.product(inner, f"{name}.down")
        return self.norm(self.node("Add", [x, outer], f"{name}.sum2"), f"{name}.norm2")


def _evening(reach: Floats, matrix: Floats) -> Floats:
    """By what each column of what comes in is divided: mostly its own reach, a little that of the matrix's row."""
    own, row = np.maximum(reach, 1e-3), np.maximum(np.abs(matrix).max(axis=1), 1e-3)
    return np.asarray(own**_EVENED / row ** (1 - _EVENED), np.float32)


def graph(weights: Mapping[str, Floats], reach: Mapping[str, Floats], heads: int, epsilon: float) -> bytes:
    """The model file: "x" [pieces, width] in, "states" of the same shape out.

    `reach` gives the largest absolute value that some texts bring to each column of a product ("layers.0.up", …).
    """
    made = _Graph(weights, reach, heads, epsilon)
    made.constant("first", np.array([0], np.int64))
    x = "x"
    for number in range(1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))):
        x = made.layer(x, f"layers.{number}")
    made.node("Identity", [x], "states")
    width = weights["norm.weight"].shape[0]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", width]) for name in ("x", "states")
    ]
    body = helper.make_graph(made.nodes, "encoder", ends[:1], ends[1:], made.constants)
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=sets, ir_version=_FORM).SerializeToString()
