"""Servers of this test's own, whose every file is read."""

import os
import shutil
import time
import uuid
from pathlib import Path

import psycopg
import pytest
import redis

from concierge.operations import addresses
from concierge.operations.embedded import ensure_running, stop
from concierge.operations.embedded.process import wait_until
from concierge.scrub import files, log, redis_file
from concierge.scrub.rewrite import rewrite, rewrite_notes

ROWS = 400


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("house") / "var"
    try:
        ensure_running(home)
        yield home
    finally:
        stop(home)
        shutil.rmtree(addresses.socket_dir(home), ignore_errors=True)


@pytest.fixture
def server(home):
    with psycopg.connect(addresses.owner_url(home), autocommit=True) as server:
        yield server


def hits(folder: Path, canary: bytes) -> set[str]:
    """The files below `folder` that hold it, by their names there."""
    found = set()
    for path in folder.rglob("*"):
        try:
            if path.is_file() and canary in path.read_bytes():
                found.add(str(path.relative_to(folder)).partition("/")[0])
        except FileNotFoundError:
            continue  # the server has removed it meanwhile
    return found


@pytest.fixture
def canary():
    return f"canary{uuid.uuid4().hex}"


@pytest.fixture
def planted(server, canary):
    """A table of which a row, its long text beside it, and a common value have been deleted."""
    table = f"said_{canary[-8:]}"
    server.execute(f"CREATE TABLE {table} (id bigserial PRIMARY KEY, words text, sealed bytea)")
    server.execute(f"CREATE INDEX ON {table} (words)")
    server.execute(
        f"INSERT INTO {table} (words, sealed) SELECT 'kept ' || n, '\\x01' "
        "FROM generate_series(1, %s) AS n",
        [ROWS],
    )
    server.execute(
        f"INSERT INTO {table} (words, sealed) SELECT %s, %s FROM generate_series(1, 50)",
        [f"my name is {canary}", canary.encode()],
    )
    server.execute(f"ALTER TABLE {table} ADD long text")
    server.execute(f"ALTER TABLE {table} ALTER long SET STORAGE EXTERNAL")
    server.execute(f"INSERT INTO {table} (long) VALUES (%s)", [canary * 400])
    server.execute(f"ANALYZE {table}")
    server.execute("CHECKPOINT")
    server.execute(f"DELETE FROM {table} WHERE words IS NULL OR words NOT LIKE 'kept %%'")
    return table


def test_a_plain_vacuum_leaves_deleted_rows_in_the_files(home, server, planted, canary):
    server.execute(f"VACUUM {planted}")
    server.execute("CHECKPOINT")
    assert "pg_wal" in hits(home / "postgres", canary.encode())


def test_after_the_pass_no_file_holds_what_was_deleted(home, server, planted, canary):
    assert hits(home / "postgres", canary.encode()) == {"base", "pg_wal"}
    assert rewrite(server, planted) == ""
    assert rewrite_notes(server).left == []
    told = log.turn_over(server)
    assert told.left == []
    assert hits(home / "postgres", canary.encode()) == set()
    [(count,)] = server.execute(f"SELECT count(*) FROM {planted}").fetchall()
    assert count == ROWS


def test_a_table_that_became_empty_leaves_no_notes_of_its_values(home, server, planted, canary):
    server.execute(f"DELETE FROM {planted}")
    rewrite(server, planted)
    rewrite_notes(server)
    log.turn_over(server)
    assert hits(home / "postgres", canary.encode()) == set()


def test_a_log_whose_segments_are_used_again_holds_nothing_either(home, server, planted, canary):
    server.execute("ALTER SYSTEM SET wal_recycle = on")
    server.execute("SELECT pg_reload_conf()")
    try:
        rewrite(server, planted)
        rewrite_notes(server)
        log.turn_over(server)
        assert hits(home / "postgres", canary.encode()) == set()
    finally:
        server.execute("ALTER SYSTEM RESET wal_recycle")
        server.execute("SELECT pg_reload_conf()")


def test_a_table_in_use_is_left_and_told(home, server, planted):
    with psycopg.connect(addresses.owner_url(home)) as other:
        other.execute(f"SELECT count(*) FROM {planted}")
        assert rewrite(server, planted) == f"{planted}: others are using it."
    assert rewrite(server, planted) == ""


def test_rows_that_an_open_transaction_still_sees_are_told(home, server, planted):
    with psycopg.connect(addresses.owner_url(home)) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT 1")
        server.execute(f"DELETE FROM {planted} WHERE words = 'kept 1'")
        assert "still see 1 deleted row." in rewrite(server, planted)
    assert rewrite(server, planted) == ""


def test_a_role_without_the_right_is_told_what_it_lacks(home, server, planted):
    with psycopg.connect(addresses.database_url(home), autocommit=True) as other:
        [problem] = log.turn_over(other).left
    assert "pg_checkpoint" in problem


def test_redis_s_file_holds_nothing_that_was_deleted(home, canary):
    with redis.Redis.from_url(addresses.redis_url(home)) as server:
        server.set("kept", "words")
        server.xadd("answer:1:1", {"html": canary})
        server.delete("answer:1:1")
        assert wait_until(lambda: bool(hits(home / "redis", canary.encode())), 10)
        assert redis_file.rewrite(addresses.redis_url(home)).left == []
        assert not hits(home / "redis", canary.encode())
        assert server.get("kept") == b"words"


def test_a_redis_that_does_not_answer_is_told(tmp_path):
    [problem] = redis_file.rewrite(f"unix://{tmp_path}/none.sock").left
    assert problem.startswith("Redis does not answer")


@pytest.fixture
def var(tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "media").mkdir()
    return tmp_path


def aged(path: Path, days: float, text: str = "line\n") -> Path:
    path.write_text(text)
    then = time.time() - days * files.DAY

    os.utime(path, (then, then))
    return path


def test_a_log_is_put_aside_and_removed_after_a_while(var):
    log_file, old = aged(var / "log" / "worker.log", 0), var / "log" / "worker.log.1"
    files.tidy(var, var / "media")
    assert (log_file.read_text(), old.read_text()) == ("", "line\n")
    log_file.write_text("later\n")
    files.tidy(var, var / "media")
    assert (log_file.read_text(), old.read_text()) == ("later\n", "line\n")
    aged(old, 15)
    files.tidy(var, var / "media")
    assert (log_file.read_text(), old.read_text()) == ("", "later\n")


def test_uploads_that_were_never_finished_go_after_a_day(var):
    half, fresh = aged(var / "media" / "tmpabc", 2), aged(var / "media" / "tmpdef", 0)
    whole = aged(var / "media" / "whole.pdf", 2)
    files.tidy(var, var / "media")
    assert [half.exists(), fresh.exists(), whole.exists()] == [False, True, True]
