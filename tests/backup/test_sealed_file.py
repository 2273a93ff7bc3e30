"""A sealed file is believed whole or not at all."""

import io
import os

import pytest

from concierge.clients.keys import Ring
from concierge.operations.backup.sealing import (
    MAGIC,
    PIECE,
    BackupError,
    SealedReader,
    SealedWriter,
)
from tests.clients.test_keys import fresh

KEY = fresh()


def sealed(data: bytes) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, Ring(KEY))
    for start in range(0, len(data), 300_001):
        writer.write(data[start : start + 300_001])
    writer.end()
    return file.getvalue()


def opened(blob: bytes, keys: str = KEY) -> bytes:
    return SealedReader(io.BytesIO(blob), Ring(keys)).readall()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_comes_back_to_the_byte(size):
    data = os.urandom(size)
    assert opened(sealed(data)) == data


@pytest.mark.parametrize("at", [0, 5, 20, 30, 60, 80, 1000, PIECE + 200, -1, -17])
def test_a_single_bit_that_was_changed_is_found(at):
    blob = bytearray(sealed(os.urandom(PIECE + 500)))
    blob[at] ^= 4
    with pytest.raises(BackupError):
        opened(bytes(blob))


@pytest.mark.parametrize("left", [0, 10, len(MAGIC) + 20, 100, PIECE, PIECE + 16, -1])
def test_a_file_cut_short_is_found_wherever_it_ends(left):
    blob = sealed(os.urandom(2 * PIECE + 7))
    head = len(blob) - 2 * PIECE - 7 - 3 * 16
    for cut in {left, head + left if left > 100 else left}:
        with pytest.raises(BackupError):
            opened(blob[:cut])


def test_pieces_that_changed_places_are_found():
    blob = sealed(os.urandom(3 * PIECE))
    size = PIECE + 16
    head = len(blob) - 3 * size
    pieces = [blob[head + n * size :][:size] for n in range(3)]
    with pytest.raises(BackupError):
        opened(blob[:head] + pieces[1] + pieces[0] + pieces[2])


def test_more_behind_its_end_is_found():
    with pytest.raises(BackupError):
        opened(sealed(b"words") + b"more")


def test_nothing_of_it_can_be_read_in_the_file():
    assert b"a client's words" not in sealed(b"a client's words")


def test_any_key_of_the_ring_opens_what_it_sealed():
    assert opened(sealed(b"words"), f"{fresh()},{KEY}") == b"words"


def test_without_its_key_the_operator_is_told_which_is_missing():
    with pytest.raises(BackupError, match=Ring(KEY).current):
        opened(sealed(b"words"), fresh())


def test_a_file_that_is_no_backup_is_told_to_be_none():
    with pytest.raises(BackupError, match="no backup"):
        opened(b"PK\x03\x04 something else altogether, and long enough to be read as a head" * 3)
