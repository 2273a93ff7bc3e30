"""What one event loop keeps and closes with itself: connections may not cross loops."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary


class Closable(Protocol):
    async def aclose(self) -> None: ...


T = TypeVar("T", bound=Closable)
Shelf = dict[Hashable, Any]
_shelves: WeakKeyDictionary[
    asyncio.AbstractEventLoop, tuple[Shelf, AsyncGenerator[Shelf, None]]
] = WeakKeyDictionary()


async def kept(key: Hashable, make: Callable[[], T]) -> T:
    """The running loop's `key`, made on first use, in a thread, and closed when the loop ends.

    Making a client imports its SDK, which would hold up every other answer for a second or two.
    """
    loop = asyncio.get_running_loop()
    if loop not in _shelves:
        keeper = _keeper()
        _shelves[loop] = (await anext(keeper), keeper)
    shelf, _ = _shelves[loop]
    if key not in shelf:
        made = await asyncio.to_thread(make)
        shelf.setdefault(key, made)
    thing: T = shelf[key]
    return thing


async def _keeper() -> AsyncGenerator[Shelf, None]:
    """Holds a shelf. A loop that ends closes its unfinished generators, and this one with them."""
    shelf: Shelf = {}
    try:
        yield shelf
    finally:
        for thing in shelf.values():
            await thing.aclose()
