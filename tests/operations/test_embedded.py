"""The real servers, killed, moved, damaged and obstructed."""

import errno
import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from threading import Thread

import psycopg
import pytest
import redis

from concierge.operations import addresses
from concierge.operations.embedded import (
    Service,
    ServiceError,
    ensure_running,
    lifecycle,
    postgres,
    process,
    redis_server,
    status,
    stop,
)

BOTH = [Service.POSTGRES, Service.REDIS]


@contextmanager
def running_in(home):
    try:
        ensure_running(home)
        yield home
    finally:
        stop(home)
        shutil.rmtree(addresses.socket_dir(home), ignore_errors=True)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Both services in a path with spaces, below directories that are closed to others."""
    with running_in(tmp_path_factory.mktemp("a house") / "with spaces" / "var") as home:
        yield home


@pytest.fixture
def up(house):
    ensure_running(house)
    return house


def say(home, statement, *values):
    with psycopg.connect(addresses.owner_url(home), autocommit=True) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def nudges(home):
    return redis.Redis.from_url(addresses.redis_url(home), decode_responses=True)


def pids(home):
    return postgres.processes(home) + redis_server.processes(home)


def kill(home):
    assert process.end(pids(home), signal.SIGKILL, 10)


def test_a_running_service_is_not_started_again(up):
    before = pids(up)
    assert ensure_running(up) == []
    assert set(before) <= set(pids(up))


def test_committed_rows_and_queued_nudges_outlive_a_kill(up):
    say(up, "CREATE TABLE kept (word text)")
    say(up, "INSERT INTO kept VALUES (%s)", "heron")
    nudges(up).rpush("queue", "nudge")
    kill(up)
    assert status(up) == {Service.POSTGRES: False, Service.REDIS: False}
    assert ensure_running(up) == BOTH
    assert say(up, "SELECT word FROM kept") == [("heron",)]
    assert nudges(up).lrange("queue", 0, -1) == ["nudge"]


def busy_for_ever(home):
    with pytest.raises(psycopg.OperationalError):
        say(home, "SELECT count(*) FROM generate_series(1, 1000000000000)")


def test_a_server_killed_alone_recovers_from_its_busy_children(up):
    query = Thread(target=busy_for_ever, args=[up])
    query.start()
    active = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND starts_with(query, %s)"
    assert process.wait_until(lambda: bool(say(up, active, "SELECT count(*)")), 10)
    server = int((postgres.directory(up) / "postmaster.pid").read_text().split()[0])
    assert process.end([server], signal.SIGKILL, 10)
    assert ensure_running(up) == [Service.POSTGRES]
    assert say(up, "SELECT 1") == [(1,)]
    query.join(10)
    assert not query.is_alive()


def test_a_lock_that_names_another_program_is_not_believed(up):
    stop(up)
    lock = postgres.directory(up) / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{lock.parent}\n1\n5432\n{addresses.socket_dir(up)}\n\n\n\n")
    socket = addresses.socket_dir(up) / ".s.PGSQL.5432.lock"
    socket.write_text(lock.read_text())
    assert ensure_running(up) == BOTH


def test_removed_sockets_do_not_leave_two_servers_on_one_directory(up):
    for left in addresses.socket_dir(up).iterdir():
        left.unlink()
    assert ensure_running(up) == BOTH
    assert len(redis_server.processes(up)) == 1
    assert say(up, "SELECT 1") == [(1,)]


def test_stopping_ends_every_process_and_says_what_ran(up):
    assert stop(up) == BOTH
    assert pids(up) == []
    assert stop(up) == []


def test_a_truncated_append_only_file_is_read_as_far_as_it_goes(up):
    nudges(up).set("first", "whole")
    nudges(up).set("second", "cut")
    stop(up)
    file = redis_server.directory(up) / "appendonly.aof"
    with file.open("rb+") as appended:
        appended.truncate(file.stat().st_size - 3)
    ensure_running(up)
    assert nudges(up).get("first") == "whole"
    assert nudges(up).get("second") is None


def test_a_damaged_append_only_file_is_one_sentence_and_nothing_stays_started(up):
    nudges(up).set("word", "heron")
    stop(up)
    file = redis_server.directory(up) / "appendonly.aof"
    whole = file.read_bytes()
    file.write_bytes(b"*3\r\nnothing like it\r\n" + whole)
    try:
        with pytest.raises(ServiceError, match="cannot read its append-only file") as told:
            ensure_running(up)
        assert "\n" not in str(told.value)
        assert pids(up) == []
    finally:
        file.write_bytes(whole)


def test_data_of_another_major_version_are_refused_in_a_sentence(up):
    stop(up)
    version = postgres.directory(up) / "PG_VERSION"
    version.write_text("16\n")
    try:
        with pytest.raises(ServiceError, match="written by PostgreSQL 16 and this is 18"):
            ensure_running(up)
    finally:
        version.write_text("18\n")


def test_a_moved_clone_keeps_its_rows(tmp_path):
    with running_in(tmp_path / "before") as home:
        say(home, "CREATE TABLE moved ()")
    home.rename(tmp_path / "after")
    with running_in(tmp_path / "after") as home:
        assert say(home, "SELECT count(*) FROM moved") == [(0,)]


def test_two_data_directories_run_at_once_and_apart(up, tmp_path):
    with running_in(tmp_path / "neighbour") as other:
        nudges(other).set("word", "rivale")
        nudges(up).set("word", "maison")
        say(other, "CREATE TABLE theirs ()")
        assert nudges(other).get("word") == "rivale"
        assert say(up, "SELECT to_regclass('theirs')") == [(None,)]


def test_a_socket_directory_that_is_a_link_is_refused(tmp_path):
    home = tmp_path / "var"
    sockets = addresses.socket_dir(home)
    sockets.symlink_to(tmp_path)
    try:
        with pytest.raises(ServiceError, match="not to this product"):
            ensure_running(home)
    finally:
        sockets.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another user's directory")
def test_a_socket_directory_of_another_user_is_refused(tmp_path):
    home = tmp_path / "var"
    sockets = addresses.socket_dir(home)
    sockets.mkdir()
    os.chown(sockets, 1, 1)
    try:
        with pytest.raises(ServiceError, match="belongs to"):
            ensure_running(home)
    finally:
        sockets.rmdir()


def test_a_data_directory_with_other_things_in_it_is_left_alone(tmp_path):
    strange = tmp_path / "postgres" / "letters.txt"
    strange.parent.mkdir()
    strange.write_text("dear")
    if os.geteuid() == 0:
        os.chown(strange.parent, 65534, 65534)
    with pytest.raises(ServiceError, match="holds no PostgreSQL data"):
        ensure_running(tmp_path)
    assert strange.read_text() == "dear"


def test_an_unfinished_first_start_is_begun_again(tmp_path):
    half = tmp_path / "var" / "postgres.new" / "base"
    half.mkdir(parents=True)
    with running_in(tmp_path / "var") as home:
        assert say(home, "SELECT 1") == [(1,)]
        assert not half.parent.exists()


def test_the_server_never_writes_a_statement_to_its_log(up):
    log = postgres.log_file(up)
    since = log.stat().st_size
    with pytest.raises(psycopg.errors.UniqueViolation):
        say(
            up,
            "CREATE TABLE once (word text PRIMARY KEY);"
            "INSERT INTO once VALUES ('étole'), ('étole')",
        )
    assert "étole" not in log.read_bytes()[since:].decode()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_what_the_file_system_refuses_becomes_a_sentence(number, tmp_path):
    with pytest.raises(ServiceError) as told, lifecycle.plainly(tmp_path):
        raise OSError(number, os.strerror(number), str(tmp_path / "file"))
    assert str(tmp_path) in str(told.value)
    assert os.strerror(number) not in str(told.value)


def test_a_sentence_says_that_the_disk_was_full_when_the_server_says_so(tmp_path):
    log = tmp_path / "log" / "postgres.log"
    log.parent.mkdir()
    log.write_text("PANIC:  could not write to file: No space left on device\n")
    assert "is full" in str(process.failure("PostgreSQL", log, 0))


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=80m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    assert subprocess.run(["umount", str(disk)]).returncode == 0


def test_a_disk_that_fills_while_the_database_is_made_is_a_sentence_and_leaves_nothing(small_disk):
    with running_in(small_disk / "var") as home:
        with psycopg.connect(addresses.owner_url(home, "postgres"), autocommit=True) as server:
            server.execute(f"DROP DATABASE {addresses.DATABASE_NAME}")
        stop(home)
        left = shutil.disk_usage(home).free - 2**19  # bytes; a database takes more
        (small_disk / "others").write_bytes(bytes(left))
        with pytest.raises(ServiceError, match=r"^PostgreSQL did not start: the disk .* is full"):
            ensure_running(home)
        assert pids(home) == []


def test_postgresql_has_a_share_of_the_machines_memory(up):
    set_to = dict(
        say(
            up,
            "SELECT name, setting::bigint * CASE unit WHEN '8kB' THEN 8 ELSE 1 END / 1024"
            " FROM pg_settings WHERE name IN ('shared_buffers', 'maintenance_work_mem')",
        )
    )
    assert set_to == {
        "shared_buffers": postgres.share(8),
        "maintenance_work_mem": postgres.share(16),
    }
    assert all(postgres.LEAST <= size <= postgres.MOST for size in set_to.values())
    assert postgres.share(16) <= postgres.memory()
