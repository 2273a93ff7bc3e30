import threading

import pytest
from django.db import connection
from django.utils import timezone

from archive.viewer import Viewer
from concierge.answering.turn import Exchange, Reply, Turn, Voice
from concierge.gaps.file import LONGEST, file, is_gap
from concierge.gaps.models import Gap, Status

pytestmark = pytest.mark.django_db

REFUSED = Reply("The archive does not say.", rung="extractive", refused=True, support=0.2)


@pytest.fixture
def filed(brand):
    """Files a refused question of the public, or what is said instead."""

    def ask(question, *history, reply=REFUSED, audience="public", house=brand):
        said = tuple(
            Exchange("client" if place % 2 == 0 else "concierge", text)
            for place, text in enumerate(history)
        )
        viewer = Viewer.reading(house.pk, audience)
        return file(Turn(Voice("Maison"), question, viewer, said), reply)

    return ask


def test_a_refused_question_is_filed(filed, brand):
    gap = filed("Do you have a shop in New York?")
    assert (gap.brand, gap.question) == (brand, "Do you have a shop in New York?")
    assert (gap.count, gap.status, gap.languages, gap.support) == (1, "open", ["en"], 0.2)


def test_the_same_question_in_other_spelling_and_case_is_one_gap(filed):
    filed("Do you have a shop in New York?")
    filed("do you have  a SHOP in new york")
    filed("Do you have a shopp in New Yrok?")
    [gap] = Gap.objects.all()
    assert (gap.count, gap.question) == (3, "Do you have a shop in New York?")
    assert gap.last_asked > gap.first_asked


def test_accents_and_endings_make_no_other_question(filed):
    filed("Who made the carrés of Étienne?")
    filed("who made the carré of etienne")
    assert Gap.objects.get().count == 2


def test_nearly_the_same_words_are_one_gap(filed):
    filed("Do you have a shop in New York?")
    filed("Is there a shop in New York?")
    assert Gap.objects.get().count == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do you have a shop in New York?", "Do you have a shop in Tokyo?"),
        ("How many bags did you sell in 2024?", "How many bags did you sell in 2023?"),
        ("Where was the Heron printed?", "When was the Heron printed?"),
        ("Who drew the Heron?", "Who drew the Atlas?"),
    ],
)
def test_another_question_is_another_gap(filed, one, other):
    filed(one)
    filed(other)
    assert Gap.objects.count() == 2


def test_another_house_has_gaps_of_its_own(filed, other_brand):
    filed("Do you have a shop in New York?")
    filed("Do you have a shop in New York?", house=other_brand)
    assert Gap.objects.count() == 2


def test_a_follow_up_is_filed_with_what_it_leans_on(filed):
    gap = filed("How old is it?", "Do you have a shop in New York?", "It does not say.")
    assert gap.question == "Do you have a shop in New York? How old is it?"


def test_addresses_and_numbers_are_not_kept(filed):
    gap = filed("Will you repair my bag? Write to anna@example.com or call +33 1 42 65 43 21")
    assert gap.question == "Will you repair my bag? Write to [address] or call [number]"


def test_a_long_question_is_cut(filed):
    assert len(filed("Why " + "so " * 1000).question) == LONGEST


def test_nothing_of_who_asked_is_kept():
    kept = {field.name for field in Gap._meta.get_fields()}
    assert not any("visitor" in name or "conversation" in name for name in kept)


def test_the_nearest_passage_is_kept(filed, archive):
    reply = Reply("", refused=True, support=0.1, nearest=archive["heron"].pk)
    assert filed("What was Ottoline paid?", reply=reply).nearest == archive["heron"]


def test_a_gap_outlives_its_nearest_passage(filed, archive):
    reply = Reply("", refused=True, support=0.1, nearest=archive["heron"].pk)
    gap = filed("What was Ottoline paid?", reply=reply)
    archive["heron"].delete()
    gap.refresh_from_db()
    assert gap.nearest is None


def test_a_passage_the_public_may_not_read_is_not_named(filed, shelve):
    secret = shelve("Wages", "Ottoline was paid 300 francs.", audience="atelier")
    reply = Reply("", refused=True, support=0.1, nearest=secret.pk)
    assert filed("What was Ottoline paid?", reply=reply).nearest is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply("In 1934 [1].", rung="extractive", support=0.9),
        Reply("The red bag.", rung="extractive", support=0.1, product_ids=(7,)),
        Reply("Good morning.", rung="courtesy"),
    ],
)
def test_what_was_answered_is_not_filed(filed, reply):
    assert filed("Do you have a shop in New York?", reply=reply) is None
    assert not Gap.objects.exists()


def test_an_answer_with_little_support_is_filed(filed):
    assert filed("Do you have a shop in New York?", reply=Reply("Perhaps.", support=0.25))


@pytest.mark.parametrize("audience", ["client", "advisor", "atelier"])
def test_only_questions_of_the_public_are_filed(filed, audience):
    assert filed("Do you have a shop in New York?", audience=audience) is None


def test_small_talk_is_no_gap(brand):
    turn = Turn(Voice("Maison"), "Hello", Viewer.reading(brand.pk))
    assert not is_gap(turn, Reply("Good morning.", rung="courtesy"))


def test_what_was_marked_answered_opens_again_when_asked_in_vain(filed):
    filed("Do you have a shop in New York?")
    Gap.objects.all().mark_answered(by=None)
    gap = filed("Do you have a shop in New York?")
    assert (gap.status, gap.count, gap.settled) == (Status.OPEN, 2, None)


def test_what_was_dismissed_stays_so_and_is_counted(filed):
    filed("Do you have a shop in New York?")
    Gap.objects.all().dismiss(by=None)
    gap = filed("Do you have a shop in New York?")
    assert (gap.status, gap.count) == (Status.DISMISSED, 2)


def test_every_language_it_was_asked_in_is_kept(filed):
    filed("Do you have a shop in New York?")
    Gap.objects.update(languages=["fr"], updated=timezone.now())
    assert filed("Do you have a shop in New York?").languages == ["en", "fr"]


def test_without_its_model_the_same_words_are_one_gap(filed, settings):
    settings.EMBEDDER = "openai:unreachable"
    settings.EMBEDDER_BASE_URL = "http://127.0.0.1:9/v1"
    filed("Do you have a shop in New York?")
    filed("do you have a shop in new york")
    gap = Gap.objects.get()
    assert (gap.count, gap.vector) == (2, None)


@pytest.mark.django_db(transaction=True)
def test_two_that_file_at_once_file_one_gap(filed):
    ready = threading.Barrier(6)

    def ask(question):
        ready.wait()
        try:
            filed(question)
        finally:
            connection.close()

    spellings = ("Do you have a shop in New York?", "Is there a shop in New York?") * 3
    threads = [threading.Thread(target=ask, args=(text,)) for text in spellings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Gap.objects.get().count == 6
