"""Single pages of a file, given to a reader that was chosen for them."""

from collections.abc import Callable
from importlib import import_module

from archive.ingestion.parse.blocks import Block, Parsed, ParseError

Reader = Callable[[bytes, list[int], list[str]], list[Block]]


def on_pages(data: bytes, reader: str, numbers: str, languages: str) -> Parsed:
    """What `reader`, a dotted path, makes of the pages `numbers`, parted by commas."""
    module, _, name = reader.rpartition(".")
    try:
        read: Reader = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        raise ParseError(f"There is no parser {reader} on this machine.") from None
    pages = [int(number) for number in numbers.split(",")]
    return Parsed(read(data, pages, languages.split(",")))
