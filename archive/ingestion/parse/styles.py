"""What the styles of a Word file say of a paragraph: its level as a heading, its list, its type."""

import re
from typing import Any

from docx.oxml.ns import qn

from archive.ingestion.parse import wide
from archive.ingestion.parse.numbering import value

HEADING = re.compile(r"(?:heading|titre|titolo|überschrift|título|見出し) ?(\d)", re.I)
TITLES = ("title", "titre", "titel", "titolo", "表題")
DEEPEST = 6  # level of a heading
LONGEST = 12  # words of a heading that no style names
LARGER = 1.15  # its type over that of the text
COMMON = 0.3  # share of the text in bold, above which bold says nothing
ON = {None, "1", "true", "on"}
PROPERTIES = qn("w:pPr")


class Styles:
    """The paragraph styles by id, each going on with the one it is based on."""

    def __init__(self, root: Any) -> None:
        """`root` is the element of the styles part, or None."""
        self.by_id: dict[str, Any] = {}
        self.usual = ""  # the style of a paragraph that names none
        self.size = 20  # half points
        if root is None:
            return
        for style in root.iter(qn("w:style")):
            key = style.get(qn("w:styleId")) or ""
            self.by_id[key] = style
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ON - {None}:
                self.usual = self.usual or key
        found = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}")
        if found is not None:
            self.size = half_points(found) or self.size

    def of(self, paragraph: Any) -> list[Any]:
        """The elements that say what `paragraph` is, its own first, then its styles'."""
        own = paragraph.find(PROPERTIES)
        key = value(own, "w:pStyle") if own is not None else ""
        found, seen = [paragraph], set()
        key = key or self.usual
        while key in self.by_id and key not in seen:
            seen.add(key)
            found.append(self.by_id[key])
            key = value(self.by_id[key], "w:basedOn")
        return found

    def names(self, paragraph: Any) -> list[str]:
        return [value(style, "w:name") for style in self.of(paragraph)[1:]]

    def is_title(self, paragraph: Any) -> bool:
        return any(name.lower() in TITLES for name in self.names(paragraph))

    def level(self, paragraph: Any) -> int:
        """As a heading, by its outline or its style's name; the title is 1, as the first is."""
        if self.is_title(paragraph):
            return 1
        for each in self.of(paragraph):
            if found := HEADING.match(value(each, "w:name")):
                return min(int(found.group(1)) or 1, DEEPEST)
            properties = each.find(PROPERTIES)
            outline = value(properties, "w:outlineLvl") if properties is not None else ""
            if outline.isdigit():
                return min(int(outline) + 1, DEEPEST) if int(outline) < 9 else 0
        return 0

    def listed(self, paragraph: Any) -> tuple[str, int] | None:
        """(list, depth) of a paragraph that is an item of one."""
        for each in self.of(paragraph):
            found = each.find(f"{PROPERTIES}/{qn('w:numPr')}")
            if found is not None:
                depth = value(found, "w:ilvl")
                return value(found, "w:numId"), int(depth) if depth.isdigit() else 0
        return None

    def type_of(self, paragraph: Any) -> tuple[int, bool]:
        """(half points, bold) of all of a paragraph's words: the smallest of them, bold if all."""
        runs = [run for run in paragraph.iter(qn("w:r")) if (run.findtext(qn("w:t")) or "").strip()]
        chain = [each.find(qn("w:rPr")) for each in self.of(paragraph)[1:]]
        usual = [each for each in chain if each is not None]
        sizes, bold = [], []
        for run in runs:
            own = run.find(qn("w:rPr"))
            said = [*([own] if own is not None else []), *usual]
            found = (each.find(qn("w:sz")) for each in said)
            sizes.append(next((half_points(each) for each in found if each is not None), self.size))
            heavy = (each.find(qn("w:b")) for each in said)
            first = next((each for each in heavy if each is not None), None)
            bold.append(first is not None and first.get(qn("w:val")) in ON)
        return min(sizes, default=self.size), bool(bold) and all(bold)


def half_points(element: Any) -> int:
    found = element.get(qn("w:val")) or ""
    return int(found) if found.isdigit() else 0


def by_type(paragraphs: list[tuple[Any, str]], styles: Styles) -> dict[int, int]:
    """Levels of the headings in a file without heading styles, by identity of the paragraph.

    A heading stands out by larger type, or is bold where little is; larger ones are higher.
    """
    types = {id(each): styles.type_of(each) for each, _ in paragraphs}
    sizes: dict[int, int] = {}
    for each, said in paragraphs:
        size = types[id(each)][0]
        sizes[size] = sizes.get(size, 0) + len(said)
    body = max(sizes, key=lambda size: sizes[size], default=0)
    heavy = sum(len(said) for each, said in paragraphs if types[id(each)][1])
    believed = heavy < COMMON * sum(sizes.values())
    found: list[tuple[Any, int]] = []
    for each, said in paragraphs:
        size, bold = types[id(each)]
        larger = size >= LARGER * body
        if wide.count(said) > LONGEST or re.search(r"[.,;:!?…。]\W*$", said):
            continue
        if larger or (bold and believed and size >= body):
            found.append((each, size))
    ranks = sorted({size for _, size in found}, reverse=True)
    return {id(each): min(ranks.index(size) + 1, DEEPEST) for each, size in found}
