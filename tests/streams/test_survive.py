"""Answers whose readers' lines are cut, whose process is killed, whose Redis is killed.

A slice of `python -m bench.streams`, which does the same by the thousand.
"""

import asyncio
import random
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from archive.threads import in_thread
from bench.streams.balancer import Balancer
from bench.streams.visitor import Visitor
from concierge.chat.models import Conversation, Message
from concierge.chat.thread import shown
from tests.fake_provider import Gate, Script

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "Who drew the kingfisher?"
ANSWER = (
    "Ottoline drew the kingfisher on the terrace in May [1]. It was printed in nine colours [1]."
)
BEFORE = 12  # words of the first attempt that are let through
PATIENCE = 120  # seconds; a server is started meanwhile, on a machine that may be busy


@asynccontextmanager
async def balanced(site, limit=lambda _: None):
    balancer = Balancer([site.port], limit)
    yield await balancer.start()
    await balancer.stop()


@pytest.fixture
def gate(served_provider):
    """Holds the next answer after some words; the same is said again to whoever asks later."""
    gate = Gate()
    served_provider.scripts.clear()
    served_provider.will(Script(ANSWER, gate=gate), *[Script(ANSWER)] * 2)
    gate.allow(BEFORE)
    yield gate
    gate.release()
    served_provider.scripts.clear()


@asynccontextmanager
async def begun(url, gate):
    """Somebody reads, and stands in the middle of the answer; its visit, when it is over."""
    visitor = Visitor(url, "maison", QUESTION, patience=PATIENCE)
    visiting = asyncio.create_task(visitor.run())
    async with asyncio.timeout(PATIENCE):
        while "terrace in May" not in str(visitor.visit.page.answers):
            await visitor.changed.wait()
            visitor.changed.clear()
    assert not visitor.visit.page.has_ended
    yield visiting
    visiting.cancel()


def check(visit) -> Message:
    """One question, one answer, and the page shows to the byte what its row renders to."""
    conversation = Conversation.objects.get(pk=visit.conversation)
    asked, answer = shown(conversation)
    article = visit.page.answers[answer.message.pk]
    assert asked.message.text == visit.question
    assert (article.state, article.words) == (answer.message.state, answer.html)
    return answer.message


async def test_lines_cut_anywhere_lose_nothing(site, served_provider):
    served_provider.scripts.clear()
    served_provider.will(*[Script(ANSWER, pace=0.02)] * 6)
    cuts = random.Random(7)

    def limit(request):
        if request.startswith("POST"):
            return cuts.choice([None, 100])
        return cuts.randint(1, 6000) if "/ws/" in request else None

    async with balanced(site, limit) as url:
        visitors = [
            Visitor(url, "maison", QUESTION, reloads=n > 3, patience=PATIENCE) for n in range(6)
        ]
        visits = await asyncio.gather(*(each.run() for each in visitors))
    assert sum(visit.cuts for visit in visits) > 0
    assert {(await in_thread(check)(visit)).state for visit in visits} == {"complete"}


async def test_an_answer_survives_its_process(site, gate):
    async with balanced(site) as url, begun(url, gate) as visiting:
        site.kill()
        long_ago = datetime(2000, 1, 1, tzinfo=UTC)
        await Message.objects.filter(state="streaming").aupdate(lease_until=long_ago)
        await asyncio.to_thread(site.start)
        answer = await in_thread(check)(await visiting)
    assert (answer.state, answer.attempts) == ("complete", 2)


async def test_an_answer_survives_redis(site, gate, own_redis):
    async with balanced(site) as url, begun(url, gate) as visiting:
        own_redis.kill()
        gate.allow(2)
        await asyncio.to_thread(own_redis.start)
        gate.release()
        answer = await in_thread(check)(await visiting)
    assert (answer.state, answer.attempts) == ("complete", 1)


async def test_a_question_is_answered_while_redis_is_away(site, served_provider, own_redis):
    served_provider.will(Script(ANSWER))
    own_redis.kill()
    async with balanced(site) as url:
        visit = await Visitor(url, "maison", QUESTION, patience=PATIENCE).run()
    assert (await in_thread(check)(visit)).state == "complete"
