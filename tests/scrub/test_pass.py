"""A pass over the test run's own database: what it keeps of itself, and what is due."""

import io
import uuid
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from concierge.clients.keys import key_for
from concierge.clients.models import Key, Memory, Visitor
from concierge.scrub.models import Pass, Rewritten
from concierge.scrub.run import ALONE, HOUSES_OWN, KEYS, due, of_clients, scrub, scrub_keys
from concierge.scrub.tasks import nightly

TABLE = "clients_memory"
NOW = "2026-01-01T00:00Z"


@pytest.fixture
def server(transactional_db):
    name = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as server:
        yield server


def tables(server):
    return {each.table for each in due(server, every=False)}


def test_all_tables_of_clients_are_seen_to_and_none_of_the_house_s_own():
    found = of_clients()
    assert {"chat_message", "clients_key", "gaps_gap", "django_session"} <= set(found)
    assert not [name for name in found if name.split("_")[0] in HOUSES_OWN]


def scrubbed():
    """What passes say, the last of which left nothing: each tries again what one before had left,
    as when a busy server holds a table for a moment."""
    out = io.StringIO()
    for _ in range(4):
        with suppress(CommandError):
            call_command("scrub", stdout=out)
            return out.getvalue()
    call_command("scrub", stdout=out)
    return out.getvalue()


def test_a_pass_writes_down_what_it_did_and_is_due_again_after_a_deletion(server, brand, media):
    assert f"{TABLE} written anew." in scrubbed()
    made = Pass.objects.latest("pk")
    passes = Pass.objects.count()
    assert (made.finished is not None, made.left) == (True, [])
    assert TABLE not in tables(server)
    somebody = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    Memory.objects.create(visitor=somebody, kind="size", origin="said", text="52")
    Memory.objects.all().delete()
    while TABLE not in tables(server):  # the server counts a moment later
        server.execute("SELECT pg_stat_force_next_flush()")
    nightly()
    assert Pass.objects.count() == passes


def test_keys_that_were_deleted_are_written_out_without_waiting_for_the_night(server, brand):
    Rewritten.objects.create(table=KEYS, at="2026-01-01T00:00Z", deleted=0, counted_since=NOW)
    somebody = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    key_for(somebody.pk)
    wrapped = bytes(Key.objects.get().wrapped)
    folder = Path(settings.DATA_DIR) / "postgres"
    server.execute("CHECKPOINT")
    assert lies(folder, wrapped)
    Key.objects.all().delete()
    while KEYS not in tables(server):  # the server counts a moment later
        server.execute("SELECT pg_stat_force_next_flush()")
    server.execute("CHECKPOINT")
    assert lies(folder, wrapped)
    made = scrub_keys()
    assert made is not None
    assert made.left == []
    assert not lies(folder, wrapped)
    assert not Pass.objects.exists()  # the night's pass is still to come
    assert scrub_keys() is None  # once in ten minutes


def lies(folder, words):
    """Whether they are in any file of the server."""
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and words in path.read_bytes():
                return True
    return False


def test_after_a_start_of_the_server_everything_is_due(server, brand):
    Rewritten.objects.create(
        table=TABLE, at="2026-01-01T00:00Z", deleted=0, counted_since="2026-01-01T00:00Z"
    )
    assert TABLE in tables(server)


def test_two_passes_are_not_made_at_once(server):
    server.execute("SELECT pg_advisory_lock(%s)", [ALONE])
    assert scrub() is None
    with pytest.raises(CommandError, match="Another pass"):
        call_command("scrub")


def test_the_console_shows_what_was_left(curator):
    made = Pass.objects.create(done=["a written anew."], left=["b: others are using it."])
    page = curator.get(f"/admin/scrub/pass/{made.pk}/change/").content.decode()
    assert "a written anew." in page
    assert "b: others are using it." in page
    assert curator.post(f"/admin/scrub/pass/{made.pk}/change/", {}).status_code == 403
    assert curator.get("/admin/scrub/pass/add/").status_code == 403
    assert curator.get("/admin/scrub/pass/").status_code == 200
