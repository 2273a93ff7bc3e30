"""One page of the open web, within limits of place, time and size."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cache

import httpcore2

from archive.ingestion.parse.encoding import written
from archive.web.connect import Backend, Deadline
from archive.web.door import Door
from archive.web.errors import WebError
from archive.web.target import Target, shown, target
from archive.web.unpack import BROKEN, body, too_large

MOST = 20 << 20  # bytes of a body
SECONDS = 45.0  # for a page with all its redirects
SILENCE = 20.0  # seconds without a byte
REDIRECTS = 5
MOVED = {301, 302, 303, 307, 308}
HEADERS = 200  # of an answer; all of them together have at most 100 KB
ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"

UNREACHED = "“{}” could not be reached: it is down, or its name is wrong."
UNTRUSTED = "“{}” could not be trusted: its certificate is not valid for that name."
SLOW = "“{}” took too long to answer: try again later."
ASTRAY = "“{}” leads on and on to other addresses."


@dataclass(frozen=True, slots=True)
class Page:
    """What a site answered, of whatever status but a redirect."""

    url: str  # the last address, after all redirects
    status: int
    headers: Mapping[str, str]  # by name in small letters
    body: bytes
    etag: str = ""
    last_modified: str = ""
    media_type: str = ""  # in small letters, without parameters
    encoding: str = ""  # the charset that the site names, if files are written in it

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def ok(self) -> bool:
        return self.status == 200


def get(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    most: int = MOST,
    seconds: float = SECONDS,
    door: Door | None = None,
) -> Page:
    """The page at `url`, or its status alone where it is as `etag` or `last_modified` says.

    `most` bounds the body in bytes, as sent and as unpacked; `seconds` all of it. No proxy, cookie
    or password is used. Raises ForbiddenAddressError for what is not on the open web and WebError
    for all else; a page of status 404 or 500 is a page.
    """
    door = door or Door.of_settings()
    deadline = Deadline(seconds)
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {"User-Agent": door.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
    headers |= {name: clean(value) for name, value in conditions.items() if clean(value)}
    found = target(url)
    for _ in range(REDIRECTS + 1):
        page = asked(found, headers, most, door, deadline)
        location = page.headers.get("location", "")
        if page.status not in MOVED or not location:
            return page
        found = found.to(location)
    raise WebError(ASTRAY.format(shown(url)), permanent=True)


def asked(
    target: Target, headers: Mapping[str, str], most: int, door: Door, deadline: Deadline
) -> Page:
    """The answer of `target` itself; a redirect's body is not read."""
    try:
        addresses = door.way(target, deadline.left())
        with httpcore2.HTTPConnection(
            httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=door.tls or trusted(),
            network_backend=Backend(addresses, deadline),
        ) as connection:
            return exchanged(connection, target, headers, most)
    except httpcore2.TimeoutException:
        raise WebError(SLOW.format(shown(target.site))) from None
    except httpcore2.ConnectError as error:
        sentence = UNTRUSTED if "CERTIFICATE" in str(error).upper() else UNREACHED
        raise WebError(sentence.format(shown(target.site))) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        raise WebError(BROKEN) from None


def exchanged(
    connection: httpcore2.HTTPConnection, target: Target, headers: Mapping[str, str], most: int
) -> Page:
    own = target.site.partition("//")[2]
    url = httpcore2.URL(
        scheme=target.scheme, host=target.host, port=target.port, target=target.path
    )
    timeouts = {"connect": SILENCE, "read": SILENCE, "write": SILENCE, "pool": SILENCE}
    sent = [("Host", own), *headers.items()]
    with connection.stream("GET", url, headers=sent, extensions={"timeout": timeouts}) as response:
        if len(response.headers) > HEADERS:
            raise WebError(BROKEN)
        fields = {name.decode("latin-1").lower(): said(value) for name, value in response.headers}
        whole = response.status not in MOVED and response.status != 304
        length = fields.get("content-length", "")
        if whole and length.isdigit() and int(length[:18]) > most:
            raise too_large(most)
        chunks = response.iter_stream()
        content = body(chunks, fields.get("content-encoding", ""), most) if whole else b""
        return page(target.url, response.status, fields, content)


def page(url: str, status: int, headers: Mapping[str, str], content: bytes) -> Page:
    kind = Message()
    kind["content-type"] = headers.get("content-type", "")
    charset = (kind.get_content_charset() or "").lower()
    return Page(
        url=url,
        status=status,
        headers=headers,
        body=content,
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        media_type=kind.get_content_type() if headers.get("content-type") else "",
        encoding=charset if written(charset) else "",
    )


def said(value: bytes) -> str:
    """A header's value: UTF-8 where it is, whatever the standard says, else Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def clean(value: str) -> str:
    """`value` if it may stand in a header, else ""."""
    return value if value.isascii() and value.isprintable() else ""


@cache
def trusted() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()
