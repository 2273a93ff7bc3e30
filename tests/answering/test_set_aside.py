import pytest

from archive.viewer import Viewer
from concierge.answering.set_aside import set_aside
from concierge.answering.turn import Turn, Voice


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("My name is Ada. Who drew the heron?", "Who drew the heron?"),
        ("I wear size 7. Who drew the heron?", "Who drew the heron?"),
        ("My name is Ada. Do you have gloves?", "Do you have gloves?"),
        ("I wear size 7. Do you have gloves?", "I wear size 7. Do you have gloves?"),
        ("I love green. Do you have a scarf?", "I love green. Do you have a scarf?"),
    ],
)
def test_what_is_told_stays_only_where_it_may_be_part_of_a_wish(said, asks):
    assert set_aside(Turn(Voice("Maison"), said, Viewer.reading(1))).question == asks
