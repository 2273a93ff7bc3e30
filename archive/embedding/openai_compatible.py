"""Any endpoint that speaks the OpenAI embeddings form: a provider, or a server of the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import httpx2
import numpy as np

from archive.embedding.discretion import discreet
from archive.embedding.protocol import EmbeddingError, Vectors, unit_rows

OPENAI = "https://api.openai.com/v1"
BATCH = 128  # texts a request
CHARACTERS = 20_000  # of a text that are sent; such models read about 8,000 tokens
DOCUMENTS = httpx2.Timeout(60.0, connect=5.0)  # seconds; nobody waits for an ingestion
QUERY = httpx2.Timeout(5.0, connect=2.0)  # seconds; someone waits for an answer


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests go. An empty address means OpenAI's own."""

    base_url: str
    api_key: str


class OpenAICompatible:
    """Asks once and does not try again: who called knows whether that is worth it."""

    languages: frozenset[str] | None = None  # nobody can say

    def __init__(self, name: str, endpoint: Endpoint, dimensions: int = 0) -> None:
        """`dimensions` 0 takes the model's own number, asked from the endpoint on first use."""
        self.model = f"{name}@{dimensions}" if dimensions else name
        self._name = name
        self._endpoint = endpoint
        self._wanted = dimensions

    @cached_property
    def dimensions(self) -> int:
        return self._wanted or len(self.embed_query("dimensions"))

    def warm(self) -> None:
        self.embed_query("warm")

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = unit_rows(self._asked([text], QUERY, of_house=False))[0]
        return vector

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        starts = range(0, len(texts), BATCH)
        asked = [
            self._asked(texts[start : start + BATCH], DOCUMENTS, of_house=True) for start in starts
        ]
        return unit_rows(np.concatenate(asked))

    @cached_property
    def _client(self) -> httpx2.Client:
        key = self._endpoint.api_key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx2.Client(base_url=self._endpoint.base_url or OPENAI, headers=headers)

    def _asked(self, texts: Sequence[str], timeout: httpx2.Timeout, *, of_house: bool) -> Vectors:
        texts = discreet(texts, of_house=of_house)
        # An empty text is refused by some endpoints; a space means the same.
        body: dict[str, object] = {
            "model": self._name,
            "input": [text[:CHARACTERS] or " " for text in texts],
        }
        if self._wanted:
            body["dimensions"] = self._wanted
        try:
            reply = self._client.post("embeddings", json=body, timeout=timeout)
            reply.raise_for_status()
            rows = sorted(reply.json()["data"], key=lambda row: row["index"])
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except httpx2.HTTPError as error:
            raise EmbeddingError(f"The embedding endpoint did not answer: {error}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise EmbeddingError("The embedding endpoint's answer has another form.") from error
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbeddingError("The embedding endpoint gave another number of vectors.")
        return vectors
