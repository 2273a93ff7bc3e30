"""The log: one chain whoever writes, and a table that only grows."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from archive.wall.scope import carried, house
from concierge.audit.chain import GENESIS, Deed, append, last
from concierge.audit.models import Act, Entry, Role
from concierge.operations import addresses
from tests.conftest import DATA_DIR

WRITERS, EACH = 8, 5


def deed(row="1", brand_id=None, by=None):
    return Deed(Act.READ, "chat.conversation", row, brand_id, by)


@pytest.mark.django_db
def test_an_entry_follows_the_one_before_it():
    number, digest = last()
    first = append(deed())
    second = append(deed("2"))
    assert (first.number, first.previous) == (number + 1, digest)
    assert (second.number, second.previous) == (first.number + 1, first.hash)
    assert first.hash != second.hash
    assert len(GENESIS) == len(first.hash)


@pytest.mark.django_db
def test_an_entry_says_who_and_in_which_role():
    advisor = User.objects.create_user("inès", is_staff=True)
    chief = User.objects.create_superuser("clément")
    assert append(deed(by=advisor)).role == Role.STAFF
    entry = append(deed(by=chief))
    assert (entry.who, entry.role) == (chief.pk, Role.ADMINISTRATOR)
    assert append(deed()).role == Role.PRODUCT


@pytest.mark.django_db
def test_staff_of_one_house_go_on_from_an_entry_of_another(brand, other_brand):
    with house(other_brand.pk):
        theirs = append(deed(brand_id=other_brand.pk))
    with house(brand.pk):
        ours = append(deed(brand_id=brand.pk))
        assert not Entry.objects.filter(pk=theirs.pk).exists()
    assert ours.previous == theirs.hash


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain():
    before, _ = last()

    def write(writer):
        for number in range(EACH):
            append(deed(f"{writer}-{number}"))
        connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(carried(write), each) for each in range(WRITERS)]:
            done.result()
    rows = list(Entry.objects.filter(pk__gt=before).order_by("number"))
    assert [row.number for row in rows] == list(range(before + 1, before + 1 + WRITERS * EACH))
    assert all(row.previous == one.hash for one, row in pairwise(rows))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET who = 2",
        "UPDATE audit_entry SET who = 2 WHERE false",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ],
)
def test_the_application_changes_no_entry(statement):
    append(deed())
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET who = 2", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_not_even_the_owner_of_the_table_changes_an_entry(statement):
    name = connection.settings_dict["NAME"]
    with psycopg.connect(addresses.owner_url(DATA_DIR, name)) as owner:
        owner.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only added to"):
            owner.execute(statement)


@pytest.mark.django_db
def test_the_applications_role_may_only_read_and_add():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(privilege_type, ',' ORDER BY privilege_type)"
            " FROM information_schema.role_table_grants"
            " WHERE table_name = 'audit_entry' AND grantee = %s"
            " AND privilege_type IN ('INSERT', 'SELECT', 'UPDATE', 'DELETE')",
            [settings.DATABASES["default"]["USER"]],
        )
        assert cursor.fetchone() == ("INSERT,SELECT",)
