import pytest
from django.db import connection

from archive.embedding.index import ensure_index, named

pytestmark = pytest.mark.django_db(transaction=True)


def definitions(names):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(names)]
        )
        return dict(cursor.fetchall())


@pytest.fixture
def made():
    """Indexes of a model called `small`, gone afterwards."""
    names = ensure_index("small", 3)
    yield names
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'DROP INDEX "{name}"')


def test_a_model_gets_an_index_on_passages_and_on_products(made):
    told = definitions(made)
    assert len(told) == 2
    assert all("vector(3)" in text and "'small'" in text for text in told.values())


def test_an_index_that_exists_is_left_alone(made):
    assert ensure_index("small", 3) == made


def test_the_default_models_indexes_are_those_of_the_migrations():
    names = ensure_index("all-MiniLM-L6-v2", 384)
    assert names == ["passage_vector_minilm", "product_vector_minilm"]
    assert len(definitions(names)) == 2


def test_models_of_like_names_have_indexes_of_their_own():
    assert len({named("small/2"), named("small-2"), named("Small 2")}) == 3


def test_too_many_dimensions_for_an_index_make_none():
    assert ensure_index("large", 3072) == []
