"""The nearest rows of every audience are found, by its own index or by comparing all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.door import Door
from archive.embedding.index import EXACT, drop_indexes, ensure_index
from archive.meaning import Question
from archive.models import Document, Passage, PassageEmbedding
from archive.viewer import Audience, Viewer

MODEL = "all-MiniLM-L6-v2"
LARGE = EXACT + 1  # rows of a brand whose audiences may have an index


@pytest.fixture
def house(transactional_db, write, brand):
    """Many passages for everyone, some for advisors, few for the atelier; indexes for the first."""
    written = {
        "public": write(*[f"The heron on plate {n} of {n % 7}." for n in range(60)]),
        "advisor": write(*[f"A bird of {n} colours." for n in range(12)], audience="advisor"),
        "atelier": write("The heron's block is cut in pear wood.", audience="atelier"),
    }
    yield written
    drop_indexes(MODEL)


def nearest(viewer, top=10, question="a bird on plate 12"):
    door = Door.of(Passage.objects.visible_to(viewer))
    return Question.embedded(question).best(door, viewer, top, LARGE)


def keys(passages):
    return {passage.pk for passage in passages}


@pytest.mark.parametrize("audience", Audience.values)
@pytest.mark.parametrize("above", [0, 20, EXACT])
def test_indexes_find_what_comparing_all_finds(house, brand, audience, above):
    ladder, alone = Viewer.reading(brand.pk, audience), Viewer(brand.pk, frozenset({audience}))
    compared = [nearest(ladder), nearest(alone)]
    ensure_index(MODEL, 384, above)
    found = [nearest(ladder), nearest(alone)]
    assert [list(each) for each in found] == [list(each) for each in compared]
    assert found == [pytest.approx(each) for each in compared]


def test_an_index_is_asked_when_there_is_one(house, brand, django_assert_num_queries):
    ensure_index(MODEL, 384, above=20)
    viewer, question = Viewer.reading(brand.pk), Question.embedded("a bird")
    door = Door.of(Passage.objects.visible_to(viewer))
    with django_assert_num_queries(2) as asked:  # which are there, and one message
        question.best(door, viewer, 10, LARGE)
    assert "hnsw.ef_search" in asked[1]["sql"]


def test_a_small_brand_is_not_asked_for_its_indexes(house, viewer, django_assert_num_queries):
    question = Question.embedded("a bird")
    with django_assert_num_queries(1):
        question.best(Door.of(Passage.objects.visible_to(viewer)), viewer, 10, EXACT)


def test_an_index_whose_rows_are_mostly_hidden_gives_way_to_comparing_all(house, brand, viewer):
    ensure_index(MODEL, 384, above=20)
    Document.objects.filter(brand=brand).update(embargo_until=timezone.now() + timedelta(hours=1))
    assert nearest(viewer) == {}


def test_vectors_of_other_brands_audiences_and_models_are_not_compared(
    house, write, brand, other_brand, viewer
):
    theirs = write("A bird on plate 12.", house=other_brand)
    passage = house["advisor"][0]
    PassageEmbedding.objects.create(
        brand=brand, passage=passage, model="small", vector=[1.0, 0.0, 0.0]
    )
    everyones = nearest(viewer, top=100)
    assert everyones.keys() == keys(house["public"])
    assert nearest(Viewer.reading(other_brand.pk)).keys() == keys(theirs)


def test_equally_near_rows_come_in_the_order_they_were_written(house, write, brand):
    twins = write(*["Lambskin."] * 3) + write("Lambskin.", audience="advisor")
    ensure_index(MODEL, 384, above=20)
    found = nearest(Viewer.reading(brand.pk, "advisor"), top=4, question="lambskin")
    assert list(found) == [passage.pk for passage in twins]


def test_conditions_that_exclude_each_other_find_nothing(house, viewer):
    question, visible = Question.embedded("a bird"), Passage.objects.visible_to(viewer)
    door = Door.of(visible)
    assert question.best(Door.of(visible.filter(pk__in=[])), viewer, 10, LARGE) == {}
    assert question.best(door, Viewer(viewer.brand_id, frozenset()), 10, LARGE) == {}
    assert question.similarities(door, []) == {}
