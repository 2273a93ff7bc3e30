"""What every maker of fixtures does with the parts of a document."""

import re
from collections.abc import Callable

Made = tuple[str, str, str, list, Callable[[], bytes | str]]  # name, language, tool, parts, maker
CALL = re.compile(r"\[\^(\d+)\]")
MARKS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
PIECES = re.compile(r"(\*\*.+?\*\*|\*.+?\*|\[\^\d+\])")


def plain(text: str) -> str:
    """`text` as it is read: without its marks."""
    return MARKS.sub(lambda match: match[1] or match[2], CALL.sub("", text))


def runs(text: str) -> list[tuple[str, str]]:
    """`text` as (kind, words); the kinds are "", "b", "i" and "call"."""
    found = []
    for piece in filter(None, PIECES.split(text)):
        if piece.startswith("**"):
            found.append(("b", piece[2:-2]))
        elif piece.startswith("*"):
            found.append(("i", piece[1:-1]))
        elif piece.startswith("[^"):
            found.append(("call", piece[2:-1]))
        else:
            found.append(("", piece))
    return found


def markup(text: str, bold: str = "b", italic: str = "i", call: str = "<sup>{}</sup>") -> str:
    """`text` as HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = CALL.sub(lambda match: call.format(match[1]), text)
    text = re.sub(r"\*\*(.+?)\*\*", rf"<{bold}>\1</{bold}>", text)
    return re.sub(r"\*(.+?)\*", rf"<{italic}>\1</{italic}>", text)


def filled(rows: list[list[str | None]], *, repeat: bool) -> list[list[str]]:
    """A table's cells one by one; one over several rows stands in each, or else in the first."""
    found: list[list[str]] = []
    for row in rows:
        cells = []
        for column, cell in enumerate(row):
            above = found[-1][column] if cell is None and repeat else ""
            cells.append(above if cell is None else "" if cell == "<" else cell)
        found.append(cells)
    return found


def truth(parts: list[tuple], language: str, tool: str, *, repeat: bool = True) -> dict:
    """The truth of a file that holds `parts`, as it is kept beside the file."""
    kept = []
    for kind, *rest in parts:
        if kind == "table":
            kept.append([kind, filled(rest[0], repeat=repeat)])
        else:
            kept.append([kind, *(plain(each) if isinstance(each, str) else each for each in rest)])
    return {"language": language, "made_with": tool, "parts": kept}


def levels(parts: list[tuple], most: int) -> list[tuple]:
    """`parts` with headings no lower than `most`, where a tool shows no more levels."""
    return [("h", min(p[1], most), p[2]) if p[0] == "h" else p for p in parts]


def continued(parts: list[tuple]) -> list[tuple]:
    """`parts` with one count over all numbered lists, as a word processor's list style counts."""
    number, found = 0, []
    for part in parts:
        number += part[0] == "ol"
        found.append(("ol", number, part[2]) if part[0] == "ol" else part)
    return found


def on_slides(parts: list[tuple], most: int = 2) -> list[tuple]:
    """`parts` as slides show them: two levels, and each slide's table below its words."""
    found: list[tuple] = []
    held: list[tuple] = []
    for part in [*levels(parts, most), ("h", 0, "")]:
        if part[0] == "h":
            found, held = [*found, *held], []
        (held if part[0] == "table" else found).append(part)
    return found[:-1]
