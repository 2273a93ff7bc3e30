from dataclasses import replace
from itertools import pairwise

import pytest

from archive.viewer import Viewer
from concierge.answering.extract import OWN_WORDS, extract
from concierge.answering.retrieve import passages, pieces
from concierge.answering.turn import Evidence, Exchange, Turn, Voice
from concierge.answering.understand import understand


def evidence_for(turn):
    asked = understand(turn)
    found, support = passages(turn, asked)
    return Evidence(asked.standalone, found, pieces(turn, asked).pieces, support)


@pytest.fixture
def reply(brand, archive):
    def answer(question, *history, audience="public"):
        turn = Turn(
            brand=Voice("Maison", "en", "+33 1"),
            question=question,
            viewer=Viewer.reading(brand.pk, audience),
            history=tuple(
                Exchange("client" if place % 2 == 0 else "concierge", text)
                for place, text in enumerate(history)
            ),
        )
        return extract(turn, evidence_for(turn))

    return answer


def test_an_answer_quotes_the_sentence_that_answers(reply):
    assert "drawn by Ottoline Vane in March 1934" in reply("Who drew the Heron?").text


def test_an_answer_that_is_little_supported_is_said_to_be_the_nearest(brand, archive):
    turn = Turn(Voice("Maison"), "Who drew the Heron?", Viewer.reading(brand.pk))
    evidence = evidence_for(turn)
    assert OWN_WORDS["en"]["nearest"] not in extract(turn, evidence).text
    assert OWN_WORDS["en"]["nearest"] in extract(turn, replace(evidence, support=0.29)).text


def test_every_citation_is_the_exact_words_of_its_document(reply, archive):
    for cited in reply("Who drew the Heron?").citations:
        text = archive["heron"].version.text
        assert text[cited.start : cited.end] == cited.text


def test_every_citation_has_its_marker_in_the_text(reply):
    answer = reply("How do I wash a silk scarf?")
    assert answer.citations
    assert all(f"{c.text} [{c.number}]" in answer.text for c in answer.citations)


def test_a_sentence_that_leans_on_another_brings_it_along(reply):
    answer = reply("In how many colours was the Heron first printed?")
    [cited] = [c for c in answer.citations if "nine colours" in c.text]
    assert cited.text.startswith("The Heron was drawn")


def test_a_quotation_that_stands_alone_brings_the_sentence_beside_it(reply, shelve):
    shelve(
        "The ceiling",
        "In January 1961 the water came through the ceiling on to a cupboard. "
        "There were unpaid bills beside drawings that nobody knew.\n"
        "The lift was mended in spring.",
    )
    [cited] = reply("What was found when the water came through the ceiling?").citations
    assert cited.text.endswith("drawings that nobody knew.")


def test_quotations_that_overlap_are_one(reply, archive):
    answer = reply("When was the Heron drawn, and in how many colours was it first printed?")
    spans = [(c.start, c.end) for c in answer.citations if c.source.title == "The Heron"]
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(spans)))


def test_a_short_sentence_between_two_quotations_is_quoted_with_them(reply, shelve):
    shelve(
        "The pavilion",
        "The pavilion of tea stood at the fair of Lyon for one summer. It had a straw roof. "
        "After the fair the pavilion of tea was given to the city.",
    )
    [cited] = reply("What became of the pavilion of tea at the fair of Lyon?").citations
    assert "straw roof" in cited.text


def test_what_nothing_found_is_anything_like_is_not_answered(reply):
    assert reply("What is the Heron insured against?").refused


def test_what_only_shares_words_with_the_question_is_not_quoted(reply, shelve):
    shelve(
        "The yard", "The child of the printer kept a labour of love, a carved ship, by the yard."
    )
    assert reply("Does the house use child labour?").refused


def test_a_name_written_with_a_hyphen_or_a_possessive_is_known(reply, shelve):
    shelve("The jar", "Yoon Kwang-cho built the jar by hand and wrote the Heart Sutra on it.")
    assert "Heart Sutra" in reply("Which text did he write on Yoon Kwang-cho’s jar?").text


def test_a_month_in_the_question_is_not_taken_for_a_name(reply, shelve):
    shelve("The new edition", "The house printed 641 squares to obtain 500 that it could number.")
    assert "641" in reply("How many squares did the house print, as of September?").text


def test_misspelt_questions_are_answered(reply):
    assert "Ottoline Vane" in reply("who desinged the Heron").text


def test_a_follow_up_is_understood_from_the_question_before(reply):
    answer = reply("And in how many colours?", "Who drew the Heron?", "Ottoline Vane.")
    assert "nine colours" in answer.text


def test_what_the_archive_does_not_tell_is_said_not_to_be_told(reply):
    answer = reply("What is the boiling point of mercury?")
    assert answer.refused
    assert not answer.citations
    assert "does not say" in answer.text
    assert "+33 1" in answer.text


def test_a_how_much_is_not_answered_without_an_amount(reply):
    assert reply("How much did the first Heron cost?").refused


def test_a_name_the_archive_does_not_know_is_not_answered_with_another(reply):
    assert reply("When did Frank Gehry draw the Heron?").refused


def test_a_year_the_passage_does_not_know_is_not_answered_with_another(reply):
    assert reply("What did the fire of 1925 destroy?").refused


def test_a_weak_answer_is_said_to_be_the_nearest(reply):
    answer = reply("Tell me about the people who kept the old printing blocks")
    assert answer.text.startswith(OWN_WORDS["en"]["nearest"])


def test_a_document_of_a_narrower_audience_is_not_quoted(reply, shelve):
    shelve("Secret", "The dye of the Night Garden is walnut and iron.", audience="atelier")
    question = "What is the dye of the Night Garden?"
    assert "walnut" not in reply(question).text
    assert "walnut" in reply(question, audience="atelier").text


def test_a_near_copy_is_not_quoted_twice(reply, shelve):
    shelve("Press", "The Heron was drawn by Ottoline Vane in March 1934, at the Dombes ponds.")
    assert reply("Who drew the Heron?").text.count("Ottoline Vane") == 1


def test_an_empty_archive_refuses(brand):
    turn = Turn(Voice("Maison"), "Who drew the Heron?", Viewer.reading(brand.pk))
    assert extract(turn, evidence_for(turn)).refused


@pytest.mark.parametrize(
    "question", ["Quelle est la température de fusion du mercure ?", "Qui a dessiné le Mercure ?"]
)
def test_a_refusal_is_in_the_language_of_the_question(reply, question):
    assert reply(question).text.startswith("Les archives de Maison ne le disent pas.")


def test_the_number_of_a_list_s_item_is_not_quoted(reply, shelve):
    passage = shelve(
        "Steps", "1. Fill the basin.\n2. Dissolve the neutral soap in the basin water."
    )
    cited = reply("How do I dissolve the soap in the basin?").citations[0]
    assert cited.text.startswith("Dissolve")
    assert passage.version.text[cited.start : cited.end] == cited.text


def test_nonsense_after_a_question_is_not_answered_with_its_answer(reply):
    assert reply("asdkjh qwe zzxcv", "Who drew the Heron?", "Ottoline Vane.").refused
