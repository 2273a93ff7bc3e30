"""The application's role passes no wall and takes none down; the owner is held by them too."""

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from archive.models import Document, Passage
from archive.viewer import Viewer
from archive.wall import checks
from archive.wall.owner import as_owner
from archive.wall.raise_walls import raise_walls
from archive.wall.scope import everything, nothing, reading

POLICIES = "SELECT oid, polname FROM pg_policy ORDER BY oid"
FORBIDDEN = [
    "CREATE TABLE mine (word text)",
    "ALTER TABLE archive_document DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE archive_document NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY wall_select ON archive_document",
    "CREATE POLICY mine ON archive_document USING (true)",
    "DROP TABLE archive_document CASCADE",
    "CREATE OR REPLACE FUNCTION wall_everything() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE FUNCTION mine() RETURNS boolean LANGUAGE sql SECURITY DEFINER AS 'SELECT true'",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER ROLE concierge_app BYPASSRLS",
    "ALTER ROLE concierge_app SUPERUSER",
    "GRANT postgres TO concierge_app",
    "DELETE FROM django_migrations",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_may_not(statement):
    with everything(), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db
def test_a_session_that_would_pass_row_security_by_is_refused_the_rows(brand):
    with everything(), pytest.raises(ProgrammingError, match="row-level security"):
        connection.cursor().execute("SET LOCAL row_security = off; SELECT * FROM archive_document")


@pytest.fixture
def owner(db):
    """A cursor of the tables' owner, whose work is undone."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def one(cursor, statement):
    cursor.execute(statement)
    return cursor.fetchone()[0]


def test_an_owner_who_is_no_superuser_is_held_too(owner):
    owner.execute("INSERT INTO auth_group (name) VALUES ('open to all')")
    owner.execute(
        "INSERT INTO llm_spending (scope, since, cap, spent, reserved)"
        " VALUES ('brand:1', now(), 1, 0, 0)"
    )
    owner.execute("CREATE ROLE of_the_house NOLOGIN; GRANT USAGE ON SCHEMA public TO of_the_house")
    for table in ("llm_spending", "auth_group"):
        owner.execute(f"ALTER TABLE {table} OWNER TO of_the_house")
    owner.execute("SET LOCAL ROLE of_the_house")
    with nothing():
        assert one(owner, "SELECT count(*) FROM auth_group") >= 1
        assert one(owner, "SELECT count(*) FROM llm_spending") == 0
    with everything():
        assert one(owner, "SELECT count(*) FROM llm_spending") == 1


def test_walls_that_stand_are_left_as_they_are(owner):
    owner.execute(POLICIES)
    before = owner.fetchall()
    raise_walls()
    owner.execute(POLICIES)
    assert owner.fetchall() == before


def test_a_wall_that_was_changed_by_hand_is_put_up_again(owner):
    owner.execute("ALTER POLICY wall_select ON archive_document USING (true)")
    owner.execute("CREATE POLICY hole ON archive_document USING (true)")
    owner.execute("ALTER TABLE archive_passage NO FORCE ROW LEVEL SECURITY")
    raise_walls()
    seen = "SELECT count(*) FROM pg_policy WHERE pg_get_expr(polqual, polrelid) = 'true'"
    assert one(owner, f"{seen} AND polrelid = 'archive_document'::regclass") == 0
    low = "SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
    assert one(owner, low) == 0


@pytest.fixture
def connected(transactional_db):
    """As the application connects, past Django."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(settings.DATABASE_URL, dbname=name) as own:
        yield own


def numbers(found):
    return [each.id for each in found]


def test_a_sound_house_is_told_nothing(connected):
    assert [*checks.role(connected), *checks.standing(connected), *checks.search(connected)] == []


def test_one_role_for_everything_is_told(connected):
    name = connection.settings_dict["NAME"]
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name) as owner:
        assert numbers(checks.role(owner)) == ["concierge.W031", "concierge.W033"]


def test_a_wall_that_is_down_is_told(connected):
    name = connection.settings_dict["NAME"]
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name) as owner:
        owner.execute("ALTER TABLE archive_word NO FORCE ROW LEVEL SECURITY")
        owner.execute("ALTER POLICY wall_select ON archive_lexeme USING (true)")
        assert numbers(checks.standing(owner))[:2] == ["concierge.W034", "concierge.W035"]
        owner.rollback()


INDEXES = {
    "passage_search": "archive_passage WHERE search @@ 'heron'::tsquery",
    "product_search": "catalog_product WHERE search @@ 'heron'::tsquery",
    "word_deletions": "archive_word WHERE archive_deletions(word) && archive_deletions('heron')",
    "passage_codes": "archive_passage WHERE archive_codes(title, text) && '{ms204}'::text[]",
    "product_codes": "catalog_product WHERE archive_codes(title, details) && '{ms204}'::text[]",
}


@pytest.mark.parametrize("index", INDEXES)
def test_search_still_goes_by_its_indexes(connected, index):
    """A condition that may tell of hidden rows is asked after the policy, and of no index."""
    scope = "reading|{1}|{public}|{}||"
    connected.execute(f"SET LOCAL enable_seqscan = off; SET LOCAL wall.scope = '{scope}'")
    plan = connected.execute(f"EXPLAIN SELECT id FROM {INDEXES[index]}")
    assert index in "".join(line for (line,) in plan)


@pytest.mark.django_db
def test_raw_sql_of_a_reader_finds_what_a_viewer_may_see_and_no_more(brand, passages_of_all_kinds):
    with reading(Viewer.reading(brand.pk)), connection.cursor() as cursor:
        for table, column in (("archive_document", "key"), ("archive_passage", "text")):
            cursor.execute(f"SELECT {column} FROM {table}")
            assert cursor.fetchall() == [("open",)]
        cursor.execute("SELECT text FROM archive_documentversion")
        assert cursor.fetchall() == [("open",)]


@pytest.fixture
def passages_of_all_kinds(brand):
    from datetime import timedelta

    from django.utils import timezone

    later, sooner = timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)
    kinds = {
        "open": {"embargo_until": sooner, "rights_until": later},
        "draft": {"status": "draft"},
        "withdrawn": {"status": "withdrawn"},
        "of clients": {"audience": "client"},
        "embargoed": {"embargo_until": later},
        "expired": {"rights_until": sooner},
    }
    for key, values in kinds.items():
        values = {"status": "published", **values}
        document = Document.objects.create(brand=brand, key=key, title=key, **values)
        version = document.versions.create(number=1, content_hash=key, text=key)
        Passage.objects.create(
            brand=brand, document=document, version=version, number=0, start=0, end=1, text=key
        )
