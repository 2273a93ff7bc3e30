import numpy as np
import pytest
from django.conf import settings

from archive.embedding.minilm import WINDOWS, WORD_PIECES, MiniLM, batches
from tests.archive.embedding.reference import Reference

TEXTS = [
    "The Heron was drawn at the Pérouges ponds in 1934.",
    "",
    "Soie, lin et cuir. 絹",
    "A hundred threads. " * 120,
    "neroli",
]


@pytest.fixture(scope="module")
def minilm():
    return MiniLM(settings.DATA_DIR / "models")


def test_vectors_equal_a_plain_forward_pass(minilm):
    reference = Reference()
    wanted = np.stack([reference.embed(text) for text in TEXTS])
    assert np.abs(minilm.embed_documents(TEXTS) - wanted).max() < 1e-5


def test_a_text_has_the_same_vector_alone_and_in_a_batch(minilm):
    together = minilm.embed_documents(TEXTS)
    alone = np.stack([minilm.embed_query(text) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


def test_vectors_are_unit_rows_of_float32(minilm):
    rows = minilm.embed_documents(TEXTS)
    assert (rows.shape, rows.dtype) == ((len(TEXTS), minilm.dimensions), np.float32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_no_text_gives_no_rows(minilm):
    assert minilm.embed_documents([]).shape == (0, minilm.dimensions)


def test_nearer_meaning_gives_a_larger_product(minilm):
    query = minilm.embed_query("how do I wash a silk scarf")
    near, far = minilm.embed_documents(["Silk care: cool water, by hand.", "The shop in Tokyo."])
    assert query @ near > query @ far


def test_reading_gives_the_vectors_of_embedding(minilm):
    vectors, sketches = minilm.read_documents(TEXTS)
    assert np.abs(vectors - minilm.embed_documents(TEXTS)).max() < 1e-5
    assert np.abs(minilm.read_query(TEXTS[0]).vector - vectors[0]).max() < 1e-5
    assert sketches[1] == b""


def test_a_sketch_goes_on_where_a_vector_ends(minilm):
    told = "A hundred threads. " * 120
    _, (whole,) = minilm.read_documents([told + "The heron."])
    assert len(whole) == 16 * (4 * 120 + 3) > 16 * WORD_PIECES


def test_a_sketch_ends_somewhere(minilm):
    _, (sketch,) = minilm.read_documents(["thread " * 5000])
    assert len(sketch) == 16 * WINDOWS * (WORD_PIECES - 2)


def test_the_pieces_of_a_query_say_where_they_stand(minilm):
    reading = minilm.read_query("Wash silk")
    assert reading.spans == ((0, 4), (5, 9))
    assert reading.pieces.shape == (2, 128)


def test_batches_hold_every_place_once_and_like_lengths_together():
    lengths = [3, 256, 5, 200, 4, 256] * 20
    made = list(batches(lengths))
    assert sorted(place for batch in made for place in batch) == list(range(len(lengths)))
    flat = [lengths[place] for batch in made for place in batch]
    assert flat == sorted(lengths, reverse=True)
