"""Forgetting somebody while something of theirs is being done, all for real."""

import asyncio
import json
import subprocess
import threading
import uuid

import psycopg
import pytest
import redis
from django.conf import settings as configured
from django.db import connection, connections

from archive.threads import in_thread
from concierge.chat.ask import NotYours, Question, accept
from concierge.chat.models import Message
from concierge.chat.write import begin
from concierge.clients.models import Client, Key, Memory, Visitor
from concierge.llm.ledger import settled
from concierge.llm.models import Call, Reservation, Spending
from concierge.operations import addresses
from concierge.operations.embedded import postgres
from concierge.privacy import export, ledger_replay
from concierge.privacy.erasure import erase, sweep
from concierge.privacy.ledger import LedgerError
from concierge.privacy.models import Erasure, Export, LedgerMark
from concierge.privacy.tasks import finish_erasures, make_export
from tests.fake_provider import Gate, Script

pytestmark = pytest.mark.django_db(transaction=True)

CLIENT = Erasure.Reason.CLIENT
SECRET = "My aunt Quillfeather drew the kingfisher, who else did?"


@pytest.fixture
def server():
    with redis.Redis.from_url(configured.REDIS_URL) as connected:
        yield connected


async def test_a_running_answer_is_left_and_leaves_nothing(
    brand, person, embedded, provider, server, caplog
):
    gate = Gate()
    provider.will(Script(text="Ottoline drew it in May [1]. In nine colours [1].", gate=gate))
    sent = Question(uuid.uuid4(), SECRET, uuid.uuid4())
    answer, _ = await in_thread(accept)(brand, person, sent)
    task = begin(answer.pk)
    gate.allow(6)
    await asyncio.to_thread(gate.reached.wait, 10)
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(server.keys, "answer:*"):
            pass
    erased = await asyncio.to_thread(alone, erase, person, CLIENT)
    assert await asyncio.to_thread(provider.requests[-1].left.wait, 5)
    gate.release()
    await task
    await settled()
    await in_thread(sweep)()
    assert await in_thread(left_of)(person) == []
    assert server.keys("answer:*") == server.keys("asked-from:*") == []
    assert erased.receipt["receipt"]["places"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def alone(act, *given):
    """In a thread whose connection is closed behind it."""
    try:
        return act(*given)
    finally:
        connections.close_all()


def left_of(person):
    found = [model.__name__ for model in (Message, Memory, Key, Export) if model.objects.exists()]
    if Visitor.objects.filter(pk=person.pk).exists():
        found.append("Visitor")
    named = [model for model in (Call, Reservation) if model.objects.exclude(visitor="").exists()]
    found += [model.__name__ for model in named]
    if Spending.objects.filter(scope__startswith="visitor:").exists():
        found.append("Spending")
    return found


def test_an_export_that_is_being_made_comes_to_nothing(person, answered):
    asked = export.ask(person)
    with psycopg.connect(configured.DATABASE_OWNER_URL, dbname=name_of_database()) as other:
        # The worker and the erasure both wait for this row, and then go on at once.
        other.execute("SELECT FROM privacy_export WHERE id = %s FOR UPDATE", [asked.pk])
        threads = [
            threading.Thread(target=alone, args=(make_export, str(asked.pk))),
            threading.Thread(target=alone, args=(erase, person, CLIENT)),
        ]
        for each in threads:
            each.start()
        waiting_for(2)
        other.rollback()
    for each in threads:
        each.join(30)
    assert left_of(person) == []


def name_of_database():
    return connection.settings_dict["NAME"]


def waiting_for(count):
    """Until so many wait for a lock of another's."""
    statement = (
        "SELECT count(*), pg_sleep(0.01) FROM pg_stat_activity"
        " WHERE datname = %s AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(
        configured.DATABASE_OWNER_URL, dbname=name_of_database(), autocommit=True
    ) as watching:
        for _ in range(2000):
            if watching.execute(statement, [name_of_database()]).fetchone()[0] >= count:
                return
    raise AssertionError("nobody waits")


def test_payloads_that_name_them_leave_the_queue_and_no_others(brand, person, server):
    other = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    own, theirs = export.ask(person), export.ask(other)
    for each in (own, theirs, own):
        make_export.delay(str(each.pk))
    erased = erase(person, CLIENT)
    found = {place["name"]: place["found"] for place in erased.receipt["receipt"]["places"]}
    assert found["queues"] == 2
    [payload] = server.lrange("concierge", 0, -1)
    assert str(theirs.pk) in json.dumps(json.loads(payload)["headers"])
    assert not make_export(str(own.pk))


def dumped():
    """What pg_dump says of every row but those of the log, which is never taken back."""
    return subprocess.run(
        [
            postgres.binaries() / "pg_dump",
            "--data-only",
            "--disable-triggers",
            "--exclude-table=audit_entry",
            addresses.owner_url(configured.DATA_DIR, name_of_database()),
        ],
        check=True,
        capture_output=True,
    ).stdout


def restored(dump):
    address = addresses.owner_url(configured.DATA_DIR, name_of_database())
    with psycopg.connect(address, autocommit=True) as owner:
        names = owner.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename <> 'audit_entry'"
        ).fetchall()
        owner.execute("TRUNCATE " + ", ".join(name for (name,) in names))
    subprocess.run(
        [postgres.binaries() / "psql", "-q", "-v", "ON_ERROR_STOP=1", address],
        input=dump,
        check=True,
        capture_output=True,
    )


def test_a_restored_backup_brings_nobody_back(brand, person, answered, django_user_model):
    user = django_user_model.objects.create(username="client-ada")
    client = Client.objects.create(brand=brand, user=user)
    Visitor.objects.filter(pk=person.pk).update(client=client)
    Memory.objects.create(visitor=person, kind="name", text="Quillfeather", origin="said")
    stays = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    Memory.objects.create(visitor=stays, kind="taste", text="Silk", origin="said")
    backup = dumped()
    erase(Client.objects.get(), CLIENT)
    assert not ledger_replay.keep_up()
    restored(backup)
    assert Visitor.objects.filter(pk=person.pk).exists()
    assert finish_erasures() == 1
    assert [each.text for each in Memory.objects.all()] == ["Silk"]
    assert list(Visitor.objects.all()) == [stays]
    assert not Message.objects.exists()
    assert not django_user_model.objects.filter(pk=user.pk).exists()
    assert Erasure.objects.get().reason == Erasure.Reason.REPLAY
    assert not ledger_replay.is_behind()


def test_a_database_made_anew_takes_the_ledger_without_doing_it_all_again(person):
    erase(person, CLIENT)
    Erasure.objects.all().delete()
    assert ledger_replay.replay() == 0
    assert not Erasure.objects.exists()
    assert not ledger_replay.is_behind()


def test_a_ledger_that_lost_its_end_is_told_and_nothing_is_replayed(person, ledger_file):
    erase(person, CLIENT)
    ledger_replay.keep_up()
    assert LedgerMark.objects.get().line == 2
    ledger_file.write_bytes(ledger_file.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(LedgerError, match="ends at line 1"):
        ledger_replay.replay()


def test_a_question_of_somebody_just_forgotten_is_nobodys(brand, person):
    known = Visitor.objects.get(pk=person.pk)
    erase(person, CLIENT)
    with pytest.raises(NotYours):
        accept(brand, known, Question(uuid.uuid4(), SECRET, uuid.uuid4()))
    assert not Message.objects.exists()
