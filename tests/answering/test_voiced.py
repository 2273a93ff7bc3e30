"""The house's voice in every rung: what it always says, its own sentences, its words, the score."""

from dataclasses import replace

import pytest

from archive.viewer import Viewer
from concierge.answering.answer import answer
from concierge.answering.ladder import climb
from concierge.answering.manners import due, manner_of, voice_of
from concierge.answering.person import Person
from concierge.answering.turn import Delta, Done, Draft, Evidence, Reply, Restart, Turn, Voice
from concierge.answering.voiced import answered, cut_short, voiced
from concierge.voice.edit import save
from concierge.voice.manner import Entry, Manner, Topic
from tests.answering.test_verify import EVIDENCE
from tests.approved.conftest import approve
from tests.fake_provider import Script

__all__ = ["approve"]
pytestmark = pytest.mark.django_db(transaction=True)

PRICES = "The price is the same for everyone, in every shop."
PRIX = "Le prix est le même pour tous."
ENGLISH = Manner(
    "en",
    3,
    lexicon=(Entry("carré", ("scarf", "silk scarf")),),
    forbidden=("luxurious", "stunning"),
    sentences=(
        ("busy", "I cannot look this up just now."),
        ("greeting", "Good day from {house}."),
        ("nearest", "What lies nearest:"),
        ("person", "Do ask us: {contact}."),
        ("sign_off", "Until we meet again."),
        ("silent", "Our archive keeps this to itself."),
        ("thanks", "With pleasure."),
    ),
    topics=(Topic("Prices", ("discount*", "price* & rise*"), PRICES),),
)
FRENCH = Manner("fr", 2, topics=(Topic("Prix", ("remise*",), PRIX),))
HOUSE = Voice("Maison", "en", "+33 1", (ENGLISH, FRENCH))


def turn(question, brand=None, voice=HOUSE):
    return Turn(voice, question, Viewer.reading(brand.pk if brand else 1))


async def said(question, brand, voice=HOUSE):
    """The words as they were shown, a Restart taking them back, and the reply."""
    shown = ""
    async for event in answer(turn(question, brand, voice)):
        match event:
            case Delta(words):
                shown += words
            case Restart():
                shown = ""
            case Done(reply):
                return shown, reply
    raise AssertionError


async def test_the_rung_without_a_model_says_it_word_for_word_first(brand, archive):
    shown, reply = await said("Is there a discount on washing a silk scarf?", brand)
    assert reply.rung == "extractive"
    assert shown == reply.text
    assert reply.text.startswith(f"{PRICES}\n\n> ")


async def test_a_model_says_its_part_under_it(brand, archive, provider):
    words = "The Heron was drawn by Ottoline Vane in March 1934 [1]."
    provider.will(Script(words))
    shown, reply = await said("Did a discount rise when the Heron was drawn in 1934?", brand)
    assert reply.rung == "openai"
    assert reply.text.startswith(f"{PRICES}\n\nThe Heron was drawn")
    assert shown == reply.text
    told = provider.requests[-1].body["messages"][-1]["content"]
    assert f"<said>\n{PRICES}\n</said>" in told


async def test_an_approved_answer_stands_under_it_too(brand, approve):
    from archive.threads import in_thread

    await in_thread(approve)("Is there a discount on a silk scarf?", text="There is none.")
    shown, reply = await said("Is there a discount on a silk scarf?", brand)
    assert (reply.rung, reply.text) == ("approved", f"{PRICES}\n\nThere is none.")
    assert shown == reply.text


async def test_what_an_approved_answer_has_of_it_is_not_said_twice(brand, approve):
    from archive.threads import in_thread

    text = f"None, as we say. {PRICES}"
    await in_thread(approve)("Is there a discount on a silk scarf?", text=text)
    shown, reply = await said("Is there a discount on a silk scarf?", brand)
    assert reply.text == shown == text


async def test_the_archives_silence_is_not_told_to_who_was_just_answered(brand, archive):
    _, reply = await said("Which discount has the tram driver of Wuppertal?", brand)
    assert reply.text == f"{PRICES}\n\nDo ask us: +33 1."
    assert (reply.refused, reply.person, reply.citations) == (True, True, ())


async def test_the_last_rung_says_it_before_it_offers_a_person():
    asked = turn("Is there a discount?")
    events = [event async for event in voiced(asked, climb(asked, Evidence(""), [Person()]))]
    assert events[-1].reply.text == f"{PRICES}\n\nI cannot look this up just now. Do ask us: +33 1."


async def test_a_rung_that_is_taken_back_does_not_take_it_with_it():
    async def events():
        yield Delta("Half an ans")
        yield Restart("cut")
        yield Delta("Whole.")

    shown = [event.text async for event in voiced(turn("Any discount?"), events())
             if isinstance(event, Delta)]  # fmt: skip
    assert shown == [f"{PRICES}\n\n", "Half an ans", f"{PRICES}\n\n", "Whole."]


async def test_a_courtesy_is_the_houses_own(brand):
    assert (await said("Hello", brand))[1].text == "Good day from Maison."
    assert (await said("Thank you!", brand))[1].text == "With pleasure."
    assert (await said("Goodbye", brand))[1].text == "Until we meet again."


async def test_a_language_without_its_own_sentence_has_the_products(brand):
    assert "bienvenue chez Maison" in (await said("Bonjour", brand))[1].text


async def test_a_refusal_is_in_the_houses_own_words(brand, archive):
    _, reply = await said("What is the boiling point of mercury?", brand)
    assert reply.text == "Our archive keeps this to itself. Do ask us: +33 1."


async def test_a_models_words_give_way_to_the_houses_but_not_in_a_quotation(
    brand, archive, provider
):
    words = "Wash a silk scarf by hand in cool water with a neutral soap [1]. Never wring it [1]."
    provider.will(Script(words))
    _, reply = await said("How do I wash silk?", brand)
    assert reply.text.startswith("Wash a carré by hand in cool water")
    assert "silk scarf" in reply.citations[0].text


async def test_a_sentence_with_what_is_never_said_is_neither_kept_nor_shown_whole(
    brand, archive, provider
):
    words = (
        "Never wring it, because silk keeps every fold [1]. This stunning silk is luxurious [1]."
    )
    provider.will(Script(words))
    shown, reply = await said("May I wring washed silk?", brand)
    assert "stunning" not in shown + reply.text
    assert "luxurious" not in shown + reply.text
    assert reply.text.startswith("Never wring it")


async def test_an_answer_of_nothing_else_falls_to_the_next_rung(brand, archive, provider):
    provider.will(Script("Luxurious silk scarves are washed by hand in cool water [1]."))
    _, reply = await said("How do I wash a silk scarf?", brand)
    assert reply.rung == "extractive"
    assert [(s.rung, s.reason) for s in reply.steps if s.rung == "openai"] == [
        ("openai", "off_voice")
    ]


async def test_an_exclamation_mark_is_never_shown(brand, archive, provider):
    provider.will(Script("Never wring it, because silk keeps every fold [1]! Iron it inside out."))
    shown, reply = await said("May I wring washed silk?", brand)
    assert "!" not in shown + reply.text


async def test_every_answer_has_a_score_and_the_version_it_was_made_by(brand, archive, provider):
    _, courtesy = await said("Hello", brand)
    assert (courtesy.voice_score, courtesy.prompt_version) == (1.0, "voice-en-3")
    provider.will(Script("The Heron was drawn by Ottoline Vane in March 1934 [1]."))
    _, modelled = await said("Who drew the Heron?", brand)
    assert modelled.voice_score == 1.0
    assert modelled.prompt_version.startswith("answer-")
    assert modelled.prompt_version.endswith(" voice-en-3")


async def test_a_fault_is_told_with_its_words(brand, archive):
    short = replace(ENGLISH, most=20)
    _, reply = await said("Who drew the Heron?", brand, replace(HOUSE, manners=(short,)))
    assert [each["rule"] for each in reply.voice_faults] == ["too_long"]
    assert reply.voice_score == 0.85


async def test_a_house_without_a_voice_is_not_scored(brand, archive):
    _, reply = await said("Who drew the Heron?", brand, Voice("Maison"))
    assert (reply.voice_score, reply.voice_faults, reply.prompt_version) == (None, (), "")


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Is there a discount?", (PRICES,)),
        ("Pourquoi n’y a-t-il pas de remise sur le prix ?", (PRIX,)),
        ("Remise ?", (PRIX,)),
        ("Pourquoi dit-on discount dans les boutiques de la maison ?", ()),
        ("Who drew the Heron?", ()),
    ],
)
def test_a_topic_is_touched_in_the_language_of_the_question(question, sentences):
    assert due(turn(question)) == sentences


@pytest.mark.parametrize(
    "question",
    [
        "Danke für die Auskunft",
        "Ich suche etwas für meine Frau",
        "Ich suche etwas fur meine Frau",
        "Haben Sie Handschuhe für den Winter?",
        "Etwas fürs Büro?",
    ],
)
def test_a_word_of_another_language_is_no_sign_that_its_letters_would_be(question):
    fur = Topic("Animals", ("fur", "furs"), "We use no fur.")
    brand = replace(HOUSE, manners=(replace(ENGLISH, topics=(fur,)),))
    assert due(replace(turn(question), brand=brand)) == ()


def test_what_is_always_said_is_said_in_the_language_of_the_question():
    topic = Topic("Allergies", ("allerg*",), "Ask.", others=(("de", "Fragen Sie."),))
    brand = replace(HOUSE, manners=(replace(ENGLISH, topics=(topic,)),))
    asked = ("Ist das gut für Allergiker?", "E per chi è allergico al nichel?")
    assert [due(replace(turn(each), brand=brand)) for each in asked] == [
        ("Fragen Sie.",),
        ("Ask.",),
    ]


def test_a_voice_without_topics_leaves_them_to_the_houses_other_voices():
    topic = Topic("Allergies", ("allerg*",), "Ask.", others=(("fr", "Demandez."),))
    manners = (replace(ENGLISH, topics=(topic,)), replace(FRENCH, topics=()))
    asked = replace(
        turn("Et pour une allergie, que faire ?"), brand=replace(HOUSE, manners=manners)
    )
    assert due(asked) == ("Demandez.",)


def test_a_sign_that_two_languages_share_is_one_in_either():
    signs = ("écologi*", "fourrure", "allergi*")
    topic = Topic("Any", signs, "We say so.")
    brand = replace(HOUSE, manners=(replace(ENGLISH, topics=(topic,)),))
    for question in ("Ist das gut für Allergiker?", "ECOLOGIA o no, per noi?", "Écologie ?"):
        assert due(replace(turn(question), brand=brand)) == ("We say so.",)


def test_a_language_the_house_has_not_written_in_keeps_what_holds_in_any():
    manner = manner_of(turn("Wer hat den Reiher gezeichnet und wann war das?"))
    assert (manner.language, manner.mark, manner.lexicon) == ("de", "voice-en-3", ())


def test_a_voice_is_read_in_one_place(brand, django_assert_num_queries):
    save(brand, replace(FRENCH, version=0), None)
    save(brand, replace(ENGLISH, version=0), None)
    with django_assert_num_queries(1):
        voice = voice_of(brand)
    assert [(each.language, each.version) for each in voice.manners] == [("en", 1), ("fr", 1)]


def test_a_stopped_answer_keeps_what_was_said_word_for_word():
    draft = Draft("The heron was drawn by Adèle Sérance in 1934 [1]. A luxurious", EVIDENCE)
    shown = f"{PRICES}\n\nThe heron was drawn by Adèle Sérance in 1934 [1]. A"
    reply = cut_short(turn("Is there a discount?"), shown, draft)
    assert reply.text.startswith(f"{PRICES}\n\nThe heron was drawn by Adèle Sérance in 1934 [1].")
    assert "luxurious" not in reply.text
    assert len(reply.citations) == 1


def test_an_answer_stopped_before_its_first_word_says_nothing():
    assert cut_short(turn("Is there a discount?"), "", None).text == ""


LEAD = "What lies nearest:"
QUOTED = replace(
    Reply(f"{LEAD}\n\n> Look at the hem.", product_ids=(7,), forms={7: 1}, rung="extractive"),
    support=0.8,
)


def test_what_the_archive_surely_has_stands_under_it_without_pieces():
    reply = answered(turn("Is there a discount?"), QUOTED, (PRICES,))
    assert reply.text == f"{PRICES}\n\n> Look at the hem."
    assert (reply.product_ids, reply.forms, reply.person) == ((), {}, False)


def test_what_is_only_near_gives_way_to_a_person_without_pieces():
    reply = answered(turn("Is there a discount?"), replace(QUOTED, support=0.4), (PRICES,))
    assert "hem" not in reply.text
    assert (reply.product_ids, reply.forms, reply.person) == ((), {}, True)


def test_a_piece_that_answers_stays_under_it():
    told = Reply("Le Héron: €390, in stock.", product_ids=(7,), rung="extractive", support=0.4)
    assert answered(turn("Is there a discount?"), told, (PRICES,)).product_ids == (7,)


async def test_nothing_stands_before_what_is_said_to_despair(brand):
    shown, reply = await said("I want to kill myself, is there a discount?", brand)
    assert shown == reply.text
    assert reply.text.startswith("I am sorry")
    assert "112" in reply.text
    assert "+33 1" not in reply.text
