"""From which pages a socket may be opened: a browser says where its page is from.

An origin is a scheme, a host and a port (RFC 6454), and has to be all three of the house's own
address, or one that the settings name. What is not written as a browser writes it is refused.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http.request import validate_host

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
    r"(:(?P<port>[1-9][0-9]{0,4}))?"
)
HOST = re.compile(r"(?P<host>[^:\[\]/@?#]+|\[[0-9a-f:.]+\])(:(?P<port>[0-9]{1,5}))?")
PORTS = {"http": "80", "https": "443"}
FORBIDDEN = 4403

Place = tuple[str, str, str]  # scheme, host, port


def place_of(origin: str) -> Place | None:
    """None for what no browser would write: "null", a path, a user, another scheme."""
    found = ORIGIN.fullmatch(origin)
    if found is None:
        return None
    scheme, host = found["scheme"], found["host"]
    return scheme, host, found["port"] or PORTS[scheme]


def own_place(scope: dict[str, Any]) -> Place | None:
    """Where the request says it was sent to, if that is an address of ours."""
    said = values(scope, b"host")
    found = HOST.fullmatch(said[0].lower()) if len(said) == 1 else None
    if found is None or not validate_host(found["host"], settings.ALLOWED_HOSTS):
        return None
    scheme = "https" if is_secure(scope) else "http"
    return scheme, found["host"], found["port"] or PORTS[scheme]


def is_secure(scope: dict[str, Any]) -> bool:
    if scope.get("scheme") in ("wss", "https"):
        return True
    if not settings.SECURE_PROXY_SSL_HEADER:
        return False
    name, secure = settings.SECURE_PROXY_SSL_HEADER
    header = name.removeprefix("HTTP_").replace("_", "-").lower().encode()
    return values(scope, header) == [secure]


def values(scope: dict[str, Any], header: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == header]


def may_open(scope: dict[str, Any]) -> bool:
    said = values(scope, b"origin")
    place = place_of(said[0]) if len(said) == 1 else None
    if place is None:
        return False
    others = {place_of(each) for each in settings.SOCKET_ORIGINS}
    return place == own_place(scope) or place in others


def from_own_pages(application: Application) -> Application:
    """`application`, for sockets of allowed origins; others are refused before they are open."""

    async def asked(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if may_open(scope):
            await application(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": FORBIDDEN})

    return asked
