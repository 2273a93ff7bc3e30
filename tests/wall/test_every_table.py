"""Around every table of a brand or a person a wall stands, and lets nobody through by default."""

import uuid

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from archive.models import Brand
from archive.viewer import Viewer
from archive.wall import policies
from archive.wall.scope import People, everything, house, nothing, reading
from tests.wall.rows import BROWSER, Rows

pytestmark = pytest.mark.django_db
# Who somebody is: tests/wall/test_walled_accounts.py
ACCOUNTS = ("account.", "accounts.S", "admin.", "auth.", "axes.", "mfa.", "privacy.B", "sessions.")


@pytest.fixture
def rows(db):
    """One of each walled table, all of one house and one client."""
    made, walled = Rows(), policies.declared()
    with everything():
        return [made.of(each) for each in apps.get_models() if each._meta.db_table in walled]


def shown(rows):
    """{label: how many} of the tables that show anything; a house's name is on its door."""
    counts = {}
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(f"SELECT count(*) FROM {row._meta.db_table}")
            counts[row._meta.label] = cursor.fetchone()[0]
    del counts["archive.Brand"]
    return {label: count for label, count in counts.items() if count}


def test_every_model_is_walled_or_said_to_stand_open():
    known = {*policies.declared(), *policies.open_tables}
    missing = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in known
    ]
    assert not missing, "declare them in the `walls` module of their application"


def test_no_walled_table_is_said_to_stand_open_too():
    assert not set(policies.declared()) & set(policies.open_tables)


def test_without_a_scope_nothing_is_shown(rows):
    with everything():
        assert len(shown(rows)) == len(rows) - 1
    with nothing():
        assert shown(rows) == {}


def test_without_a_scope_nothing_is_changed_or_removed(rows):
    with nothing(), connection.cursor() as cursor:
        for row in rows:
            table, key = row._meta.db_table, row._meta.pk.column
            if table not in policies.withheld:  # of those the right is missing altogether
                cursor.execute(f"UPDATE {table} SET {key} = {key}")
                assert cursor.rowcount == 0, table
                cursor.execute(f"DELETE FROM {table}")
                assert cursor.rowcount == 0, table


def test_without_a_scope_nothing_is_taken(rows):
    for row in rows:
        with (
            nothing(),
            pytest.raises(ProgrammingError, match=r"row-level security|raised"),
            transaction.atomic(),
        ):
            type(row)._base_manager.bulk_create([row])


def test_another_house_sees_nothing(rows, other_brand):
    with house(other_brand.pk):
        assert shown(rows) == {}


def test_a_client_of_another_house_sees_nothing(rows, other_brand):
    with reading(Viewer.reading(other_brand.pk, "atelier"), People(browser=BROWSER)):
        assert shown(rows) == {}


def test_a_stranger_at_the_house_sees_what_it_shows_to_readers_and_no_more(rows):
    walls = policies.declared()
    brand = Brand.objects.get(slug="maison")
    with reading(Viewer.reading(brand.pk, "atelier"), People(browser=uuid.uuid4())):
        seen = shown(rows)
    assert seen
    assert all(walls[apps.get_model(label)._meta.db_table].reader for label in seen)
    assert not {label for label in seen if label.startswith(("chat.", "clients.", "gaps."))}


def test_their_own_house_sees_every_row(rows):
    with house(Brand.objects.get(slug="maison").pk):
        hidden = {row._meta.label for row in rows} - shown(rows).keys()
    apart = {label for label in hidden if label.startswith(ACCOUNTS)}  # of no house at all
    assert hidden - apart == {"archive.Brand", "llm.Spending"}  # the door; a sum of another house


def test_a_client_sees_their_own(rows):
    visitor = next(row for row in rows if row._meta.label == "clients.Visitor")
    with reading(Viewer.reading(visitor.brand_id), People((visitor.pk,))):
        seen = shown(rows)
    assert {"chat.Message", "clients.Visitor", "clients.Consent", "clients.Memory"} <= seen.keys()
