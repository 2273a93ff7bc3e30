from datetime import timedelta

import pytest
from django.utils import timezone

from archive.viewer import Viewer
from concierge.approved.match import NEAR, SURE, match, tried
from concierge.approved.models import Status, Wording, WordingEmbedding

pytestmark = pytest.mark.django_db

ASKED = "How should I wash my silk scarf?"


def found(brand, question=ASKED, audience="public"):
    answer = match(Viewer.reading(brand.pk, audience), question, brand.name).answer
    return answer and answer.answer_id


def test_a_question_in_other_words_is_answered(brand, approve):
    assert found(brand) is None
    assert approve().pk == found(brand)


def test_the_same_words_are_answered_whatever_their_case_and_accents(brand, approve):
    answer = approve("Où est l’atelier ?", spoken="fr")
    assert found(brand, "ou est l'ATELIER") == answer.pk


@pytest.mark.parametrize(
    ("wording", "spoken", "question"),
    [
        ("Why did {name} move?", "en", "Why did the house move?"),
        ("Why did the house move?", "en", "Why did {name} move?"),
        ("Pourquoi la maison a-t-elle déménagé ?", "fr", "Pourquoi {name} a-t-elle déménagé ?"),
        ("Warum ist {name} umgezogen?", "de", "Warum ist das Haus umgezogen?"),
        ("Perché {name} si è trasferita?", "it", "Perché la casa si è trasferita?"),
    ],
)
def test_the_house_is_the_same_by_its_name(brand, approve, wording, spoken, question):
    answer = approve(wording.format(name=brand.name), spoken=spoken)
    assert found(brand, question.format(name=brand.name)) == answer.pk


def test_a_house_of_something_is_not_the_house(brand, approve):
    approve(f"Why did {brand.name} move?")
    assert found(brand, "Why did the house of cards move?") is None


def test_the_same_words_are_answered_without_a_model(brand, approve, settings):
    answer = approve()
    settings.EMBEDDER = "openai:none"
    settings.EMBEDDER_BASE_URL = "http://127.0.0.1:9/v1"
    from archive.models import EmbedderInUse

    EmbedderInUse.objects.all().delete()
    assert found(brand, "how do i wash a silk scarf") == answer.pk
    assert found(brand) is None


def test_any_of_its_wordings_will_do(brand, approve):
    answer = approve("How do I wash a silk scarf?", "Do you ship to Japan?")
    assert found(brand, "Can you deliver to Japan?") == answer.pk


def test_the_nearest_of_several_answers_is_given(brand, approve):
    approve("How do I wash a cashmere shawl?")
    near = approve("How do I wash a silk scarf?")
    assert found(brand, "how do I wash a silk scarf") == near.pk


@pytest.mark.parametrize(
    "question",
    [
        "How should I not wash my silk scarf?",
        "How do I wash a silk scarf of 1957?",
        "How do I iron a silk scarf?",
        "How do I wash the Heron silk scarf?",
        "Where do I wash a silk scarf?",
    ],
)
def test_a_question_that_differs_in_a_word_that_matters_is_neither_answered_nor_near(
    brand, approve, viewer, question
):
    approve()
    told = match(viewer, question)
    assert (told.answer, told.near) == (None, ())


def test_another_language_is_told_apart(brand, approve, viewer):
    approve("Where is the house and its archive to be found, and for whom?")
    [only] = tried(viewer, "Où est la maison et son archive, et pour qui est-elle ouverte ?")
    assert only.differs == "language"


def test_another_brand_is_never_answered_from(other_brand, approve):
    approve()
    assert found(other_brand) is None
    assert tried(Viewer.reading(other_brand.pk), ASKED) == []


def test_only_its_audience_and_narrower_ones_are_told(brand, approve):
    answer = approve(audience="advisor")
    told = [found(brand, audience=each) for each in ("public", "client", "advisor", "atelier")]
    assert told == [None, None, answer.pk, answer.pk]


def test_a_draft_is_not_said(brand, approve):
    approve(status=Status.DRAFT)
    assert found(brand) is None


def test_what_has_expired_is_not_said(brand, approve):
    answer = approve(expires=timezone.now() + timedelta(hours=1))
    assert found(brand) == answer.pk
    answer.expires = timezone.now() - timedelta(seconds=1)
    answer.save()
    assert found(brand) is None


def test_what_comes_near_is_told_nearest_first_and_once_an_answer(brand, approve, viewer):
    answer = approve("How do I wash a silk scarf?", "Wash a silk scarf")
    told = match(viewer, "washing my old silk square in the laundry")
    assert told.answer is None
    assert [each.answer_id for each in told.near] == [answer.pk]
    assert NEAR <= told.near[0].near < SURE


def test_what_is_far_is_not_told(brand, approve, viewer):
    approve()
    told = match(viewer, "Who is the chairman?")
    assert (told.answer, told.near) == (None, ())


def test_what_is_far_costs_one_query_and_an_answer_two(
    brand, approve, quote, archive, viewer, django_assert_num_queries
):
    quote(approve(text="By hand [1]."), archive["care"], "Never wring it")
    match(viewer, ASKED)
    from archive.embedding import current_embedder

    with django_assert_num_queries(1):
        current_embedder()  # which model is in use is its own question
    with django_assert_num_queries(3):
        match(viewer, ASKED)
    with django_assert_num_queries(2):
        match(viewer, "Who is the chairman?")


def test_a_quotation_is_told_where_it_stands(brand, approve, quote, archive, viewer):
    quote(approve(text="By hand [1]."), archive["care"], "Never wring it")
    [quoted] = match(viewer, ASKED).answer.quoted
    version = archive["care"].version
    assert version.text[quoted.start :].startswith(quoted.text)
    assert (quoted.version_id, quoted.passage_id) == (version.pk, archive["care"].pk)


def newer(passage, text):
    """The document gets another text."""
    from archive.models import DocumentVersion

    document = passage.document
    document.current = DocumentVersion.objects.create(
        document=document,
        number=2,
        content_hash="1" * 64,
        text=text,
        file_name="care.txt",
        media_type="text/plain",
    )
    document.save()
    return document.current


def test_a_quotation_is_found_again_in_a_newer_text(brand, approve, quote, archive, viewer):
    quote(approve(text="By hand [1]."), archive["care"], "Never wring it")
    version = newer(archive["care"], "Of silk. Never wring it, please.")
    [quoted] = match(viewer, ASKED).answer.quoted
    assert (quoted.version_id, quoted.start) == (version.pk, 9)


def test_what_quotes_words_that_are_gone_is_not_said(brand, approve, quote, archive):
    quote(approve(text="By hand [1]."), archive["care"], "Never wring it")
    newer(archive["care"], "Of silk.")
    assert found(brand) is None


@pytest.mark.parametrize(
    "change",
    [
        {"status": "withdrawn"},
        {"audience": "atelier"},
        {"embargo_until": timezone.now() + timedelta(days=1)},
        {"rights_until": timezone.now() - timedelta(days=1)},
    ],
)
def test_what_quotes_a_document_the_viewer_may_not_read_is_not_said(
    brand, approve, quote, archive, change
):
    from archive.models import Document

    quote(approve(text="By hand [1]."), archive["care"], "Never wring it")
    Document.objects.filter(pk=archive["care"].document_id).update(**change)
    assert found(brand) is None


def test_a_wording_changed_loses_its_vectors(brand, approve):
    wording = Wording.objects.get(answer=approve())
    wording.save()
    assert WordingEmbedding.objects.count() == 1
    wording.text = "How do I wash a linen scarf?"
    wording.save()
    assert WordingEmbedding.objects.count() == 0


def test_wordings_are_among_what_a_new_model_embeds(brand, approve):
    from archive.embedding import current_embedder
    from concierge.approved.embed import WORDINGS

    approve()
    assert not WORDINGS.lacking(current_embedder()).exists()
    WordingEmbedding.objects.update(model="another")
    assert WORDINGS.lacking(current_embedder()).count() == 1


def test_the_database_keeps_a_wording_in_its_answers_brand(brand, other_brand, approve):
    from django.db import IntegrityError, connection

    approve()
    Wording.objects.update(brand=other_brand)
    with pytest.raises(IntegrityError):
        connection.check_constraints()
