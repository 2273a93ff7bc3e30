"""Each hostile file by itself: it is read or refused, in time, and touches nothing else."""

from pathlib import Path

import pytest

from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.limited import SLOW as TOO_SLOW
from archive.ingestion.parse.limited import STUCK, ParserCrashedError, parse

from . import shelf
from .sentences import is_understood

FILES = list(shelf.files())


def test_there_are_more_than_sixty_files():
    assert len({each.name for each in FILES}) == len(FILES) > 160


def outcome(data: bytes, hostile: shelf.Hostile) -> tuple[str, str]:
    """How the file ends, as the shelf names it, and what is said or read."""
    try:
        parsed = parse(data, hostile.name, 1.5 if hostile.ends == shelf.SLOW else None)
    except ParserCrashedError as crash:
        return shelf.SLOW if str(crash) == STUCK else shelf.CRASH, str(crash)
    except ParseError as refused:
        said = str(refused)
        return shelf.SLOW if said == TOO_SLOW else said[: len(hostile.ends)] or said, said
    return "", " ".join(block.text for block in parsed.blocks)


@pytest.mark.parametrize("hostile", FILES, ids=lambda each: each.name)
def test_a_hostile_file_is_read_or_refused(hostile, listener):
    escaped = set(Path("/tmp").glob("*escaped*"))
    ended, said = outcome(hostile.make(f"http://127.0.0.1:{listener.port}"), hostile)
    assert ended == hostile.ends
    assert is_understood(said) if ended else "root:x:0" not in said and "ha" * 200 not in said
    assert not listener.visitors()
    assert set(Path("/tmp").glob("*escaped*")) == escaped
