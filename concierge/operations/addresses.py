"""Where the embedded services answer: known from the data directory alone, before they run."""

import hashlib
from pathlib import Path
from urllib.parse import quote, urlsplit

DATABASE_NAME = "concierge"
DATABASE_USER = "postgres"


def socket_dir(data_dir: Path) -> Path:
    """A short directory of this data directory's own: socket paths end at 107 bytes."""
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    return Path("/tmp") / f"concierge-{digest}"  # noqa: S108 - made 0700 and ours


def redis_socket(data_dir: Path) -> Path:
    return socket_dir(data_dir) / "redis.sock"


def database_url(data_dir: Path) -> str:
    host = quote(str(socket_dir(data_dir)), safe="")
    return f"postgresql://{DATABASE_USER}@/{DATABASE_NAME}?host={host}"


def redis_url(data_dir: Path) -> str:
    return f"unix://{redis_socket(data_dir)}"


def celery_url(redis_url: str) -> str:
    """The same server in kombu's spelling."""
    parts = urlsplit(redis_url)
    return f"redis+socket://{parts.path}" if parts.scheme == "unix" else redis_url
