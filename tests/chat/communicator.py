"""One end of a WebSocket, spoken to without a network."""

from typing import Any

from asgiref.testing import ApplicationCommunicator


class Socket(ApplicationCommunicator):
    thread: str  # what it opened with

    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": headers,
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def connect(self) -> int | None:
        """None when it is open, else the code it was closed with."""
        await self.send_input({"type": "websocket.connect"})
        response = await self.receive_output(5)
        return None if response["type"] == "websocket.accept" else response.get("code", 1000)

    async def receive(self) -> str:
        message = await self.receive_output(5)
        assert message["type"] == "websocket.send", message
        return str(message["text"])

    async def until(self, words: str) -> str:
        """The first message that has these words."""
        while words not in (message := await self.receive()):
            pass
        return message

    async def send(self, text: str | None = None, data: bytes | None = None) -> None:
        await self.send_input({"type": "websocket.receive", "text": text, "bytes": data})

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(5)
