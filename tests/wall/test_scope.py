"""A statement is asked in its own scope, whatever was asked before it on the same connection."""

import threading

import pytest
from django.db import connection, transaction

from archive.models import Brand, Document
from archive.viewer import Viewer
from archive.wall import scope
from archive.wall.scope import EVERYTHING, NOTHING, carried, everything, house, nothing, reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def documents(brand, other_brand):
    for each in (brand, other_brand):
        Document.objects.create(brand=each, key="a", title="A", status="published")
    return Document.objects.all()


def setting():
    """What the server was told, asked past Django."""
    found = connection.connection.execute("SELECT current_setting('wall.scope', true)")
    return found.fetchone()[0] or ""


def backend():
    return connection.connection.info.backend_pid


def undone(documents):
    """Counted in a transaction, or a savepoint, that is then rolled back."""
    with transaction.atomic():
        documents.count()
        transaction.set_rollback(True)


def test_the_next_statement_of_the_same_connection_knows_nothing_of_the_scope(documents):
    with everything():
        assert documents.count() == 2
        used = backend()
    with nothing():
        assert documents.count() == 0
    assert (backend(), setting()) == (used, "")


def test_a_connection_goes_back_to_the_pool_without_the_scope(documents):
    with everything():
        assert documents.count() == 2
    connection.close()
    with nothing():
        assert documents.count() == 0
    assert setting() == ""


def test_the_scope_ends_with_its_transaction(documents):
    with everything(), transaction.atomic():
        documents.count()
        assert setting() == "everything"
    assert setting() == ""


def test_the_scope_ends_with_a_rollback(documents):
    with everything():
        undone(documents)
    assert setting() == ""


def test_a_narrower_block_inside_a_transaction_is_left_for_the_wider(documents, brand):
    with everything(), transaction.atomic():
        assert documents.count() == 2
        with house(brand.pk):
            assert documents.count() == 1
        with nothing():
            assert documents.count() == 0
        assert documents.count() == 2


def test_a_savepoint_undone_leaves_no_wider_scope_behind(documents, brand):
    with house(brand.pk), transaction.atomic():
        assert documents.count() == 1
        with everything():
            undone(documents)
        assert documents.count() == 1
    with everything(), transaction.atomic():
        documents.count()
        with nothing():
            undone(documents)
        with nothing():
            assert documents.count() == 0


def test_rows_fetched_one_by_one_are_those_of_the_scope(documents, brand):
    with house(brand.pk):
        assert len(list(documents.iterator(chunk_size=1))) == 1
        with transaction.atomic():
            assert len(list(documents.iterator(chunk_size=1))) == 1


def test_what_is_copied_out_is_of_the_scope(documents, brand):
    statement = "COPY archive_document (key) TO STDOUT"
    with house(brand.pk), connection.cursor() as cursor, cursor.copy(statement) as copy:
        assert b"".join(copy) == b"a\n"


def test_many_statements_at_once_are_of_the_scope(documents, brand, other_brand):
    with house(brand.pk), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE archive_document SET title = 'B' WHERE brand_id = %s",
            [[brand.pk], [other_brand.pk]],
        )
    assert set(documents.values_list("brand", "title")) == {
        (brand.pk, "B"),
        (other_brand.pk, "A"),
    }


def test_a_logged_statement_is_as_it_was_asked(documents, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        documents.count()
    assert asked.captured_queries[0]["sql"].startswith("SELECT COUNT(*)")


@pytest.fixture
def of_nobody():
    """A process that serves, as no command does: nothing is seen unless somebody says so."""
    scope.set_for_process(NOTHING)
    yield
    scope.set_for_process(EVERYTHING)


def in_thread(function):
    found = []

    def counted():
        try:
            found.append(function())
        finally:
            connection.close()

    thread = threading.Thread(target=counted)
    thread.start()
    thread.join()
    return found[0]


def test_another_thread_begins_with_nothing(documents, of_nobody):
    with everything():
        assert documents.count() == 2
        assert in_thread(documents.count) == 0


def test_a_thread_is_given_the_scope_it_is_carried(documents, of_nobody):
    with everything():
        assert in_thread(carried(documents.count)) == 2


def test_a_decorated_function_has_its_scope_and_leaves_none(documents, brand, of_nobody):
    counted = house(brand.pk)(documents.count)
    assert (counted(), documents.count()) == (1, 0)


def test_a_reader_writes_nothing_of_the_house(brand, other_brand, documents):
    with reading(Viewer.reading(brand.pk)):
        assert documents.count() == 1
        assert documents.update(title="Mine") == 0
        assert Brand.objects.update(name="Mine") == 0
        assert documents.delete() == (0, {})
