"""The web server's protocol for sockets: who does not read is not waited for.

The server closes a connection by sending first what it still holds, which for a page that never
reads is never. So a socket that is done with is broken off after `GRACE`, and what was to be sent
with it.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

GRACE = 5.0  # seconds a page has to take in the last of it, and the word that it is closed


class Served(WebSocketsSansIOProtocol):
    async def run_asgi(self) -> None:
        try:
            await super().run_asgi()
        finally:
            self.loop.call_later(GRACE, self.transport.abort)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.loop.call_later(GRACE, self.transport.abort)
