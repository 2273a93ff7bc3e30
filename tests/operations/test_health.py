import pytest
import redis
from django.conf import settings
from django.test import AsyncClient

from concierge.operations.heartbeat import beat, leave

pytestmark = pytest.mark.django_db(transaction=True)


class Worker:
    """What Celery's signals name as their sender."""

    hostname = "celery@here"


@pytest.fixture
def worker():
    beat(Worker())
    yield Worker()
    leave(Worker())


@pytest.fixture
def no_redis(settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"


async def get(path):
    return await AsyncClient().get(path)


async def test_healthz_answers_without_redis(no_redis):
    assert (await get("/healthz")).status_code == 200


async def test_readyz_is_ready_when_every_part_works(worker):
    response = await get("/readyz")
    assert (response.status_code, response.json()["ok"]) == (200, True)
    assert all(response.json()[part]["ok"] for part in ("database", "redis", "worker", "model"))


async def test_readyz_says_that_no_worker_runs():
    response = await get("/readyz")
    assert response.status_code == 503
    assert response.json()["worker"] == {
        "ok": False,
        "why": "no worker has been heard of lately",
    }
    assert response.json()["database"]["ok"]


async def test_readyz_forgets_a_worker_that_left(worker):
    leave(worker)
    assert not (await get("/readyz")).json()["worker"]["ok"]


async def test_readyz_forgets_a_worker_that_fell_silent(worker):
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        server.zadd("concierge:workers", {Worker.hostname: 1})
    assert not (await get("/readyz")).json()["worker"]["ok"]


async def test_readyz_says_that_redis_does_not_answer(no_redis):
    response = await get("/readyz")
    assert response.status_code == 503
    assert response.json()["redis"]["why"] == "Redis does not answer"
    assert response.json()["database"]["ok"]


async def test_readyz_says_that_no_such_model_is_known(settings, worker):
    settings.EMBEDDER = "abacus"
    response = await get("/readyz")
    assert response.status_code == 503
    assert "abacus" in response.json()["model"]["why"]


async def test_readyz_is_never_kept_by_a_cache():
    assert "no-store" in (await get("/readyz"))["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_machines_may_only_read(path):
    assert (await AsyncClient().post(path)).status_code == 405
