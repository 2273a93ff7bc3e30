"""Identifiers sown into messages come up in nothing that leaves the house or outlives the turn."""

import random
import uuid

import pytest
from django.test import Client

from archive.threads import in_thread
from concierge.chat.ask import Question, accept
from concierge.chat.models import Message
from concierge.chat.write import drain, write
from concierge.clients.consent import give
from concierge.clients.models import Purpose
from concierge.redaction.brand_facts import forget
from tests.embedding_endpoint import EmbeddingEndpoint
from tests.fake_provider import Script
from tests.house import *  # noqa: F403
from tests.seeds import (
    AT_ONCE,
    LogWatch,
    Sown,
    last_message,
    look_at_requests,
    look_into_redis,
    messages,
    seeds,
)

pytestmark = pytest.mark.django_db(transaction=True)

SOWN = 200
FAULTS = ("", "", "cut", "", "html", "", "declined", "")


@pytest.fixture
def sown():
    return Sown(seeds(SOWN, random.Random(7)))


@pytest.fixture
def remote(settings):
    """An embedder elsewhere."""
    with EmbeddingEndpoint() as endpoint:
        settings.EMBEDDER = "openai:small"
        settings.EMBEDDER_BASE_URL = endpoint.url
        forget()
        yield endpoint


def asked(brand, person, text, talk):
    return accept(brand, person, Question(talk, text, uuid.uuid4()))[0].pk


async def test_sown_identifiers_come_up_nowhere(brand, person, sown, remote, offered, provider):
    await in_thread(give)(person, Purpose.SERVE, language="en", place="test")
    talks = [uuid.uuid4() for _ in range(8)]
    with LogWatch(sown):
        for number, text in enumerate(messages(sown)):
            # Twice: for the question's rewriting and for its answer.
            fault = FAULTS[number % len(FAULTS)]
            provider.scripts.clear()
            provider.will(*[Script(text=last_message, fault=fault, after=3)] * 2)
            talk = talks[number % len(talks)]
            assert await write(await in_thread(asked)(brand, person, text, talk))
        await drain(10)
    look_at_requests(sown, provider.requests)
    sown.look("embedder", "\n".join(remote.texts))
    look_into_redis(sown)
    assert dict(sown.leaks) == {}, sown.shown[:10]
    assert {place for place, length in sown.looked.items() if length} >= {"provider", "embedder"}
    assert len(provider.requests) >= SOWN / AT_ONCE / 2


async def test_what_a_model_repeats_reaches_the_client_as_it_was_said(
    brand, person, remote, offered, provider
):
    await in_thread(give)(person, Purpose.SERVE, language="en", place="test")
    text = "Is The Kingfisher square in stock? Write to gala@post.example."
    provider.will(Script(text="The Kingfisher square is in stock [P1]; we write to [EMAIL_1]."))
    answer = await in_thread(asked)(brand, person, text, uuid.uuid4())
    assert await write(answer)
    row = await in_thread(Message.objects.get)(pk=answer)
    assert "EMAIL" not in row.text
    assert "gala@post.example" not in str(provider.requests[-1].body)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/{0}/"),
        ("get", "/maison/{0}/"),
        ("get", "/maison/?q={0}"),
        ("post", "/maison/messages/?q={0}"),
        ("get", "/ws/conversations/{0}/"),
        ("get", "/staff/{0}/"),
    ],
)
def test_no_error_page_and_no_log_of_it_repeats_them(brand, sown, method, path):
    with LogWatch(sown):
        for seed in sown.seeds[:14]:
            browser = Client(raise_request_exception=False)
            fields = {"text": seed.said} if method == "post" else None
            response = getattr(browser, method)(path.format(seed.value), fields)
            if response.status_code >= 400:
                sown.look("error page", response.content.decode(errors="replace"))
    assert dict(sown.leaks) == {}, sown.shown[:10]
