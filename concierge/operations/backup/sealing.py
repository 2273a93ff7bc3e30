"""A file sealed in pieces: whatever is changed, moved or cut off is found before it is believed.

AES-256-GCM over pieces of 1 MiB, each bound to its place and the last marked as the last (STREAM:
Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015). The file's own key is drawn by HKDF from the first of CLIENT_KEYS;
any key of the ring opens what it has sealed.
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concierge.clients.keys import Ring, SealError

MAGIC = b"CONCIERGE-BACKUP-1\n"
NAME, SALT, PREFIX = 16, 32, 7  # bytes: of the ring's key, of the file's, of its nonces
PIECE = 1024 * 1024  # bytes of a piece, before sealing
TAG = 16  # bytes


class BackupError(Exception):
    """A backup that cannot be made or believed; one sentence for the operator."""


def key_of(master: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"concierge backup").derive(master))


def nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Seals what is written to it into `file`. It must be closed: without its end it is nothing."""

    def __init__(self, file: BinaryIO, ring: Ring) -> None:
        self._file = file
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        self._key = key_of(ring.key(ring.current), salt)
        self._head = MAGIC + ring.current.encode() + salt + self._prefix
        self._waiting = bytearray()
        self._number = 0
        file.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = bytes(data)  # type: ignore[call-overload]
        self._waiting += given
        while len(self._waiting) > PIECE:  # the last piece is not known before the end
            self._piece(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(given)

    def end(self) -> None:
        self._piece(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _piece(self, data: bytes, is_last: bool) -> None:
        at = nonce(self._prefix, self._number, is_last)
        self._file.write(self._key.encrypt(at, data, self._head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """What was sealed, piece by piece. Raises BackupError at the first that is not as it was."""

    def __init__(self, file: BinaryIO, ring: Ring) -> None:
        self._file = file
        self._head = file.read(len(MAGIC) + NAME + SALT + PREFIX)
        if not self._head.startswith(MAGIC) or len(self._head) < len(MAGIC) + NAME + SALT + PREFIX:
            raise BackupError("This is no backup of Concierge, or its beginning is damaged.")
        name = self._head[len(MAGIC) :][:NAME].decode("ascii", "replace")
        salt = self._head[len(MAGIC) + NAME :][:SALT]
        self._prefix = self._head[-PREFIX:]
        try:
            self._key = key_of(ring.key(name), salt)
        except SealError:
            raise BackupError(
                f"It is sealed with the key {name!r}, which CLIENT_KEYS does not name, "
                "or its beginning is damaged."
            ) from None
        self._open = b""
        self._number = 0
        self._ahead = file.read(PIECE + TAG)
        self._has_ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if not self._open and not self._has_ended:
            self._open = self._next()
        taken = self._open[: len(view)]
        view[: len(taken)] = taken
        self._open = self._open[len(taken) :]
        return len(taken)

    def _next(self) -> bytes:
        sealed, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        is_last = not self._ahead
        try:
            data = self._key.decrypt(nonce(self._prefix, self._number, is_last), sealed, self._head)
        except InvalidTag:
            raise BackupError(
                "The backup is damaged or cut short: nothing was restored from it."
            ) from None
        self._number += 1
        self._has_ended = is_last
        return data
