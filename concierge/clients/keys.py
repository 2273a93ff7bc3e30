"""One key for each visitor, wrapped by a key of the house's environment.

AES-256-GCM throughout (NIST SP 800-38D), a fresh random nonce of 96 bits for every sealing. What is
sealed names its visitor, and the place it was sealed for is bound to it: moved to another column or
another person it does not open. When a visitor's key is destroyed, everything sealed with it is
noise, in backups too.
"""

import base64
import binascii
import hashlib
import os
import threading
import time
import uuid
from collections import OrderedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from concierge.clients.models.person import Key

FORM = b"\x01"  # of what is sealed: the form, the visitor, the nonce, the words and their tag
NONCE = 12  # bytes
LENGTH = 32  # bytes of a key
HEAD = len(FORM) + 16 + NONCE
KEPT = 4096  # keys a process holds unwrapped
KEPT_FOR = 60.0  # seconds


class SealError(Exception):
    """What is sealed cannot be opened, or nothing can be sealed; one sentence for the operator."""


class ForgottenError(SealError):
    """The key was destroyed with its visitor: the words are gone."""


class Ring:
    """The keys of the environment that wrap the visitors' own; the first wraps new ones."""

    def __init__(self, told: str) -> None:
        """Of keys of 32 bytes in base64, with commas between them. Raises SealError."""
        self._by_name: dict[str, bytes] = {}
        for each in filter(None, (part.strip() for part in told.split(","))):
            key = decoded(each)
            self._by_name[name_of(key)] = key
        if not self._by_name:
            raise SealError("CLIENT_KEYS names no key: text of clients cannot be kept.")
        self.current = next(iter(self._by_name))

    def wrap(self, key: bytes, visitor: uuid.UUID) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self._by_name[self.current]).encrypt(nonce, key, visitor.bytes)

    def unwrap(self, row: Key) -> bytes:
        """Raises SealError when the wrapping key is not of this ring, or the row was tampered."""
        wrapper = self._by_name.get(row.wrapper)
        if wrapper is None:
            raise SealError(
                f"The key {row.wrapper}, which wraps a client's, is missing from CLIENT_KEYS."
            )
        wrapped = bytes(row.wrapped)
        try:
            return AESGCM(wrapper).decrypt(wrapped[:NONCE], wrapped[NONCE:], row.visitor_id.bytes)
        except InvalidTag:
            raise SealError("A client's key was changed outside the product.") from None


def decoded(told: str) -> bytes:
    try:
        key = base64.b64decode(told, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise SealError("CLIENT_KEYS must name keys of 32 bytes in base64, commas between them.")
    return key


def name_of(key: bytes) -> str:
    """What a wrapped key names its wrapper by: tells nothing of the key itself."""
    return hashlib.sha256(b"concierge client key\0" + key).hexdigest()[:16]


def ring() -> Ring:
    """Read anew each time, which costs microseconds: a rotated setting holds at once."""
    return Ring(settings.CLIENT_KEYS)


class _Kept:
    """Unwrapped keys, for a minute: a message is read far more often than a key is made."""

    def __init__(self) -> None:
        self._keys: OrderedDict[uuid.UUID, tuple[bytes, float]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, visitor: uuid.UUID) -> bytes | None:
        with self._lock:
            key, until = self._keys.get(visitor, (b"", 0.0))
        return key if until > time.monotonic() else None

    def keep(self, visitor: uuid.UUID, key: bytes) -> None:
        with self._lock:
            self._keys[visitor] = (key, time.monotonic() + KEPT_FOR)
            while len(self._keys) > KEPT:
                self._keys.popitem(last=False)

    def drop(self, visitor: uuid.UUID | None = None) -> None:
        with self._lock:
            if visitor is None:
                self._keys.clear()
            else:
                self._keys.pop(visitor, None)


kept = _Kept()


def key_for(visitor: uuid.UUID) -> bytes:
    """The visitor's key, made on first use."""
    known = kept.get(visitor)
    if known is not None:
        return known
    keys = ring()
    row = Key.objects.filter(visitor_id=visitor).first()
    if row is None:
        wrapped = keys.wrap(os.urandom(LENGTH), visitor)
        row, _ = Key.objects.get_or_create(
            visitor_id=visitor, defaults={"wrapped": wrapped, "wrapper": keys.current}
        )
    key = keys.unwrap(row)
    kept.keep(visitor, key)
    return key


def key_of(visitor: uuid.UUID) -> bytes:
    """The visitor's key as it is. Raises ForgottenError when there is none."""
    known = kept.get(visitor)
    if known is not None:
        return known
    row = Key.objects.filter(visitor_id=visitor).first()
    if row is None:
        raise ForgottenError("The key of this text was destroyed.")
    key = ring().unwrap(row)
    kept.keep(visitor, key)
    return key


def warm(visitors: set[uuid.UUID]) -> None:
    """Fetch the keys of many at once, for a list of what they said."""
    missing = [each for each in visitors if kept.get(each) is None]
    keys = ring()
    for row in Key.objects.filter(visitor_id__in=missing):
        kept.keep(row.visitor_id, keys.unwrap(row))


def seal(text: str, visitor: uuid.UUID, place: str) -> bytes:
    """`text` under the visitor's key, for `place` alone; b"" for no text."""
    if not text:
        return b""
    nonce = os.urandom(NONCE)
    words = AESGCM(key_for(visitor)).encrypt(nonce, text.encode(), bound(visitor, place))
    return FORM + visitor.bytes + nonce + words


def unseal(sealed: bytes, place: str) -> str:
    """The words again. Raises ForgottenError, and SealError for what was tampered with."""
    if not sealed:
        return ""
    visitor = owner_of(sealed)
    nonce, words = sealed[HEAD - NONCE : HEAD], sealed[HEAD:]
    try:
        return AESGCM(key_of(visitor)).decrypt(nonce, words, bound(visitor, place)).decode()
    except InvalidTag:
        raise SealError(f"What was kept in {place} was changed outside the product.") from None


def owner_of(sealed: bytes) -> uuid.UUID:
    """Whose key it is sealed with. Raises SealError for what was never sealed."""
    if not sealed.startswith(FORM) or len(sealed) <= HEAD:
        raise SealError("What was kept is not sealed.")
    return uuid.UUID(bytes=sealed[len(FORM) : len(FORM) + 16])


def bound(visitor: uuid.UUID, place: str) -> bytes:
    return visitor.bytes + place.encode()
