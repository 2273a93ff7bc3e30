import pytest

from archive.lexical import Words
from archive.ranking import Run
from archive.search import find_passages
from archive.support import UNSURE, WEAK, support

OTHERS = (
    "The shop in Tokyo opened in October 1988.",
    "Lambskin is cut by hand, one pair at a time.",
    "The atelier in Lyon has a printing table of thirty metres.",
    "Perfume is best kept away from the light.",
    "The founder's aunt lent her the money for the first loom.",
)


def run(lexical=(), dense=(), question=None, rarity=None):
    """One query's lists by their scores, best first."""
    words = Words({"en": {"heron": 4.0} if rarity is None else rarity}, 1000, 50.0)
    return Run({}, dict(enumerate(lexical)), dict(enumerate(dense)), question, words)


def test_nothing_found_is_no_support(viewer):
    assert find_passages(viewer, "who drew the heron").support == 0.0


def test_an_empty_question_has_no_support(write, viewer):
    write(*OTHERS)
    assert find_passages(viewer, " ").support == 0.0


def test_a_question_the_archive_answers_is_well_supported(write, viewer):
    write("Ottoline drew the heron at the Pérouges ponds in 1934.", *OTHERS)
    assert find_passages(viewer, "when was the heron drawn").support > 0.8


def test_a_question_on_something_else_is_not_supported(write, viewer):
    write("Ottoline drew the heron at the Pérouges ponds in 1934.", *OTHERS)
    assert find_passages(viewer, "which quarterback won the final?").support < UNSURE


def test_support_is_of_what_the_viewer_may_see(write, viewer):
    write("Ottoline drew the heron at the Pérouges ponds in 1934.", audience="atelier")
    write(*OTHERS)
    assert find_passages(viewer, "when was the heron drawn").support < 0.5


def test_two_ways_of_asking_are_one_question(write, viewer):
    write("Ottoline drew the heron at the Pérouges ponds in 1934.", *OTHERS)
    alone = find_passages(viewer, ["And when?"]).support
    followed = find_passages(viewer, ["And when?", "Who drew the heron? And when?"]).support
    assert alone < followed <= 1.0


def test_without_its_model_words_alone_support(write, viewer, settings):
    write("Ottoline drew the heron at the Pérouges ponds in 1934.", *OTHERS, embedded=False)
    settings.EMBEDDER = "openai:unreachable"
    settings.EMBEDDER_BASE_URL = "http://127.0.0.1:9/v1"
    found = find_passages(viewer, "when was the heron drawn")
    assert found.hits[0].similarity == 0.0
    assert found.support > 0.8
    assert find_passages(viewer, "football").support < UNSURE


def test_the_best_by_words_is_held_against_its_rivals():
    alone, one_of_many = run(lexical=[8.0]), run(lexical=[8.0] * 40)
    assert support([alone]) > 0.9
    assert support([one_of_many]) < UNSURE


def test_a_share_of_the_words_is_held_against_all_of_them():
    held = {"heron": 4.0, "pond": 4.0, "drawn": 4.0}
    assert support([run(lexical=[8.0], rarity=held)]) < support([run(lexical=[8.0])])


@pytest.mark.parametrize("length", [1, 5, 14, 15, 100])
def test_support_is_between_nothing_and_certainty(length):
    assert 0.0 < support([run(lexical=[1e-9] * length)]) < support([run([10.0])]) < 1.0


def test_the_threshold_of_silence_lies_below_that_of_doubt():
    assert 0 < WEAK < UNSURE < 1
