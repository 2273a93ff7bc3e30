"""A link in a letter that signs a client in: once, for a quarter of an hour, in one browser.

What the link stands for is kept in Redis, sealed by a key that is made of the link and of a word in
the session that asked for it: neither the letter nor the session nor Redis alone tells who it is
for. Another browser has not the word; there the link opens nothing and is not used up, so that a
mail program that looks at links first does no harm.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache

from archive.models import Brand

WORD = "letter"  # the session's: the browser's half of the newest link
AGE = 60 * 15  # seconds
NONCE = b"\0" * 12  # each key seals one text


class LinkError(Exception):
    """A link that opens nothing."""


class ElsewhereError(LinkError):
    """It was asked for in another browser, or a newer one was asked for since."""


class GoneError(LinkError):
    """It was used, or is too old, or never was."""


@dataclass(frozen=True, slots=True)
class Link:
    token: str
    email: str


def make(session: Any, brand: Brand, email: str) -> Link:
    """A new link for this browser; the one before it opens nothing any more."""
    token, word = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session[WORD] = word
    told = json.dumps([brand.pk, email]).encode()
    cache.set(place(token), AESGCM(key(token, word)).encrypt(NONCE, told, None), AGE)
    return Link(token, email)


def read(session: Any, brand: Brand, token: str) -> Link:
    """What the link stands for, not yet used. Raises ElsewhereError, GoneError."""
    sealed = cache.get(place(token))
    if sealed is None:
        raise GoneError
    try:
        told = AESGCM(key(token, session.get(WORD, ""))).decrypt(NONCE, sealed, None)
    except InvalidTag:
        raise ElsewhereError from None
    brand_id, email = json.loads(told)
    if brand_id != brand.pk:
        raise GoneError
    return Link(token, email)


def use(session: Any, brand: Brand, token: str) -> Link:
    """The same, once: of two that come together, one. Raises ElsewhereError, GoneError."""
    link = read(session, brand, token)
    if not cache.delete(place(token)):
        raise GoneError
    session.pop(WORD, None)
    return link


def place(token: str) -> str:
    return f"letter:{hashlib.sha256(token.encode()).hexdigest()}"


def key(token: str, word: str) -> bytes:
    return hashlib.sha256(f"letter {token} {word}".encode()).digest()
