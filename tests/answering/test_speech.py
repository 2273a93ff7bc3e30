"""What is shown of an answer while a model says it."""

from concierge.answering.checker import Checker
from concierge.answering.speech import Speech
from concierge.answering.turn import Evidence, Source

TEXT = "Ottoline drew the heron at Pérouges in 1934."
SOURCE = Source(1, "The heron", TEXT, document_id=1, version_id=2, passage_id=3, start=0)


def shown(*words):
    speech = Speech(Checker(Evidence("Who drew the heron?", (SOURCE,))))
    return "".join([*(speech.hear(each) for each in words), speech.finish()])


def test_a_sentence_that_falls_silent_ends_with_one_ellipsis():
    said = shown("Please visit ", "www.elsewhere.example ", "or others.example now. ", "The heron.")
    assert said == "Please visit… The heron."


def test_a_sentence_withheld_from_its_first_word_leaves_nothing():
    assert shown("www.elsewhere.example is near. ", "The heron.").strip() == "The heron."


def test_what_looks_like_a_marker_and_is_none_is_not_shown():
    said = shown("The heron [-", "1] was drawn [1e3] by Ottoline [P].")
    assert said == "The heron was drawn by Ottoline."
