import pytest
from django.apps import apps
from django.db import connection

from concierge.privacy.datamap import WHOSE, columns_of_database, mapped, tables, what
from concierge.privacy.places import tables as tables_of_persons


@pytest.mark.django_db
def test_every_column_that_can_hold_words_is_in_the_data_map():
    missing = columns_of_database() - mapped()
    assert not missing, (
        "Say in concierge/privacy/datamap.toml what these hold, whose it is and how it is erased: "
        + ", ".join(sorted(".".join(each) for each in missing))
    )


@pytest.mark.django_db
def test_the_data_map_names_no_column_that_is_not_there():
    assert not mapped() - columns_of_database()


@pytest.mark.django_db
def test_a_new_column_of_words_is_found():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE of_tomorrow (a text, b jsonb, c bytea, d vector, e int)")
        cursor.execute("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()")
        schema = cursor.fetchone()[0]
    assert {column for _, column in columns_of_database(schema)} == {"a", "b", "c", "d"}


PLAIN = ("bigint", "integer", "smallint", "uuid", "boolean", "timestamp", "date", "time", "double")


def test_every_field_of_words_of_every_model_is_in_the_data_map():
    fields = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.concrete_fields
        if not (field.rel_db_type(connection) or "").startswith((*PLAIN, "numeric", "interval"))
        and not field.is_relation
    }
    assert not fields - mapped()


def test_every_table_of_a_person_says_how_it_is_erased():
    for model in tables_of_persons():
        told = tables().get(model._meta.db_table)
        assert told, model._meta.db_table
        assert told.erased


@pytest.mark.parametrize("name", list(tables()))
def test_every_entry_is_whole(name):
    entry = tables()[name]
    assert entry.whose in WHOSE
    for said in (entry.what, entry.purpose, entry.basis, entry.kept, entry.erased):
        assert said.strip()
    assert all(entry.columns.values())


def test_a_table_has_a_plain_phrase():
    assert what("chat_message") == "questions and answers"
