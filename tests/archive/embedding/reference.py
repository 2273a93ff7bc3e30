"""all-MiniLM-L6-v2 written out in plain numpy, one text at a time: slow, and easy to check."""

from math import erf, sqrt

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from archive.embedding.minilm import WORD_PIECES, published

HEADS, LAYERS = 12, 6
gelu_tail = np.vectorize(lambda x: 0.5 * (1 + erf(x / sqrt(2))))


class Reference:
    def __init__(self):
        weights = load_file(published() / "model.safetensors")
        self.weights = {name: value.astype(np.float64) for name, value in weights.items()}
        self.tokenizer = Tokenizer.from_file(str(published() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(WORD_PIECES)

    def linear(self, x, path):
        return x @ self.weights[f"{path}.weight"].T + self.weights[f"{path}.bias"]

    def norm(self, x, path):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[f"{path}.LayerNorm.weight"] + self.weights[f"{path}.LayerNorm.bias"]

    def attention(self, x, path):
        parts = [self.linear(x, f"{path}.{part}") for part in ("query", "key", "value")]
        q, k, v = (part.reshape(len(x), HEADS, -1).transpose(1, 0, 2) for part in parts)
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        return (shares @ v).transpose(1, 0, 2).reshape(len(x), -1)

    def embed(self, text):
        ids = self.tokenizer.encode(text).ids
        x = self.weights["embeddings.word_embeddings.weight"][ids]
        x = x + self.weights["embeddings.position_embeddings.weight"][: len(ids)]
        x = x + self.weights["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings")
        for number in range(LAYERS):
            path = f"encoder.layer.{number}"
            seen = self.linear(
                self.attention(x, f"{path}.attention.self"), f"{path}.attention.output.dense"
            )
            x = self.norm(x + seen, f"{path}.attention.output")
            wide = self.linear(x, f"{path}.intermediate.dense")
            bent = self.linear(wide * gelu_tail(wide), f"{path}.output.dense")
            x = self.norm(x + bent, f"{path}.output")
        mean = x.mean(0)
        return mean / np.linalg.norm(mean)
