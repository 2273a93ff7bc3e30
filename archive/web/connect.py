"""A connection to an address that was checked, and an end to all waiting."""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

CONNECTING = 10.0  # seconds for one address
TRIED = 4  # addresses of one name


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds until it, at most `most`. Raises httpcore2.ReadTimeout when it has passed."""
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise httpcore2.ReadTimeout
        return seconds if most is None else min(seconds, most)


class Backend(httpcore2.NetworkBackend):
    """Connects to the first of `addresses` that answers, whatever name it is asked for."""

    def __init__(self, addresses: list[str], deadline: Deadline) -> None:
        self.addresses = addresses
        self.deadline = deadline
        self.sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in self.addresses[:TRIED]:
            try:
                within = self.deadline.left(min(timeout or CONNECTING, CONNECTING))
                stream = self.sockets.connect_tcp(
                    address, port, within, local_address, socket_options
                )
                return Stream(stream, self.deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore2.ConnectError


class Stream(httpcore2.NetworkStream):
    """A stream whose every wait ends at the deadline: a drop a second is no way to stay."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        within = self.deadline.left(timeout)
        return Stream(self.stream.start_tls(ssl_context, server_hostname, within), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
