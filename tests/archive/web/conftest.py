"""Somebody who listens where nobody may come, and a site that may be fetched."""

import http.server
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from listener import Listener

from archive.web import Door


@pytest.fixture(scope="session")
def listener():
    made = Listener()
    yield made
    made.close()


class Watch:
    """Where this thread tries to connect to; it is not let off this machine."""

    def __init__(self) -> None:
        self.thread: int | None = None
        self.tried: list[tuple[str, int]] = []
        sys.addaudithook(self.heard)  # stays for the life of the process

    def heard(self, event: str, args: tuple) -> None:
        if event != "socket.connect" or self.thread != threading.get_ident():
            return
        where = args[1]
        if isinstance(where, tuple):
            self.tried.append(where[:2])
            if not where[0].startswith("127.") and where[0] != "::1":
                raise OSError("no test leaves this machine")


@pytest.fixture(scope="session")
def watching():
    return Watch()


@pytest.fixture
def watch(watching):
    watching.thread, watching.tried = threading.get_ident(), []
    yield watching
    watching.thread = None


@dataclass
class Site:
    """A server on this machine; `pages` gives (status, headers, body) for a path."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answer: Callable[[http.server.BaseHTTPRequestHandler], None] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def door(self, *places: str, **more) -> Door:
        opened = frozenset({f"127.0.0.1:{self.port}", *places})
        return Door(opened=opened, **{"delay": 0.0, **more})


@pytest.fixture
def site():
    made = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            made.asked.append((self.path, dict(self.headers)))
            if made.answer:
                made.answer(self)
                return
            status, headers, body = made.pages.get(self.path, (404, {}, b"nothing here"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            pass  # whoever asks may leave in the middle

    with Server(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_port
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield made
        server.shutdown()
