"""One key for each visitor, wrapped by a key of the house's environment.

AES-256-GCM throughout (NIST SP 800-38D), a fresh random nonce of 96 bits for every sealing. What is
sealed names its visitor, and the place it was sealed for is bound to it: it opens in no other
column and by nobody else's key. When that is destroyed, everything sealed with it is noise.
"""

import base64
import binascii
import hashlib
import hmac
import os
import threading
import time
import uuid
from collections import OrderedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction

from concierge.clients.models.person import Key, Visitor

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

    @property
    def names(self) -> tuple[str, ...]:
        """Of all its keys, the current one first."""
        return tuple(self._by_name)

    def key(self, name: str) -> bytes:
        """Raises SealError for one that this ring does not have."""
        if name not in self._by_name:
            raise SealError(f"The key {name} is missing from CLIENT_KEYS.")
        return self._by_name[name]

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
        self._keys: OrderedDict[uuid.UUID, tuple[bytes, float]] = OrderedDict()  # oldest first
        self._lock = threading.Lock()

    def get(self, visitor: uuid.UUID) -> bytes | None:
        with self._lock:
            self._let_go()
            key, _ = self._keys.get(visitor, (None, 0.0))
        return key

    def keep(self, visitor: uuid.UUID, key: bytes) -> None:
        with self._lock:
            self._keys.pop(visitor, None)
            self._keys[visitor] = (key, time.monotonic() + KEPT_FOR)
            self._let_go()

    def drop(self, visitor: uuid.UUID | None = None) -> None:
        """Forget the visitor's, or all; those this transaction has made, too."""
        for made in _made():
            if visitor in (None, made.visitor):
                made.key = None
        with self._lock:
            if visitor is None:
                self._keys.clear()
            else:
                self._keys.pop(visitor, None)

    def _let_go(self) -> None:
        """Of those whose minute is over, and of more than KEPT."""
        now = time.monotonic()
        while self._keys:
            visitor, (_, until) = next(iter(self._keys.items()))
            if until > now and len(self._keys) <= KEPT:
                return
            del self._keys[visitor]


kept = _Kept()


class _Made:
    """A key made in a transaction that is still open: kept once it is committed, not before.

    Were it kept at once and the transaction taken back, words would be sealed with a key that
    nobody has.
    """

    def __init__(self, visitor: uuid.UUID, key: bytes) -> None:
        self.visitor = visitor
        self.key: bytes | None = key

    def __call__(self) -> None:
        if self.key:
            kept.keep(self.visitor, self.key)


def _made() -> list[_Made]:
    # Django drops what waits for a commit with the transaction or savepoint that is taken back.
    return [hook for _, hook, *_ in connection.run_on_commit if isinstance(hook, _Made)]


def known(visitor: uuid.UUID) -> bytes | None:
    """The key, where this process or this transaction has it at hand."""
    here = (made.key for made in _made() if made.visitor == visitor)
    return next(filter(None, here), None) or kept.get(visitor)


def key_for(visitor: uuid.UUID) -> bytes:
    """The visitor's key, made on first use. Raises ForgottenError when there is no such visitor."""
    if (at_hand := known(visitor)) is not None:
        return at_hand
    keys = ring()
    row = Key.objects.filter(visitor_id=visitor).first()
    if row is not None:
        key = keys.unwrap(row)
        kept.keep(visitor, key)
        return key
    if not Visitor.objects.filter(pk=visitor).exists():
        raise ForgottenError("There is nobody any more whom this text could be kept for.")
    wrapped = keys.wrap(os.urandom(LENGTH), visitor)
    row, _ = Key.objects.get_or_create(
        visitor_id=visitor, defaults={"wrapped": wrapped, "wrapper": keys.current}
    )
    key = keys.unwrap(row)
    transaction.on_commit(_Made(visitor, key))
    return key


def key_of(visitor: uuid.UUID) -> bytes:
    """The visitor's key as it is. Raises ForgottenError when there is none."""
    if (at_hand := known(visitor)) is not None:
        return at_hand
    row = Key.objects.filter(visitor_id=visitor).first()
    if row is None:
        raise ForgottenError("The key of this text was destroyed.")
    key = ring().unwrap(row)
    kept.keep(visitor, key)
    return key


def warm(visitors: set[uuid.UUID]) -> None:
    """Fetch the keys of many at once, for a list of what they said."""
    missing = [each for each in visitors if known(each) is None]
    if not missing:
        return
    keys = ring()
    for row in Key.objects.filter(visitor_id__in=missing):
        kept.keep(row.visitor_id, keys.unwrap(row))


def seal(text: str, visitor: uuid.UUID, place: str) -> bytes:
    """`text` under the visitor's key, for `place` alone; b"" for no text."""
    return sealed_by(key_for(visitor), text, visitor, place) if text else b""


def unseal(sealed: bytes, place: str) -> str:
    """The words again. Raises ForgottenError, and SealError for what was tampered with."""
    return opened_by(key_of(owner_of(sealed)), sealed, place) if sealed else ""


def sealed_by(key: bytes, text: str, visitor: uuid.UUID, place: str) -> bytes:
    nonce = os.urandom(NONCE)
    words = AESGCM(key).encrypt(nonce, text.encode(), bound(visitor, place))
    return FORM + visitor.bytes + nonce + words


def opened_by(key: bytes, sealed: bytes, place: str) -> str:
    """Raises SealError for what was tampered with."""
    nonce, words = sealed[HEAD - NONCE : HEAD], sealed[HEAD:]
    try:
        return AESGCM(key).decrypt(nonce, words, bound(owner_of(sealed), place)).decode()
    except InvalidTag:
        raise SealError(f"What was kept in {place} was changed outside the product.") from None


class Seal:
    """What seals and opens for one purpose alone, away from the database.

    Its secret, of LENGTH bytes, is made of the visitor's key and does not tell it.
    """

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(secret)

    @classmethod
    def of(cls, visitor: uuid.UUID, purpose: str) -> "Seal":
        """Raises ForgottenError when the visitor's key is destroyed."""
        return cls(hmac.new(key_of(visitor), purpose.encode(), hashlib.sha256).digest())

    def seal(self, text: str) -> bytes:
        if not text:
            return b""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def unseal(self, sealed: bytes) -> str:
        """The words again; "" for what this never sealed."""
        if len(sealed) <= NONCE:
            return ""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()
        except InvalidTag:
            return ""


def owner_of(sealed: bytes) -> uuid.UUID:
    """Whose key it is sealed with. Raises SealError for what was never sealed."""
    if not sealed.startswith(FORM) or len(sealed) <= HEAD:
        raise SealError("What was kept is not sealed.")
    return uuid.UUID(bytes=sealed[len(FORM) : len(FORM) + 16])


def bound(visitor: uuid.UUID, place: str) -> bytes:
    return visitor.bytes + place.encode()
