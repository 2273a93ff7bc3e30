"""Characters composed (NFC) while the limits of a parser hold.

A letter under a million marks takes the square of their number to be put in order. Done here, it
ends the reading of that one file; what comes out is in order, and the worker, who composes again
what it joins, has nothing left to do.
"""

from dataclasses import replace
from unicodedata import is_normalized, normalize

from archive.ingestion.parse.blocks import Parsed


def composed(parsed: Parsed) -> Parsed:
    return replace(
        parsed,
        blocks=[
            replace(block, text=nfc(block.text), speaker=nfc(block.speaker))
            if not (block.text.isascii() and block.speaker.isascii())
            else block
            for block in parsed.blocks
        ],
        title=nfc(parsed.title),
        metadata={name: nfc(value) for name, value in parsed.metadata.items()},
        notes=[nfc(note) for note in parsed.notes],
        dropped=[replace(each, text=nfc(each.text)) for each in parsed.dropped],
    )


def nfc(text: str) -> str:
    return text if is_normalized("NFC", text) else normalize("NFC", text)
