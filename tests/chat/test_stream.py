import asyncio
import os
import uuid
from dataclasses import replace

import pytest
import redis
from django.conf import settings

from archive.threads import in_thread
from concierge.chat.growing import Growing
from concierge.chat.models import Message
from concierge.chat.stream import Attempt, Standing, Writer, follow, read, standing
from concierge.clients.keys import Seal
from tests.house import show

SEVEN = Attempt(7, 1, Seal(os.urandom(32)))
EIGHT = Attempt(8, 1, Seal(os.urandom(32)))


def grows() -> Growing:
    return Growing(Message(pk=8, conversation_id=uuid.uuid4(), attempts=1), EIGHT)


async def standing_of(attempt: Attempt):
    return await in_thread(standing)(attempt)


async def arrived(attempt: Attempt, words: str) -> None:
    """Wait until a reader of the stream has these words."""
    async with asyncio.timeout(30):
        while words not in (await standing_of(attempt)).html:
            pass


@pytest.fixture
def writer() -> Writer:
    return Writer(uuid.uuid4(), SEVEN)


async def test_events_are_numbered_from_one(writer):
    await writer.send("block", 0, "<p>One</p>")
    await writer.send("block", 1, "<p>Two</p>")
    await writer.send("done")
    events = await read(SEVEN, after=0)
    assert [(event.number, event.kind) for event in events] == [
        (1, "block"),
        (2, "block"),
        (3, "done"),
    ]


async def test_reading_goes_on_after_any_number(writer):
    for word in ("One", "Two", "Three"):
        await writer.send("block", 0, word)
    assert [event.html for event in await read(SEVEN, after=1)] == ["Two", "Three"]
    assert await read(SEVEN, after=3) == []


async def test_a_late_reader_stands_where_an_early_one_does(writer):
    await writer.send("block", 0, "<p>On</p>")
    await writer.send("block", 0, "<p>One</p>")
    await writer.send("block", 1, "<p>Two</p>")
    late = await standing_of(SEVEN)
    early = await standing_of(SEVEN)
    early.blocks.clear()
    early.take(await read(SEVEN, after=0))
    assert late == early
    assert (late.number, late.html, late.done) == (3, "<p>One</p>\n<p>Two</p>", False)


async def test_a_page_stands_alike_beside_its_writer_and_in_another_process(writer):
    here, elsewhere = Standing(), Standing()
    for kind, html in (("block", "<p>Wrong</p>"), ("restart", ""), ("block", "<p>Right</p>")):
        await writer.send(kind, 0, html)
        assert await follow(SEVEN, here)
    elsewhere.take(await read(SEVEN, after=0))
    assert here == elsewhere
    assert not await follow(SEVEN, here)


async def test_a_page_goes_on_from_redis_when_its_writer_is_gone():
    writer, shown = Writer(uuid.uuid4(), SEVEN), Standing()
    await writer.send("block", 0, "One")
    await follow(SEVEN, shown)
    await writer.send("done")
    del writer
    assert await follow(SEVEN, shown)
    assert (shown.number, shown.html, shown.done) == (2, "One", True)


async def test_a_restart_takes_back_all_blocks(writer):
    await writer.send("block", 0, "<p>Wrong</p>")
    await writer.send("restart")
    assert (await standing_of(SEVEN)).html == ""


async def test_each_attempt_has_a_stream_of_its_own(writer):
    await writer.send("block", 0, "<p>First</p>")
    assert await read(replace(SEVEN, number=2), after=0) == []


async def test_a_stream_does_not_stay_for_ever(writer, settings):
    await writer.send("done")
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        assert 0 < server.ttl("answer:7:1") <= 3600


async def test_what_redis_holds_has_no_words(writer):
    await writer.send("block", 0, "<p>My ring size</p>")
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        [(_, entry)] = server.xrange("answer:7:1")
    assert b"ring" not in entry[b"html"]


async def test_one_attempt_does_not_open_another_s_words(writer):
    await writer.send("block", 0, "<p>One</p>")
    other = replace(SEVEN, seal=EIGHT.seal)
    assert [event.html for event in await read(other, after=0)] == [""]


async def test_many_small_words_go_out_in_few_events():
    growing = grows()
    for _ in range(200):
        growing.add("word ")
        await asyncio.sleep(0)
    await growing.flush()
    events = await read(EIGHT, after=0)
    assert len(events) < 50
    assert events[-1].html.count("word") == 200


async def test_words_are_shown_though_no_others_follow():
    growing = grows()
    await show(growing, "One")
    growing.add(" and two")
    await arrived(EIGHT, "One and two")


async def test_words_that_come_while_others_are_sent_are_shown_too():
    growing = grows()
    growing.add("One ")
    first = asyncio.create_task(arrived(EIGHT, "One"))
    growing.add("and ")
    await first
    growing.add("two")
    await arrived(EIGHT, "One and two")


async def test_only_blocks_that_changed_go_out():
    growing = grows()
    await show(growing, "One\n\nTwo")
    await show(growing, "One\n\nTwo and more")
    assert [event.index for event in await read(EIGHT, after=0)] == [0, 1, 1]


async def test_an_event_whose_receipt_was_lost_does_not_block_those_after_it(writer):
    await writer.send("block", 0, "<p>One</p>")
    unaware = Writer(writer.conversation_id, SEVEN)
    assert not await unaware.send("block", 0, "<p>One</p>")
    assert await unaware.send("block", 0, "<p>One and two</p>")
    assert [event.number for event in await read(SEVEN, after=0)] == [1, 2]


async def test_what_redis_has_lost_is_shown_again():
    growing = grows()
    await show(growing, "One")
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        server.flushdb()
        server.xadd("answer:8:1", {"kind": "none", "index": 0, "html": ""}, id="0-9")
    await show(growing, "One\n\nTwo")  # refused: this number is taken
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        server.flushdb()
    await show(growing, "One\n\nTwo and more")
    assert "One" in (await standing_of(EIGHT)).html
    assert "Two and more" in (await standing_of(EIGHT)).html
