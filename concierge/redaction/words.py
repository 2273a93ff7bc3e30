"""The words of words.toml, folded."""

import tomllib
from pathlib import Path

from concierge.redaction.folded import fold

_told = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _told[name].split())


COMMON = _words("common")
PARTICLES = _words("particles")
HONORIFICS = _words("honorifics")
ENDS = _words("ends")
NOBODY = _words("nobody")
WITHIN = _words("within")
STREETS = _words("streets")
FLATS = _words("flats")
