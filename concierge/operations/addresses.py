"""Where the embedded services answer: known from the data directory alone, before they run."""

import hashlib
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

DATABASE_NAME = "concierge"
DATABASE_OWNER = "postgres"
DATABASE_USER = "concierge_app"  # of the application: owns nothing, passes no wall


def socket_dir(data_dir: Path) -> Path:
    """A short directory of this data directory's own: socket paths end at 107 bytes."""
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    return Path("/tmp") / f"concierge-{digest}"  # noqa: S108 - made 0700 and ours


def redis_socket(data_dir: Path) -> Path:
    return socket_dir(data_dir) / "redis.sock"


def database_url(data_dir: Path, name: str = DATABASE_NAME, user: str = DATABASE_USER) -> str:
    host = quote(str(socket_dir(data_dir)), safe="")
    return f"postgresql://{user}@/{name}?host={host}"


def owner_url(data_dir: Path, name: str = DATABASE_NAME) -> str:
    return database_url(data_dir, name, DATABASE_OWNER)


def redis_url(data_dir: Path, number: int = 0) -> str:
    """The address of one of the server's numbered databases."""
    return f"unix://{redis_socket(data_dir)}" + (f"?db={number}" if number else "")


def celery_url(redis_url: str) -> str:
    """The same server and database in kombu's spelling."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?" + urlencode({"virtual_host": number})
