"""Marks to plant and every form in which one might be found again."""

import base64
import hashlib
import json
import random
import string
from collections.abc import Iterator
from urllib.parse import quote

HEAD = "Zéphyrine"  # has a letter that each escape writes in its own way
LETTERS = 14  # that tell one mark from another
HASHES = ("md5", "sha1", "sha256")


def made(chance: random.Random) -> str:
    return HEAD + "".join(chance.choices(string.ascii_letters, k=LETTERS))


def forms(mark: str) -> Iterator[tuple[str, bytes]]:
    """(name of the form, bytes): each as typed and in lower case."""
    for text in (mark, mark.lower()):
        told = text.encode()
        yield "utf-8", told
        yield "utf-16", text.encode("utf-16-le")
        yield "utf-16", text.encode("utf-16-be")
        yield "hex", told.hex().encode()  # as a dump tells bytes
        yield "url", quote(text).encode()
        yield "json", json.dumps(text)[1:-1].encode()
        for alignment in range(3):
            yield "base64", aligned(told, alignment)
        for name in HASHES:
            digest = hashlib.new(name, told).digest()
            yield name, digest
            yield name, digest.hex().encode()


def aligned(told: bytes, alignment: int) -> bytes:
    """What of `told` does not hang on what stands before and after it, `alignment` bytes in."""
    coded = base64.b64encode(bytes(alignment) + told)
    whole = (alignment + len(told)) // 3 * 4
    return coded[4 if alignment else 0 : whole]


def of_vector(numbers: object, told: str) -> Iterator[tuple[str, bytes]]:
    """A vector's beginning: as 32-bit floats in a row, and as pgvector writes it (`told`)."""
    import numpy as np

    raw = np.asarray(numbers, dtype="<f4")
    yield "vector", raw[:4].tobytes()
    yield "vector", raw[16:20].tobytes()
    yield "vector", raw[:4].tobytes().hex().encode()
    yield "vector", ",".join(told.strip("[]").split(",")[:4]).encode()
