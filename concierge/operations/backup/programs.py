"""PostgreSQL's own programs for dumping and restoring, as the role that owns the tables."""

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from archive.wall.scope import EVERYTHING, SETTING
from concierge.operations.backup.sealing import BackupError
from concierge.operations.embedded import ServiceError
from concierge.operations.embedded.postgres import binaries

WITHOUT = ("clients_key",)  # kept beside all backups: concierge/clients/kept_keys.py
NAMES = {"user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT"}
OTHERS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "service": "PGSERVICE"}


def program(name: str) -> str:
    """The one that comes with the product, or the machine's own. Raises BackupError."""
    try:
        found: str | None = str(binaries() / name)
    except ServiceError:
        found = None
    if found is None or not Path(found).exists():
        found = shutil.which(name)
    if found is None:
        raise BackupError(f"The program {name} of PostgreSQL is not installed here.")
    return found


def surroundings() -> dict[str, str]:
    """Who connects and where, by environment: passwords stand on no command line."""
    told = conninfo_to_dict(settings.DATABASE_OWNER_URL)
    named = {**NAMES, **OTHERS}
    own = {named[word]: str(value) for word, value in told.items() if word in named}
    # An owner who is no superuser stands behind the walls too, and is let through as a command is.
    return {**os.environ, **own, "PGOPTIONS": f"-c {SETTING}={EVERYTHING.words}"}


def dump(database: str, snapshot: str, place: Path) -> None:
    """Everything but the clients' keys, as `snapshot` has it.

    Raises BackupError.
    """
    left_out = [f"--exclude-table-data=public.{table}" for table in WITHOUT]
    options = ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security"]
    run("pg_dump", *options, *left_out, f"--snapshot={snapshot}", f"--file={place}", database)


def load(place: Path, database: str) -> None:
    """Fill an empty database. Raises BackupError."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    run("pg_restore", *options, f"--dbname={database}", str(place))


def run(name: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [program(name), *arguments],
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        said = next((line for line in lines if "error" in line), "").partition("error: ")[2]
        raise BackupError(f"{name} did not end well{': ' + said[:300] if said else ''}.")
