"""No seal reaches a viewer who may not read it, by any way out; and none is missed who may."""

import asyncio
import random
import uuid

import pytest
from asgiref.sync import async_to_sync

from archive.door import Door
from archive.embedding import current_embedder
from archive.embedding.index import drop_indexes, ensure_index
from archive.meaning import Question
from archive.models import Passage
from archive.search import refresh as count_passages
from archive.search import search_passages
from archive.viewer import Viewer
from catalog.search import refresh as count_products
from catalog.search import search_products
from concierge.answering.answer import answer
from concierge.answering.turn import Done, Turn, Voice
from concierge.chat.ask import Question as Asked
from concierge.chat.ask import accept
from concierge.chat.write import write
from tests.canaries import (
    LogWatch,
    Watch,
    as_text,
    blabbed,
    drawn,
    everything_in_redis,
    hatched,
    put_on_sale,
    release,
    sets_of,
)
from tests.fake_provider import Script

COUNT = 2000  # passages
EACH = 20  # questions a viewer
LARGE = 10**6  # rows of a brand whose indexes are looked for


class Flock:
    def __init__(self, houses):
        self.houses, self.chance = houses, random.Random(7)
        self.canaries, embed = hatched(houses, COUNT, self.chance), drawn(7)
        self.passages = release(self.canaries, embed)
        self.products = put_on_sale(hatched(houses, 200, self.chance), embed)
        for house in houses:
            count_passages(house.pk)
            count_products(house.pk)
        every = (*self.passages.values(), *self.products.values())
        self.watch = Watch({each.seal: each for each in every})
        self.viewers = sets_of(houses)

    def forbidden(self, viewer, rows, count):
        """Questions for what `viewer` may not read."""
        others = [each for each in rows.values() if not each.is_for(viewer)]
        return [each.questions()[n % 3] for n, each in enumerate(self.chance.sample(others, count))]


@pytest.fixture
def flock(transactional_db, brand, other_brand):
    yield Flock((brand, other_brand))
    drop_indexes(current_embedder().model)


def forbidden_hits(flock):
    for viewer in flock.viewers:
        for query in flock.forbidden(viewer, flock.passages, EACH):
            for hit in search_passages(viewer, query):
                yield flock.passages[hit.passage_id].is_for(viewer)
        for query in flock.forbidden(viewer, flock.products, 3):
            for hit in search_products(viewer, query):
                yield flock.products[hit.product_id].is_for(viewer)


def test_no_search_finds_what_its_viewer_may_not_see(flock):
    may = list(forbidden_hits(flock))
    assert len(may) > 2000
    assert all(may)


def test_every_audience_finds_its_nearest_by_its_indexes(flock):
    embedder = current_embedder()
    assert len(ensure_index(embedder.model, embedder.dimensions, above=0)) == 16
    for viewer in flock.viewers:
        visible = Passage.objects.visible_to(viewer)
        door = Door.of(visible)
        for query in flock.forbidden(viewer, flock.passages, 4):
            question = Question.embedded(query)
            found = question.best(door, viewer, 10, LARGE)
            compared = question.compared(door, viewer.brand_id, viewer.audiences, 10)
            assert len(found) == min(10, visible.count())
            # Many lie equally near, so it is how near the finds are that counts.
            assert list(found.values()) == pytest.approx(list(compared.values()), abs=0.01)


async def reply_to(turn):
    async for event in answer(turn):
        if isinstance(event, Done):
            return event.reply
    raise AssertionError


def answers(flock, provider):
    """Every viewer asks for what they may not read; what they and the model are given is seen."""
    for viewer in flock.viewers:
        for query in flock.forbidden(viewer, flock.passages, 3):
            reply = async_to_sync(reply_to)(Turn(Voice("Maison"), query, viewer))
            flock.watch.look("reply", as_text(reply), viewer)
            for received in provider.requests:
                flock.watch.look("prompt", as_text(received.body), viewer)
            provider.requests.clear()


def conversations(flock):
    """The same by the way of the chat, which leaves its words in Redis for a while."""
    readers = {}
    for house, audience in [
        *((each, "public") for each in flock.houses),
        (flock.houses[0], "client"),
    ]:
        viewer = Viewer.reading(house.pk, audience)
        for query in flock.forbidden(viewer, flock.passages, 2):
            answering, _ = accept(house, None, Asked(uuid.uuid4(), query, uuid.uuid4(), audience))
            asyncio.run(write(answering.pk))
            readers[f"answer:{answering.pk}:"] = viewer
    for key, value in everything_in_redis():
        reader = next((readers[name] for name in readers if key.startswith(name)), None)
        flock.watch.look("redis", f"{key} {value}", reader)


def test_no_prompt_answer_log_or_redis_holds_what_its_reader_may_not_see(flock, provider):
    provider.will(*[Script(blabbed)] * 200)
    with LogWatch(flock.watch) as log:
        answers(flock, provider)
        conversations(flock)
    assert flock.watch.leaks == {}
    # What stands in Redis is sealed: there, nobody's words are to be seen at all.
    assert flock.watch.seen.keys() == {"prompt", "reply"}
    assert log.lines > 0
