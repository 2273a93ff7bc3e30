"""A web address into the parts of a request, read once and strictly.

What other programs read in two ways is refused and not guessed: an attack on a fetcher lives from
one part that checks the address and another that reads it differently.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from archive.web.errors import ForbiddenAddressError, WebError

LONGEST = 2000  # characters of a URL
PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
                  r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")  # fmt: skip
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
KEPT = "%/:?#[]@!$&'()*+,;=~-._"  # characters of a path and query that stay as they are

NO_ADDRESS = "“{}” is no web address: write it as https://www.example.com/page."
NOT_WEB = "“{}” is not on the web: only addresses with http:// or https:// are fetched."
SIGNED = "“{}” holds a name or password: write the address without them."
UNUSUAL = "“{}” names a machine in an unusual way: write its name, or its address as 4 numbers."


@dataclass(frozen=True, slots=True)
class Target:
    scheme: str  # http or https
    host: str  # a name in ASCII, or an address: IPv6 without brackets
    port: int
    path: str  # with query; ASCII

    @property
    def place(self) -> str:
        """`host:port`, as the settings name a machine."""
        return f"{self.bracketed}:{self.port}"

    @property
    def bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def site(self) -> str:
        own = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.bracketed}{own}"

    @property
    def url(self) -> str:
        return self.site + self.path

    def to(self, location: str) -> "Target":
        """Where a redirect of this page leads. Raises WebError."""
        try:
            joined = urljoin(self.url, quote(location.strip(" "), safe=KEPT + "\\\t\r\n"))
        except ValueError:
            raise WebError(NO_ADDRESS.format(shown(location)), permanent=True) from None
        return target(joined)


def target(url: str) -> Target:
    """Raises WebError for what is no address, ForbiddenAddressError for what is no web address."""
    if not url or len(url) > LONGEST or STRANGE.search(url):
        raise WebError(NO_ADDRESS.format(shown(url)), permanent=True)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WebError(NO_ADDRESS.format(shown(url)), permanent=True) from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise ForbiddenAddressError(NOT_WEB.format(shown(url)))
    if "@" in parts.netloc:
        raise ForbiddenAddressError(SIGNED.format(shown(url.replace(parts.netloc, "…"))))
    if not parts.hostname or port == 0:
        raise WebError(NO_ADDRESS.format(shown(url)), permanent=True)
    path = quote(parts.path or "/", safe=KEPT)
    query = f"?{quote(parts.query, safe=KEPT)}" if parts.query else ""
    return Target(scheme, host(parts.netloc, parts.hostname), port or PORTS[scheme], path + query)


def host(netloc: str, name: str) -> str:
    """The one form of a machine's name or address. Raises WebError."""
    if netloc.startswith("["):
        whole = re.fullmatch(r"\[[0-9A-Fa-f:.]+\](?::\d*)?", netloc)
        try:
            return str(IPv6Address(name if whole else ""))
        except AddressValueError:
            raise ForbiddenAddressError(UNUSUAL.format(shown(netloc))) from None
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError:
            raise WebError(NO_ADDRESS.format(shown(name)), permanent=True) from None
    name = name.lower().removesuffix(".")
    if not HOST.fullmatch(name):
        raise ForbiddenAddressError(UNUSUAL.format(shown(name)))
    if NUMBER.fullmatch(name.rpartition(".")[2]):  # then every program takes it for an address
        try:
            return str(IPv4Address(name))
        except AddressValueError:
            raise ForbiddenAddressError(UNUSUAL.format(shown(name))) from None
    return name


def shown(text: str) -> str:
    """`text` as it may stand in a sentence."""
    clear = "".join(each if each.isprintable() else "·" for each in text)
    return clear if len(clear) <= 80 else clear[:79] + "…"
