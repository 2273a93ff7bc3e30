"""A house's folder, a site on this machine, and a source that is read from its list to its end."""

import gzip
import http.server
import threading
from dataclasses import dataclass, field

import pytest

from tests.archive.ingestion.conftest import outside  # noqa: F401

from .reading import FERNS, HERON


@pytest.fixture
def source(brand, media):
    """Makes a source that asks for nothing but what the test says."""

    from archive.models import Source

    def make(kind, address, **fields):
        name = fields.pop("name", "Press")
        fields = {"arrives": "published"} | fields
        return Source.objects.create(
            brand=brand, name=name, kind=kind, address=str(address), **fields
        )

    return make


@pytest.fixture
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("house")
    (path / "heron.md").write_text(HERON)
    (path / "ferns.md").write_text(FERNS)
    return path


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A website on this machine: pages by path, and which of them were asked for."""

    url: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # the paths whose bodies were sent

    def put(self, path, body="", *, kind="text/html; charset=utf-8", status=200, **headers):
        data = body if isinstance(body, bytes) else body.encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(data, status, {"Content-Type": kind, **named})

    def sitemap(self, *paths, path="/sitemap.xml", packed=False, **changed):
        rows = "".join(
            f"<url><loc>{self.url}{each}</loc>"
            + (f"<lastmod>{changed[each]}</lastmod>" if each in changed else "")
            + "</url>"
            for each in paths
        )
        body = (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"{rows}</urlset>"
        ).encode()
        if packed:
            self.put(path, gzip.compress(body), kind="application/gzip")
        else:
            self.put(path, body, kind="application/xml")

    def article(self, path, title, text, **headers):
        body = f"<html lang=en><main><h1>{title}</h1><p>{text}</p></main></html>"
        self.put(path, body, **headers)


class Handler(http.server.BaseHTTPRequestHandler):
    site: Site

    def do_GET(self):
        self.site.asked.append(self.path)
        found = self.site.pages.get(self.path, Answer(b"nothing here", 404))
        etag = found.headers.get("ETag")
        changed = found.headers.get("Last-Modified")
        same = etag and self.headers.get("If-None-Match") == etag
        same = same or (changed and self.headers.get("If-Modified-Since") == changed)
        self.send_response(304 if same else found.status)
        for name, value in found.headers.items():
            self.send_header(name, value)
        body = b"" if same else found.body
        if not same:
            self.send_header("Content-Length", str(len(body)))
            self.site.given.append(self.path)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Nothing: a test's output is for its failures."""


@pytest.fixture
def site(settings):
    made = Site()
    handler = type("Handler", (Handler,), {"site": made})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_address[1]
    made.url = f"http://127.0.0.1:{port}"
    settings.FETCH_HOSTS = [f"127.0.0.1:{port}"]
    settings.FETCH_DELAY = 0.0
    yield made
    server.shutdown()
    server.server_close()
