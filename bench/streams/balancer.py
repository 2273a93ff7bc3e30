"""A TCP balancer that can cut a connection after any number of bytes."""

import asyncio
import itertools
from collections.abc import Callable
from contextlib import suppress

CHUNK = 4096  # bytes
HEAD = 1024  # bytes within which a request says what it asks for


class Balancer:
    """Passes each connection to one of the ports that listen, in turn.

    `limit` is told the first line of a connection's request and gives the number of the server's
    bytes after which it is cut, None for a connection left alone.
    """

    def __init__(self, ports: list[int], limit: Callable[[str], int | None] = lambda _: None):
        self.ports, self.limit = ports, limit
        self.cuts = 0
        self._turn = itertools.count()
        self._open: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        """Begin to listen; the address."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _accept(self, down: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(down, client))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, down: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            head = await down.read(HEAD)
            if head and (way := await self._upstream()):
                up, server = way
                server.write(head)
                limit = self.limit(head.split(b"\r\n", 1)[0].decode(errors="replace"))
                sending = asyncio.create_task(self._pass(down, server, None))
                await self._pass(up, client, limit)
                sending.cancel()
                server.transport.abort()
        client.transport.abort()

    async def _upstream(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        first = next(self._turn)
        for number in range(len(self.ports)):
            port = self.ports[(first + number) % len(self.ports)]
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, limit: int | None
    ) -> None:
        left = limit
        with suppress(OSError):
            while data := await source.read(CHUNK):
                if left is not None and len(data) >= left:
                    sink.write(data[:left])
                    await sink.drain()
                    self.cuts += 1
                    return
                left = left - len(data) if left is not None else None
                sink.write(data)
                await sink.drain()
            if sink.can_write_eof():
                sink.write_eof()
