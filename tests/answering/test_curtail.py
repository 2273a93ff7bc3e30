import pytest

from concierge.answering.curtail import curtail
from concierge.answering.turn import Draft, Evidence, Source

TEXT = "Ottoline drew the heron at Pérouges in 1934. It was printed in nine colours."
EVIDENCE = Evidence(
    query="Who drew the heron?",
    sources=(Source(1, "The heron", TEXT, document_id=1, version_id=2, passage_id=3, start=10),),
)
FIRST = "Ottoline drew the heron in 1934 [1]."
INVENTED = "The clasp was cast in Toledo by monks [1]."


def stopped(said: str):
    return curtail(said, Draft(said, EVIDENCE))


def test_whole_sentences_keep_their_citations():
    reply = stopped(f"{FIRST} It")
    [cited] = reply.citations
    assert reply.text == f"{FIRST} It…"
    assert TEXT[cited.start - 10 : cited.end - 10] == cited.text


def test_a_sentence_cut_short_has_no_mark_and_an_ellipsis_though_it_is_supported():
    reply = stopped("Ottoline drew the heron at Pérouges,")
    assert (reply.text, reply.citations) == ("Ottoline drew the heron at Pérouges…", ())


@pytest.mark.parametrize("words", ["The heron", "Ottoline", "The clasp [1] was"])
def test_a_sentence_cut_short_stays_though_it_cannot_be_cited_yet(words):
    reply = stopped(words)
    assert (reply.text, reply.citations) == (words.replace(" [1]", "") + "…", ())


def test_a_sentence_cut_short_keeps_its_place():
    assert stopped(f"{FIRST}\n\nThe clasp was").text == f"{FIRST}\n\nThe clasp was…"


def test_a_whole_sentence_that_no_source_supports_does_not_stay():
    assert stopped(f"{FIRST} {INVENTED}").text == FIRST
    assert stopped(INVENTED).text == ""


def test_words_without_a_draft_stay_without_their_markers():
    reply = curtail("Never in a machine [1]. Nor", None)
    assert (reply.text, reply.citations) == ("Never in a machine. Nor", ())


def test_an_answer_stopped_after_a_whole_sentence_has_no_ellipsis():
    assert stopped(FIRST).text == FIRST
