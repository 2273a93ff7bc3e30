"""What of an answer is the house's own words: neither quoted, nor the name of something."""

import re
from collections.abc import Callable, Iterable

QUOTED = r"^>.*$|“[^”]*”|«[^»]*»|„[^“]*“|\"[^\"\n]*\"|\[P?\d{1,3}\]"


def reworded(text: str, kept: Iterable[str], change: Callable[[str], str]) -> str:
    """`text` with each stretch of own words changed; quotations, marks and `kept` as they are."""
    parts: list[str] = []
    position = 0
    for match in _foreign(kept).finditer(text):
        parts += [change(text[position : match.start()]), match.group()]
        position = match.end()
    return "".join([*parts, change(text[position:])])


def own_words(text: str, kept: Iterable[str] = ()) -> str:
    """The own words alone; a mark stands where others were, so that nothing new comes together."""
    return _foreign(kept).sub("\u241f", text)


def _foreign(kept: Iterable[str]) -> re.Pattern[str]:
    names = sorted({name.strip() for name in kept if name.strip()}, key=len, reverse=True)
    return re.compile("|".join([QUOTED, *map(re.escape, names)]), re.MULTILINE | re.IGNORECASE)
