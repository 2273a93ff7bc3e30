"""Where the archive may go, and to which machine a name leads.

A name is resolved once, every address it has is checked, and the connection is made to a checked
address itself: a name that answers differently the second time is never asked a second time.
"""

import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass

from django.conf import settings

from archive.web import address
from archive.web.errors import ForbiddenAddressError, WebError
from archive.web.target import Target, shown

Resolve = Callable[[str, int], list[str]]

# Names that mean this machine, this network or a cloud's secrets wherever they are asked.
INNER = ("localhost", "localdomain", "localhost6", "localdomain6", "local", "internal", "lan",
         "intranet", "home", "corp", "private", "home.arpa", "onion", "test", "invalid",
         "example")  # fmt: skip
SECRETS = ("metadata.google.internal", "metadata.goog", "metadata", "instance-data",
           "instance-data.ec2.internal", "metadata.azure.internal", "metadata.oraclecloud.com",
           "metadata.platformequinix.com", "metadata.packet.net")  # fmt: skip

CLOSED = "“{}” is not on the open web, so it is not fetched."
PORT = "“{}” uses port {}, which is not fetched from: the operator can allow it."
UNKNOWN = "There is no site named “{}”, or its name could not be looked up just now."


def addresses(name: str, port: int) -> list[str]:
    """Every address of `name`, in the system's order. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Door:
    """What may be fetched. `opened` holds `host:port` places of the house's own network."""

    opened: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset({80, 443})
    agent: str = "Concierge/0.1"  # who asks
    delay: float = 1.0  # seconds between two pages of a site
    resolve: Resolve = addresses
    tls: ssl.SSLContext | None = None  # None: what the system trusts

    @classmethod
    def of_settings(cls) -> "Door":
        return cls(
            opened=frozenset(place.lower() for place in settings.FETCH_HOSTS),
            ports=frozenset(settings.FETCH_PORTS),
            agent=settings.FETCH_AGENT,
            delay=settings.FETCH_DELAY,
        )

    def way(self, target: Target, seconds: float) -> list[str]:
        """The checked addresses of `target`, found in `seconds`.

        Raises ForbiddenAddressError if one of them is not on the open web, and WebError if there
        are none.
        """
        opened = self.admits(target)
        found = [target.host] if address.read(target.host) else self.looked_up(target, seconds)
        for each in found:
            if address.is_metadata(each) or not (opened or address.is_public(each)):
                raise ForbiddenAddressError(CLOSED.format(shown(target.site)))
        return found

    def admits(self, target: Target) -> bool:
        """Whether the house has opened the place itself. Raises ForbiddenAddressError for one that
        is not on the open web by its name, number or port alone."""
        opened = target.place in self.opened
        if target.host in SECRETS or not (opened or is_outer(target.host)):
            raise ForbiddenAddressError(CLOSED.format(shown(target.site)))
        if not opened and target.port not in self.ports:
            raise ForbiddenAddressError(PORT.format(shown(target.site), target.port))
        return opened

    def looked_up(self, target: Target, seconds: float) -> list[str]:
        # The system's resolver takes no time limit; its thread can be left behind.
        pool = ThreadPoolExecutor(1)
        answer = pool.submit(self.resolve, target.host, target.port)
        pool.shutdown(wait=False)
        try:
            found = answer.result(max(seconds, 0))
        except (OSError, UnicodeError, FutureTimeoutError):
            raise WebError(UNKNOWN.format(shown(target.host))) from None
        if not found:
            raise WebError(UNKNOWN.format(shown(target.host)))
        return found


def is_outer(host: str) -> bool:
    """Whether `host` can be on the open web by its name alone."""
    if address.read(host):
        return address.is_public(host)
    return "." in host and not any(host == name or host.endswith(f".{name}") for name in INNER)
