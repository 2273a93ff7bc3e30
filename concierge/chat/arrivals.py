"""Sockets are opened one at a time, so that a crowd at the door holds up nobody inside.

Opening one reads the database several times; three hundred that come at once would stand before
every word that others are to be shown.
"""

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from concierge.chat.crowd import may_knock
from concierge.chat.origins import Application

AT_ONCE = 1  # sockets being opened by one process
LINE = 500  # that wait for it
TOO_MANY, TRY_AGAIN = 4429, 1013

_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, "Door"] = WeakKeyDictionary()


class Door:
    def __init__(self) -> None:
        self.free = asyncio.Semaphore(AT_ONCE)
        self.waiting = 0


async def refuse(receive: Any, send: Any, code: int) -> None:
    await receive()
    await send({"type": "websocket.close", "code": code})


def in_turn(application: Application) -> Application:
    """`application`, for sockets that stand in line until they are shown their first thread."""

    async def arriving(scope: dict[str, Any], receive: Any, send: Any) -> None:
        address = (scope.get("client") or ("",))[0]
        if not await may_knock(address):
            await refuse(receive, send, TOO_MANY)
            return
        door = _doors.setdefault(asyncio.get_running_loop(), Door())
        if door.waiting >= LINE:
            await refuse(receive, send, TRY_AGAIN)
            return
        door.waiting += 1
        try:
            await door.free.acquire()
        finally:
            door.waiting -= 1
        await let_in(application, scope, receive, send, door)

    return arriving


async def let_in(
    application: Application, scope: dict[str, Any], receive: Any, send: Any, door: Door
) -> None:
    """The next may come when this one is about to be shown something, or is refused."""
    inside = False

    def passed() -> None:
        nonlocal inside
        if not inside:
            inside = True
            door.free.release()

    async def sending(message: dict[str, Any]) -> None:
        if message["type"] != "websocket.accept":
            passed()
        await send(message)

    try:
        await application(scope, receive, sending)
    finally:
        passed()
