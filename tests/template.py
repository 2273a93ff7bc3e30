"""The test database: migrated once for each state of the migrations, then copied.

The template outlives the run, in the data directory of the services; a change of a migration, of a
wall or of the lock has another made.
"""

import fcntl
import hashlib
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("archive", "catalog", "concierge")
PREFIX = "template_"

BEFORE = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"


def makes_the_database(path: Path) -> bool:
    return "migrations" in path.parts or "wall" in path.parts or path.name == "walls.py"


def fingerprint() -> str:
    sources = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    told = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(filter(makes_the_database, sources)):
        told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return told.hexdigest()[:16]


STATE = fingerprint()  # of before the code was read: what changes meanwhile is made again


def copy(url: str, name: str, lock: Path) -> None:
    """Make the database `name` anew. `url` is the owner's, to a database that is none of these."""
    template = PREFIX + STATE
    with lock.open("w") as held, psycopg.connect(url, autocommit=True) as server:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not server.execute("SELECT FROM pg_database WHERE datname = %s", [template]).fetchall():
            make(server, template)
        drop(server, name)
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def make(server: psycopg.Connection, template: str) -> None:
    """Migrate a database of another name, which becomes the template once it is whole."""
    from django.core.management import call_command
    from django.db import connection

    known = server.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
    )
    for (name,) in known.fetchall():
        drop(server, name)
    server.execute(f"CREATE DATABASE {template}_new")
    use(f"{template}_new")
    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()
    server.execute(f"ALTER DATABASE {template}_new RENAME TO {template}")


def drop(server: psycopg.Connection, name: str) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def use(name: str) -> None:
    """Let Django connect to this database from now on."""
    from django.db import connections

    connections["default"].close()
    connections["default"].close_pool()
    connections.settings["default"]["NAME"] = name
