"""The numbers and bullets that Word shows before paragraphs; the text does not hold them."""

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
NO_LIST = "0"  # numId that takes a paragraph out of its style's list


def roman(number: int) -> str:
    said = ""
    for value, sign in NUMERALS:
        while number >= value:
            said, number = said + sign, number - value
    return said


def letter(number: int) -> str:
    """1 is a, 26 z, 27 aa, as Word counts."""
    repeats, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeats + 1)


FORMS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda number: "",
}
Level = tuple[str, str, int]  # form, text with %1 for the number of level 1, first number


class Numbering:
    """Counts through a document, its paragraphs in order."""

    def __init__(self, root: Any) -> None:
        """`root` is the numbering part's element, or None."""
        self.levels: dict[str, dict[int, Level]] = {}  # by abstract list
        self.lists: dict[str, str] = {}  # abstract list of each list
        self.restarts: dict[str, dict[int, int]] = {}  # of lists that do not go on with others
        self.counts: dict[str, dict[int, int]] = {}
        for each in root if root is not None else ():
            if each.tag == qn("w:abstractNum"):
                found = {number(lvl, "w:ilvl"): level(lvl) for lvl in each.iter(qn("w:lvl"))}
                self.levels[each.get(qn("w:abstractNumId"))] = found
            elif each.tag == qn("w:num"):
                self.add(each)

    def add(self, element: Any) -> None:
        key = element.get(qn("w:numId"))
        self.lists[key] = value(element, "w:abstractNumId")
        overrides = element.findall(qn("w:lvlOverride"))
        starts = {
            number(each, "w:ilvl"): value(each, "w:startOverride")
            for each in overrides
            if each.find(qn("w:startOverride")) is not None
        }
        self.restarts[key] = {at: int(first) for at, first in starts.items() if first.isdigit()}

    def mark(self, key: str, depth: int) -> str:
        """What stands before the next paragraph of list `key` at `depth`; "" outside lists."""
        abstract = self.lists.get(key, "")
        levels = self.levels.get(abstract, {})
        if key == NO_LIST or not abstract:
            return ""
        if depth not in levels or levels[depth][0] == "bullet":
            return "•"
        counts = self.counts.setdefault(abstract, {})
        first = self.restarts.get(key, {}).pop(depth, None)
        if first is not None:
            counts[depth] = first
        else:
            counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        said = levels[depth][1]
        for at, (form, _, start) in levels.items():
            shown = FORMS.get(form, str)(counts.get(at, start))
            said = said.replace(f"%{at + 1}", shown)
        return said.strip()


def level(element: Any) -> Level:
    start = value(element, "w:start")
    text = value(element, "w:lvlText")
    return value(element, "w:numFmt") or "decimal", text, int(start) if start.isdigit() else 1


def value(element: Any, tag: str) -> str:
    found = element.find(qn(tag))
    return (found.get(qn("w:val")) or "") if found is not None else ""


def number(element: Any, name: str) -> int:
    found = element.get(qn(name)) or "0"
    return int(found) if found.isdigit() else 0
