"""A data directory and services of the test run's own, and the cast that tests name.

The addresses reach Django's settings by environment, the only way in that they have; so this file
names the settings module itself, after that, where pytest's configuration would name it too early.
Each pytest-xdist worker has its own databases in both services.
"""

import fcntl
import itertools
import os
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import IO

import psycopg
import pytest
import redis

from concierge.operations import addresses
from concierge.operations.embedded import Service, ensure_running, stop
from tests import emptying, template

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
started: list[Service] = []
held: list[IO[str]] = []


def free_data_dir() -> Path:
    """The first that no other test run of this clone holds; the lock ends with the process."""
    for number in itertools.count(1):
        directory = ROOT / "var" / f"test-{number}"
        directory.mkdir(parents=True, exist_ok=True)
        lock = (directory / "run.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        held.append(lock)
        return directory
    raise AssertionError


OWN = not WORKER and "CONCIERGE_DATA_DIR" not in os.environ
if OWN:
    os.environ["CONCIERGE_DATA_DIR"] = str(free_data_dir())
DATA_DIR = Path(os.environ["CONCIERGE_DATA_DIR"]).resolve()
NUMBER = int(WORKER.removeprefix("gw") or -1) + 2  # 0 is the product's own, 1 has no workers
os.environ["DATABASE_URL"] = addresses.database_url(DATA_DIR)
os.environ["DATABASE_OWNER_URL"] = addresses.owner_url(DATA_DIR)
os.environ["REDIS_URL"] = addresses.redis_url(DATA_DIR, NUMBER)
for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "EMBEDDER_API_KEY", "EMBEDDER", "PRODUCTION"):
    os.environ.pop(name, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "concierge.settings"
if not WORKER:
    started.extend(ensure_running(DATA_DIR))
if OWN:
    with psycopg.connect(addresses.owner_url(DATA_DIR, "postgres"), autocommit=True) as server:
        server.execute("ALTER SYSTEM SET fsync = off")  # only a fall of the machine would tell
        server.execute("SELECT pg_reload_conf()")


def pytest_configure() -> None:
    from django.conf import settings

    from archive.wall.scope import EVERYTHING, set_for_process

    assert os.environ["REDIS_URL"] == settings.REDIS_URL, "settings were read before conftest.py"
    # What a test commits need not outlive the machine; a forgotten transaction fails, not hangs.
    options = "-c synchronous_commit=off -c lock_timeout=20s"
    settings.DATABASES["default"]["OPTIONS"]["options"] = options
    settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{NUMBER}"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each browser of a test would list all static files anew; they are looked for when asked for.
    settings.WHITENOISE_AUTOREFRESH = True
    # Tests arrange rows of every house; what a visitor asks for enters a scope of its own.
    set_for_process(EVERYTHING)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker, too, name the settings module only after its own addresses."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    """A directory that is ours alone is left still, whatever a killed run left running in it."""
    if OWN or started:
        stop(DATA_DIR, tuple(Service) if OWN else started)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """What is being written beside an answer is there before the tables are emptied; and the next
    test speaks the language of the settings, whatever page this one has read, in nobody's name."""
    from django.utils import translation

    from concierge.clients.asking import asking
    from concierge.llm.ledger import under_way

    wait(list(under_way))
    translation.deactivate()
    assert asking.get() == "", "what asked in a visitor's name left it behind"


def connect_as(role: str) -> None:
    from django.db import connections

    connections["default"].close()
    connections["default"].close_pool()
    connections.settings["default"]["USER"] = role


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """A migrated database of this worker's own, made by the owner. Tests use it as the
    application's role does, and what they commit is taken out again by the owner."""
    from django.test import TransactionTestCase

    name, server = f"test_{WORKER or 'alone'}", addresses.owner_url(DATA_DIR, "postgres")
    with django_db_blocker.unblock():
        connect_as(addresses.DATABASE_OWNER)
        template.copy(server, name, DATA_DIR / "template.lock")
        template.use(name)
        connect_as(addresses.DATABASE_USER)
    owner = emptying.Owner(addresses.owner_url(DATA_DIR, name))
    TransactionTestCase._fixture_teardown = lambda _: owner.empty()
    yield
    with psycopg.connect(server, autocommit=True) as other:
        template.drop(other, name)


@pytest.fixture(scope="session")
def redis_of_tests() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as server:
        yield server


@pytest.fixture(autouse=True)
def _empty_redis(redis_of_tests) -> None:
    redis_of_tests.flushdb()


@pytest.fixture
def media(settings, tmp_path):
    """A folder of this test's own for uploads."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def brand(db):
    from archive.models import Brand

    return Brand.objects.create(slug="maison", name="Maison", language="en")


@pytest.fixture
def other_brand(db):
    from archive.models import Brand

    return Brand.objects.create(slug="rivale", name="Rivale", language="en")


@pytest.fixture
def viewer(brand):
    """Who reads what the brand shows to everyone."""
    from archive.viewer import Viewer

    return Viewer.reading(brand.pk)


@pytest.fixture
def visitor():
    """The browser of somebody unknown, with a cookie jar of its own."""
    from django.test import Client

    return Client()


@pytest.fixture
def other_visitor():
    from django.test import Client

    return Client()


def signed_in(name: str, *, superuser: bool):
    from django.contrib.auth import get_user_model
    from django.test import Client

    users = get_user_model().objects
    make = users.create_superuser if superuser else users.create_user
    browser = Client()
    browser.force_login(make(username=name, password="a test's own", is_staff=True))
    return browser


def signing_in_again(browser):
    """The browser of somebody who signs in anew wherever a change of their rights ended that."""
    from django.contrib.auth import SESSION_KEY, get_user_model

    person = get_user_model().objects.get(pk=browser.session[SESSION_KEY])
    ask = browser.request

    def request(**told):
        if SESSION_KEY not in browser.session:
            browser.force_login(person)
        return ask(**told)

    browser.request = request
    return browser


@pytest.fixture
def advisor(brand):
    """The browser of a client advisor: staff, with no permission but those a test grants."""
    from django.contrib.auth import get_user_model

    from concierge.accounts.models import Membership

    browser = signed_in("advisor", superuser=False)
    Membership.objects.create(user=get_user_model().objects.get(username="advisor"), brand=brand)
    return signing_in_again(browser)


@pytest.fixture
def curator(db):
    """The browser of the curator, who may do everything in the administration."""
    return signed_in("curator", superuser=True)
