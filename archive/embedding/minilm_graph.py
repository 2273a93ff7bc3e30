"""all-MiniLM-L6-v2 as an ONNX graph, built from the published weights.

Whoever changes the graph changes `archive.embedding.minilm.REVISION`.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LAYERS = 6
HEADS = 12
DIMENSIONS = 384
EPSILON = 1e-12
FUSED = "com.microsoft"  # onnxruntime's own operators: one pass where the standard ones take five

Weights = dict[str, NDArray[np.float32]]


@dataclass(slots=True)
class Graph:
    """Nodes and constants in the making; each method returns the name of what it computes."""

    weights: Weights
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def node(self, kind: str, inputs: list[str], domain: str = "", **settings: Any) -> str:
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **settings))
        return output

    def norm(self, value: str, path: str) -> str:
        scale, shift = (
            self.weight(f"{path}.LayerNorm.weight"),
            self.weight(f"{path}.LayerNorm.bias"),
        )
        return self.node("LayerNormalization", [value, scale, shift], axis=-1, epsilon=EPSILON)

    def linear(self, value: str, path: str) -> str:
        """`value` times the layer's matrix, before its bias."""
        matrix = self.constant(f"{path}.weight", self.weights[f"{path}.weight"].T)
        return self.node("MatMul", [value, matrix])

    def added_norm(self, value: str, skip: str, path: str) -> str:
        """The layer's linear map of `value`, its bias and `skip` added, then normalised."""
        inputs = [
            self.linear(value, f"{path}.dense"),
            skip,
            self.weight(f"{path}.LayerNorm.weight"),
            self.weight(f"{path}.LayerNorm.bias"),
            self.weight(f"{path}.dense.bias"),
        ]
        return self.node("SkipLayerNormalization", inputs, FUSED, epsilon=EPSILON)


def embedding(graph: Graph) -> str:
    """Word, place and (always the first) segment, added and normalised: (batch, words, d)."""
    words = graph.weight("embeddings.word_embeddings.weight")
    segment = graph.weights["embeddings.token_type_embeddings.weight"][0]
    places = graph.weights["embeddings.position_embeddings.weight"] + segment
    table = graph.constant("places", places)
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    one = graph.constant("one", np.array([1], dtype=np.int64))
    length = graph.node("Shape", ["input_ids"], start=1, end=2)
    place = graph.node("Slice", [table, zero, length, zero, one])
    word = graph.node("Gather", [words, "input_ids"])
    return graph.norm(graph.node("Add", [word, place]), "embeddings")


def layer(graph: Graph, value: str, number: int) -> str:
    """One transformer layer: attention, then the two dense maps, each added to its input."""
    path = f"encoder.layer.{number}"
    parts = [f"{path}.attention.self.{part}" for part in ("query", "key", "value")]
    matrix = np.concatenate([graph.weights[f"{part}.weight"].T for part in parts], axis=1)
    shift = np.concatenate([graph.weights[f"{part}.bias"] for part in parts])
    inputs = [
        value,
        graph.constant(f"{path}.qkv.weight", matrix),
        graph.constant(f"{path}.qkv.bias", shift),
        "mask",
    ]
    seen = graph.node("Attention", inputs, FUSED, num_heads=HEADS)
    value = graph.added_norm(seen, value, f"{path}.attention.output")
    wide = graph.linear(value, f"{path}.intermediate.dense")
    bias = graph.weight(f"{path}.intermediate.dense.bias")
    bent = graph.node("BiasGelu", [wide, bias], FUSED)
    return graph.added_norm(bent, value, f"{path}.output")


def pooling(graph: Graph, value: str) -> str:
    """The mean over the real words, scaled to length one: (batch, d)."""
    last = graph.constant("last", np.array([2], dtype=np.int64))
    middle = graph.constant("middle", np.array([1], dtype=np.int64))
    mask = graph.node("Cast", ["mask"], to=TensorProto.FLOAT)
    wide = graph.node("Unsqueeze", [mask, last])
    total = graph.node("ReduceSum", [graph.node("Mul", [value, wide]), middle], keepdims=0)
    count = graph.node("ReduceSum", [wide, middle], keepdims=0)
    return graph.node("LpNormalization", [graph.node("Div", [total, count])], axis=-1, p=2)


def minilm(weights: Weights) -> onnx.ModelProto:
    """The model: `input_ids` int64 and `mask` int32, both (batch, words), to unit rows.

    Its outputs are `vectors` (batch, d) and, of every word, `tokens` (batch, words, d).
    """
    graph = Graph(weights)
    value = embedding(graph)
    for number in range(LAYERS):
        value = layer(graph, value, number)
    for output, source in (("vectors", pooling(graph, value)), ("tokens", value)):
        graph.node("Identity", [source])
        graph.nodes[-1].output[0] = output
    shape = ["batch", "words"]
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
        helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
    ]
    outputs = [
        helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", DIMENSIONS]),
        helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [*shape, DIMENSIONS]),
    ]
    body = helper.make_graph(graph.nodes, "minilm", inputs, outputs, graph.constants)
    versions = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9)
