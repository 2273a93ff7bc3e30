"""What leaves the house, for whoever watches at this moment."""

import uuid
from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from concierge.accounts.models import Membership
from concierge.answering.discreet import Discreet
from concierge.audit.models import Entry
from concierge.llm import transcript
from concierge.llm.breaker import Breaker
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint, Payer, Prompt, Said
from concierge.llm.upstream import Upstream
from concierge.redaction.veil import Veil
from tests.fake_provider import FakeProvider, Script, free
from tests.llm.conftest import redis  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

PAGE, NEWS = "/admin/sent/", "/admin/sent/news/"
PROMPT = Prompt(
    system="Speak for the house.",
    messages=(Said("user", "Write to ada@example.com about the <b>Heron</b>."),),
    max_tokens=100,
)


@pytest.fixture(scope="module")
def provider():
    with FakeProvider() as provider:
        yield provider


@pytest.fixture
def someone(brand):
    return Payer(brand.pk, uuid.uuid4().hex)


@pytest.fixture
def watcher(brand):
    """Staff of the brand who may watch it."""
    user = User.objects.create_user("watcher", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="watch_calls"))
    Membership.objects.create(user=user, brand=brand)
    browser = Client()
    browser.force_login(user)
    return browser


async def call(redis, provider, payer):  # noqa: F811
    endpoint = Endpoint("openai", "gpt", "k", f"{provider.url}/v1", region="eu")
    model = OpenAI(endpoint)
    provider.will(Script("I shall write to [EMAIL_1]."))
    way = Upstream(Breaker(redis), lambda spent: None, allow=free, discretion=Discreet(Veil()))
    said = [part async for part in way.ask(model, replace(PROMPT, payer=payer))]
    await model.aclose()
    return "".join(said)


def kept(brand):
    return [row for _, row in transcript.watch(brand.pk)]


async def test_nothing_is_kept_while_nobody_watches(redis, provider, someone, brand):  # noqa: F811
    await call(redis, provider, someone)
    assert await redis.keys("concierge:transcript:*") == []


def test_who_watches_sees_the_call_as_it_left_the_house(watcher, provider, someone, brand):
    assert "Nothing has been sent since you came" in watcher.get(PAGE).content.decode()
    told = run(provider, someone)
    assert "ada@example.com" in told  # the client is told what was hidden
    page = watcher.get(NEWS, {"brand": brand.pk}).content.decode()
    assert "<mark>[EMAIL_1]</mark>" in page
    assert "ada@example.com" not in page
    assert "&lt;b&gt;Heron" in page
    assert "store=false" in page
    assert "eu" in page


def run(provider, payer):
    import asyncio

    from django.conf import settings
    from redis.asyncio import Redis

    async def asked():
        async with Redis.from_url(settings.REDIS_URL) as connection:
            return await call(connection, provider, payer)

    return asyncio.run(asked())


def test_a_call_is_shown_once(watcher, provider, someone, brand):
    watcher.get(PAGE)
    run(provider, someone)
    [(name, _)] = transcript.watch(brand.pk)
    page = watcher.get(NEWS, {"brand": brand.pk, "after": name}).content.decode()
    assert "<details" not in page
    assert f"after={name}" in page


@pytest.mark.parametrize("after", ["'", "0-0;FLUSHALL", "9" * 40, "-"])
def test_a_place_that_is_none_is_as_if_it_were_not_named(watcher, brand, after):
    assert watcher.get(NEWS, {"brand": brand.pk, "after": after}).status_code == 200


def test_that_somebody_watches_is_written_down_once(watcher, brand):
    before = Entry.objects.count()
    watcher.get(PAGE)
    watcher.get(NEWS, {"brand": brand.pk})
    entries = Entry.objects.order_by("number")[before:]
    assert [(each.kind, each.brand_id) for each in entries] == [("llm.transcript", brand.pk)]


def test_each_house_that_is_shown_is_written_down_once(watcher, brand, other_brand):
    user = User.objects.get(username="watcher")
    Membership.objects.create(user=user, brand=other_brand)
    watcher.force_login(user)
    watcher.get(PAGE, {"brand": brand.pk})
    before = Entry.objects.count()
    for house in (brand, other_brand, other_brand, brand):
        watcher.get(NEWS, {"brand": house.pk})
    entries = Entry.objects.order_by("number")[before:]
    assert [each.brand_id for each in entries] == [other_brand.pk]


def test_the_house_of_another_is_not_watched(watcher, provider, brand, other_brand):
    transcript.watch(other_brand.pk)
    run(provider, Payer(other_brand.pk, uuid.uuid4().hex))
    page = watcher.get(PAGE, {"brand": other_brand.pk}).content.decode()
    assert "<details class" not in page
    assert other_brand.name not in page


@pytest.mark.parametrize("address", [PAGE, NEWS])
def test_who_may_not_watch_is_refused(advisor, visitor, address):
    assert advisor.get(address).status_code == 403
    assert visitor.get(address).status_code == 302


@pytest.mark.parametrize("address", [PAGE, NEWS])
def test_another_method_is_refused(watcher, address):
    assert watcher.post(address).status_code == 405


def test_calls_leave_with_the_visitor(provider, someone, brand):
    transcript.watch(brand.pk)
    stays = Payer(brand.pk, uuid.uuid4().hex)
    run(provider, someone)
    run(provider, stays)
    assert transcript.count([someone.visitor]) == 1
    transcript.forget([someone.visitor])
    assert [row["visitor"] for row in kept(brand)] == [stays.visitor]


def test_what_is_kept_goes_by_itself(provider, someone, brand, settings):
    import redis as server

    transcript.watch(brand.pk)
    run(provider, someone)
    with server.Redis.from_url(settings.REDIS_URL) as known:
        assert 0 < known.ttl(transcript.key(brand.pk)) <= transcript.KEPT
