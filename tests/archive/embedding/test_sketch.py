import numpy as np
import pytest

from archive.embedding.sketch import BITS, BYTES, directions, likeness, projected, sketched


@pytest.fixture
def tokens():
    return np.random.RandomState(7).standard_normal((40, 384)).astype(np.float32)


def test_directions_are_unit_and_at_right_angles():
    assert np.abs(directions(384).T @ directions(384) - np.eye(BITS)).max() < 1e-5


def test_a_sketch_has_sixteen_bytes_a_word_piece(tokens):
    assert len(sketched(tokens)) == 40 * BYTES == 640
    assert sketched(tokens[:0]) == b""


def test_a_text_that_holds_the_questions_pieces_is_liked_best(tokens):
    asked, weights = projected(tokens[:3]), np.ones(3, dtype=np.float32)
    sketches = [sketched(tokens[20:]), sketched(tokens[:10]), sketched(tokens[10:20])]
    assert likeness(asked, weights, sketches).argmax() == 1


def test_each_text_is_met_on_its_own(tokens):
    asked, weights = projected(tokens[:5]), np.ones(5, dtype=np.float32)
    sketches = [sketched(tokens[start : start + 4]) for start in (0, 9, 30)]
    alone = [likeness(asked, weights, [sketch])[0] for sketch in sketches]
    assert likeness(asked, weights, sketches) == pytest.approx(alone)


def test_a_piece_of_no_weight_has_no_say(tokens):
    asked = projected(tokens[:2])
    only = likeness(asked[:1], np.ones(1, dtype=np.float32), [sketched(tokens[1:9])])
    both = likeness(asked, np.array([1, 0], dtype=np.float32), [sketched(tokens[1:9])])
    assert both == pytest.approx(only)


def test_no_texts_are_met_by_nothing(tokens):
    assert likeness(projected(tokens), np.ones(40, dtype=np.float32), []).shape == (0,)
