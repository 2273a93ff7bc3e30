"""The drill: a house is taken, lost and brought back."""

import asyncio
import os
import uuid
from pathlib import Path

import psycopg
import pytest
from asgiref.sync import SyncToAsync
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from archive.viewer import Viewer
from archive.wall.owner import as_owner
from concierge.answering.answer import answer
from concierge.answering.manners import voice_of
from concierge.answering.turn import Done, Turn
from concierge.chat.ask import Question, accept
from concierge.chat.models import Message
from concierge.clients import kept_keys, keys
from concierge.clients.models import Key, Visitor
from concierge.operations.backup import digest
from concierge.operations.backup.restore import check, holds, naming
from concierge.operations.backup.sealing import BackupError
from tests.answering.shelf import FIRE, HERON

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECTS = ("Heron", "Night Garden", "Otter", "Larch", "Quince")
ASPECTS = (
    "Who drew the {}?",
    "When was the {} drawn?",
    "Where was the {} drawn?",
    "How many colours has the {}?",
    "When was the {} first printed?",
    "How many of the {} were made?",
    "How is the {} washed?",
    "What is the {} made of?",
    "Who prints the {}?",
    "Tell me about the {}.",
)


@pytest.fixture
def vault(settings, tmp_path, media):
    """A folder for backups, and one for uploads with a file in it."""
    settings.BACKUP_DIR = str(tmp_path / "backups")
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.jsonl")
    media.mkdir()
    (media / "brooch.jpg").write_bytes(os.urandom(3000))
    return tmp_path / "backups"


@pytest.fixture(autouse=True)
def _restored():
    """What other threads still hold open is of the database before the restored one."""
    yield
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()
    connection.close()
    connection.close_pool()


@pytest.fixture
def house(shelve):
    shelve("The Heron", HERON)
    shelve("The fire", FIRE)
    for number, name in enumerate(SUBJECTS[1:]):
        shelve(
            f"The {name}",
            f"The {name} was drawn by Ada Quill in {1930 + number} at Lyon. It has {number + 7} "
            f"colours. It was first printed in {1940 + number}; {40 + number} were made. The "
            f"{name} is washed by hand in cold water. It is made of silk twill by Marc Otter.",
        )


def take() -> Path:
    call_command("backup")
    return sorted(Path(django_settings.BACKUP_DIR).glob("*.concierge"))[-1]


def rows() -> dict:
    with as_owner():
        return digest.tables()


def told(brand) -> list:
    """The answers to fifty questions, each with what it cites."""

    voice = voice_of(brand)

    async def asked(words: str):
        turn = Turn(voice, words, Viewer.reading(brand.pk))
        [reply] = [event.reply async for event in answer(turn) if isinstance(event, Done)]
        cited = [(c.text, c.start, c.end, c.source.version_id) for c in reply.citations]
        return words, reply.text, cited

    questions = [aspect.format(name) for name in SUBJECTS for aspect in ASPECTS]
    return [asyncio.run(asked(words)) for words in questions]


def lose(table: str) -> None:
    """As a disk does, past everything that would know of it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def say(brand, person, words="My ring size is 52.") -> Message:
    row, _ = accept(brand, person, Question(uuid.uuid4(), words, uuid.uuid4()))
    return row.question


def test_a_house_comes_back_as_it_was(brand, person, house, vault, media):
    said = say(brand, person).pk
    before, answers = rows(), told(brand)
    upload = (media / "brooch.jpg").read_bytes()
    place = take()

    Message.objects.all().delete()
    brand.documents.all().delete()
    (media / "brooch.jpg").unlink()
    lose("clients_key")
    keys.kept.drop()
    call_command("restore", str(place), replace=True)

    after = rows()
    # The restoring itself is written down, and how far the ledger was read.
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"audit_entry", "privacy_ledgermark"}
    assert sum(bool(cited) for _, _, cited in answers) >= 25
    assert told(brand) == answers
    assert Message.objects.get(pk=said).text == "My ring size is 52."
    assert (media / "brooch.jpg").read_bytes() == upload


def test_who_was_erased_since_does_not_come_back(brand, person, vault):
    from concierge.privacy.erasure import erase
    from concierge.privacy.models import Erasure

    other = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    gone = say(brand, person, "I live in Rue du Canari.").pk
    stays = say(brand, other, "Thank you.").pk
    place = take()
    erase(person, Erasure.Reason.CLIENT)
    call_command("restore", str(place), replace=True)
    keys.kept.drop()
    assert not Visitor.objects.filter(pk=person.pk).exists()
    assert not Message.objects.filter(pk=gone).exists()
    assert Message.objects.get(pk=stays).text == "Thank you."


def test_no_backup_holds_a_key_or_words_in_clear(brand, person, vault):
    from concierge.operations.backup.programs import run, surroundings
    from concierge.operations.backup.restore import extract

    say(brand, person, "A canary of the client's")
    place = take()
    scratch = vault / "scratch"
    extract(place, scratch)
    run("pg_restore", "--file", str(scratch / "plain.sql"), str(scratch / "database.dump"))
    plain = (scratch / "plain.sql").read_bytes()
    wrapped = bytes(Key.objects.get().wrapped).hex().encode()
    assert str(person.pk).encode() in plain
    assert wrapped not in plain
    assert b"A canary" not in plain
    assert "PGPASSWORD" not in surroundings()


def test_the_keys_beside_backups_are_always_those_of_now(brand, person, vault):
    say(brand, person)
    take()
    assert kept_keys.count([person.pk]) == 1
    assert kept_keys.forget([person.pk]) == 1
    assert kept_keys.count([person.pk]) == 0
    assert kept_keys.path().stat().st_mode & 0o777 == 0o600


def test_two_backups_of_one_second_are_two(brand, vault):
    assert take() != take()
    assert len(list(vault.glob("*.concierge"))) == 2


def test_a_key_that_the_database_lost_is_kept_on(brand, person, vault):
    say(brand, person)
    take()
    lose("clients_key")
    take()
    assert kept_keys.count([person.pk]) == 1


def test_a_house_that_goes_takes_its_clients_keys_with_it(brand, person, vault):
    say(brand, person)
    take()
    brand.delete()
    assert kept_keys.count([person.pk]) == 0


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "another file"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(brand, person, vault, harm):
    say(brand, person)
    place = take()
    data = bytearray(place.read_bytes())
    if harm == "cut":
        del data[len(data) // 2 :]
    elif harm == "flipped":
        data[len(data) // 2] ^= 1
    else:
        data[:] = b"" if harm == "empty" else b"%PDF-1.7 and so on" * 20
    place.write_bytes(data)
    before = rows()
    with pytest.raises(CommandError):
        call_command("restore", str(place), replace=True, no_backup=True)
    assert rows() == before


def test_a_database_with_rows_is_not_replaced_unasked(brand, vault):
    place = take()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(place))


def test_a_backup_that_cannot_be_made_leaves_nothing_behind(brand, vault, settings):
    settings.DATABASE_OWNER_URL = settings.DATABASE_OWNER_URL.replace("postgres@", "nobody_here@")
    with pytest.raises(CommandError, match="could not be made"):
        call_command("backup")
    assert not [*vault.glob("*.concierge"), *vault.glob("*.new")]


def test_a_file_that_is_not_there_is_told_to_be_missing(db, vault):
    with pytest.raises(CommandError, match="no file"):
        call_command("restore", str(vault / "none.concierge"))


def test_the_last_backups_are_kept_and_older_ones_removed(brand, vault):
    vault.mkdir()
    for day in range(1, 5):
        (vault / f"2026010{day}T000000Z.concierge").write_bytes(b"old")
    call_command("backup", keep=2)
    names = sorted(place.name for place in vault.glob("*.concierge"))
    assert len(names) == 2
    assert names[0] == "20260104T000000Z.concierge"


def test_a_backup_tells_what_is_in_it(brand, person, vault, capsys):
    place = take()
    call_command("backup", check=place)
    assert "whole" in capsys.readouterr().out
    assert check(place).tables["clients_visitor"][0] == 1


def test_a_password_of_the_database_stands_on_no_command_line(settings):
    from concierge.operations.backup.programs import surroundings

    settings.DATABASE_OWNER_URL = "postgresql://ada:secret@db.example:5433/house"
    own = surroundings()
    assert (own["PGPASSWORD"], own["PGHOST"], own["PGPORT"]) == ("secret", "db.example", "5433")


def test_a_database_that_does_not_answer_is_told_in_a_sentence(settings, tmp_path):
    settings.DATABASE_OWNER_URL = f"postgresql://ada@/house?host={tmp_path}"
    with pytest.raises(BackupError, match="does not answer"):
        holds("house")


def test_psycopg_is_what_the_addresses_are_made_for(settings):
    address = naming(settings.DATABASE_OWNER_URL, "another")
    assert psycopg.conninfo.conninfo_to_dict(address)["dbname"] == "another"
