"""Sockets of the real server, by a real client."""

import asyncio
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from archive.threads import in_thread
from tests.site import Site, environment

pytestmark = pytest.mark.django_db(transaction=True)
FRAME = 64 * 1024  # bytes
FLOODERS = 20
PATIENCE = 60  # seconds a busy machine may take


@pytest.fixture(scope="module")
def served(django_db_setup, served_provider) -> Iterator[Site]:
    site = Site(environment(served_provider))
    site.start()
    yield site
    site.stop()


def page(served, row, browser, **more):
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    more = {"origin": served.url} | more
    return connect(
        f"{served.url.replace('http', 'ws')}/ws/conversations/{row.conversation_id}/",
        additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"},
        **more,
    )


async def code_of(open_page) -> int:
    """What the server closes it with, in the end."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await open_page.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006


async def test_it_compresses_nothing(served, answered, browser):
    async with page(served, answered, browser, compression="deflate") as opened:
        assert "Who drew the kingfisher?" in await opened.recv()
        assert not opened.protocol.extensions
        assert "Sec-WebSocket-Extensions" not in opened.response.headers


async def test_a_frame_too_long_ends_it(served, answered, browser):
    async with page(served, answered, browser) as opened:
        await opened.send("x" * (FRAME + 1))
        assert await code_of(opened) == 1009


async def test_pieces_of_a_message_too_long_end_it(served, answered, browser):
    async with page(served, answered, browser) as opened:
        await opened.send(["x" * FRAME, "x"])
        assert await code_of(opened) == 1009


async def test_a_frame_of_the_longest_is_taken_and_means_nothing(served, answered, browser):
    async with page(served, answered, browser) as opened:
        await opened.recv()
        await opened.send("x" * FRAME)
        assert await (await opened.ping()) >= 0


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1:1", None])
async def test_a_page_from_elsewhere_is_refused(served, answered, browser, origin):
    with pytest.raises(InvalidStatus) as refused:
        await page(served, answered, browser, origin=origin)
    assert refused.value.response.status_code == 403


async def test_signing_out_closes_it_and_it_does_not_come_back(served, answered, browser):
    async with page(served, answered, browser) as opened:
        await opened.recv()
        await in_thread(Session.objects.all().delete)()
        assert await code_of(opened) == 4403
    with pytest.raises(InvalidStatus):
        await page(served, answered, browser)


async def test_flooders_are_closed_and_an_honest_page_is_served(served, answered, browser):
    async def flood(address) -> int:
        told = {"X-Forwarded-For": address}
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        told["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={cookie}"
        where = f"{served.url.replace('http', 'ws')}/ws/conversations/{answered.conversation_id}/"
        try:
            opening = connect(
                where, origin=served.url, additional_headers=told, open_timeout=PATIENCE
            )
            async with opening as flooding:
                async with asyncio.timeout(PATIENCE):
                    while True:
                        await flooding.send("x" * 1000)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
        except InvalidStatus:
            return 403
        except AttributeError:
            return 1006  # the client library itself meets a transport that has gone meanwhile

    async with page(served, answered, browser) as honest:
        assert "Who drew the kingfisher?" in await honest.recv()
        codes = await asyncio.gather(*(flood(f"10.0.0.{n}") for n in range(FLOODERS)))
        assert set(codes) <= {1008, 1006, 403}
        assert await (await honest.ping()) >= 0
