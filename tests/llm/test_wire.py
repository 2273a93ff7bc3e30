"""Reading an event stream whatever the pieces it arrives in."""

import pytest

from concierge.llm import wire
from concierge.llm.errors import BadResponseError

STREAM = 'event: a\r\ndata: {"text": "é"}\r\n\r\n: kept alive\n\ndata: {"n": 1}\n\ndata: [DONE]\n\n'


async def pieces(data: bytes, size: int):
    for start in range(0, len(data), size):
        yield data[start : start + size]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
async def test_events_survive_any_cutting_into_chunks(size):
    batches = wire.events(pieces(STREAM.encode(), size))
    found = [data async for batch in batches for data in batch]
    assert found == [
        '{"text": "é"}'.encode(),
        b'{"n": 1}',
        b"[DONE]",
    ]


async def test_an_event_without_its_end_is_not_given():
    assert [batch async for batch in wire.events(pieces(b'data: {"n": 1}\n', 100))] == []


async def test_an_event_without_end_is_given_up():
    with pytest.raises(BadResponseError):
        async for _ in wire.events(pieces(b"x" * (wire.EVENT_LIMIT + 2), 65536)):
            pass


@pytest.mark.parametrize("data", [b"[1]", b"null", b"{", b"\xff"])
def test_what_is_not_an_object_is_a_bad_response(data):
    with pytest.raises(BadResponseError):
        wire.decoded(data)
