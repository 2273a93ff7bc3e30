import asyncio
import uuid

import pytest
import redis
from django.conf import settings

from archive.threads import in_thread
from concierge.chat.growing import Growing
from concierge.chat.models import Message
from concierge.chat.stream import Writer, read, standing
from tests.house import show


async def standing_of(answer_id: int, attempt: int = 1):
    return await in_thread(standing)(answer_id, attempt)


async def arrived(answer_id: int, words: str) -> None:
    """Wait until a reader of the stream has these words."""
    async with asyncio.timeout(5):
        while words not in (await standing_of(answer_id)).html:
            pass


@pytest.fixture
def writer() -> Writer:
    return Writer(uuid.uuid4(), answer_id=7, attempt=1)


async def test_events_are_numbered_from_one(writer):
    await writer.send("block", 0, "<p>One</p>")
    await writer.send("block", 1, "<p>Two</p>")
    await writer.send("done")
    events = await read(7, 1, after=0)
    assert [(event.number, event.kind) for event in events] == [
        (1, "block"),
        (2, "block"),
        (3, "done"),
    ]


async def test_reading_goes_on_after_any_number(writer):
    for word in ("One", "Two", "Three"):
        await writer.send("block", 0, word)
    assert [event.html for event in await read(7, 1, after=1)] == ["Two", "Three"]
    assert await read(7, 1, after=3) == []


async def test_a_late_reader_stands_where_an_early_one_does(writer):
    await writer.send("block", 0, "<p>On</p>")
    await writer.send("block", 0, "<p>One</p>")
    await writer.send("block", 1, "<p>Two</p>")
    late = await standing_of(7)
    early = await standing_of(7)
    early.blocks.clear()
    early.take(await read(7, 1, after=0))
    assert late == early
    assert (late.number, late.html, late.done) == (3, "<p>One</p>\n<p>Two</p>", False)


async def test_a_restart_takes_back_all_blocks(writer):
    await writer.send("block", 0, "<p>Wrong</p>")
    await writer.send("restart")
    assert (await standing_of(7)).html == ""


async def test_each_attempt_has_a_stream_of_its_own(writer):
    await writer.send("block", 0, "<p>First</p>")
    assert await read(7, 2, after=0) == []


async def test_a_stream_does_not_stay_for_ever(writer, settings):
    await writer.send("done")
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        assert 0 < server.ttl("answer:7:1") <= 3600


async def test_many_small_words_go_out_in_few_events():
    growing = Growing(Message(pk=8, conversation_id=uuid.uuid4(), attempts=1))
    for _ in range(200):
        growing.add("word ")
        await asyncio.sleep(0)
    await growing.flush()
    events = await read(8, 1, after=0)
    assert len(events) < 50
    assert events[-1].html.count("word") == 200


async def test_words_are_shown_though_no_others_follow():
    growing = Growing(Message(pk=8, conversation_id=uuid.uuid4(), attempts=1))
    await show(growing, "One")
    growing.add(" and two")
    await arrived(8, "One and two")


async def test_words_that_come_while_others_are_sent_are_shown_too():
    growing = Growing(Message(pk=8, conversation_id=uuid.uuid4(), attempts=1))
    growing.add("One ")
    first = asyncio.create_task(arrived(8, "One"))
    growing.add("and ")
    await first
    growing.add("two")
    await arrived(8, "One and two")


async def test_only_blocks_that_changed_go_out():
    growing = Growing(Message(pk=8, conversation_id=uuid.uuid4(), attempts=1))
    await show(growing, "One\n\nTwo")
    await show(growing, "One\n\nTwo and more")
    assert [event.index for event in await read(8, 1, after=0)] == [0, 1, 1]


async def test_an_event_whose_receipt_was_lost_does_not_block_those_after_it(writer):
    await writer.send("block", 0, "<p>One</p>")
    unaware = Writer(writer.conversation_id, answer_id=7, attempt=1)
    assert not await unaware.send("block", 0, "<p>One</p>")
    assert await unaware.send("block", 0, "<p>One and two</p>")
    assert [event.number for event in await read(7, 1, after=0)] == [1, 2]


async def test_what_redis_has_lost_is_shown_again():
    growing = Growing(Message(pk=8, conversation_id=uuid.uuid4(), attempts=1))
    await show(growing, "One")
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        server.flushdb()
        server.xadd("answer:8:1", {"kind": "none", "index": 0, "html": ""}, id="0-9")
    await show(growing, "One\n\nTwo")  # refused: this number is taken
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        server.flushdb()
    await show(growing, "One\n\nTwo and more")
    assert "One" in (await standing_of(8)).html
    assert "Two and more" in (await standing_of(8)).html
