"""The product served with a Redis of its own, so that both may be killed."""

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from concierge.operations import addresses
from concierge.operations.embedded import Service, ensure_running, process, redis_server, stop
from tests.house import *  # noqa: F403
from tests.site import Site, environment


@dataclass
class OwnRedis:
    data_dir: Path

    def start(self) -> None:
        ensure_running(self.data_dir, [Service.REDIS])

    def kill(self) -> None:
        process.end(redis_server.processes(self.data_dir), signal.SIGKILL, 10)


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory) -> Iterator[OwnRedis]:
    server = OwnRedis(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    stop(server.data_dir, [Service.REDIS])
    shutil.rmtree(addresses.socket_dir(server.data_dir), ignore_errors=True)


@pytest.fixture(scope="module")
def served(django_db_setup, served_provider, own_redis) -> Iterator[Site]:
    told = {"REDIS_URL": addresses.redis_url(own_redis.data_dir), "ORPHANS_EVERY": "0.3"}
    site = Site(environment(served_provider) | told)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def site(served, own_redis, embedded) -> Site:
    """It runs, with its Redis, and its house has one document."""
    own_redis.start()
    if not served.answers():
        served.start()
    return served
