"""Markdown, plain text, transcripts, e-books, letters and separated values, by hand."""

import re
import textwrap
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from bench.fidelity.parts import filled, plain
from bench.fidelity.set_page import body

STAMP = (2025, 3, 3, 9, 0, 0)


def markdown(parts: list[tuple], *, underlined: bool = False, front: str = "") -> str:
    """Markdown with headings by hashes, or underlined; lines wrapped as an editor would."""
    lines = [front] if front else []
    last = ""
    for kind, *rest in parts:
        if last in {"li", "ol"} and kind != last:
            lines.append("")
        if kind == "h":
            lines += [heading(rest[0], rest[1], underlined=underlined), ""]
        elif kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in filled(rest[0], repeat=True)]
            lines += [rows[0], "|" + "---|" * len(rest[0][0]), *rows[1:], ""]
        elif kind in {"li", "ol"}:
            lines.append(("- " if kind == "li" else f"{rest[0]}. ") + rest[-1])
        elif kind == "note":
            lines.append(f"[^{rest[0]}]: {rest[1]}")
        elif kind == "fig":
            lines += [f"![{rest[0]}](figure.jpg)", ""]
        else:
            lines += [wrapped(rest[-1]), ""]
        last = kind
    return "\n".join(lines) + "\n"


def mixed(parts: list[tuple]) -> str:
    """Markdown with HTML tables, closed headings, emphasis and links."""
    lines = []
    for kind, *rest in parts:
        if kind == "h":
            lines.append(f"{'#' * rest[0]} {rest[1]} {'#' * rest[0]}")
        elif kind == "table":
            lines.append(body([(kind, *rest)]).strip())
        elif kind == "ol":
            lines.append(f"{rest[0]}) {rest[1]}")
        else:
            first, _, others = rest[-1].partition(" ")
            lines.append(f"[{first}](https://example.com/a) {others}")
    return "\n\n".join(lines) + "\n"


def heading(level: int, text: str, *, underlined: bool) -> str:
    if underlined and level < 3:
        return f"{text}\n{'=-'[level - 1] * max(len(text), 3)}"
    return f"{'#' * level} {text}"


def wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 78)) if " " in text else text


def typed(parts: list[tuple], width: int = 72) -> str:
    """Plain text as typed: a capital title, underlined headings, columns of blanks."""
    blocks = []
    for kind, *rest in parts:
        if kind == "h" and rest[0] == 1:
            blocks.append(rest[1].upper())
        elif kind == "h":
            blocks.append(f"{rest[1]}\n{'=-'[rest[0] - 2] * len(rest[1])}")
        elif kind == "table":
            rows = filled(rest[0], repeat=True)
            widths = [max(map(len, column)) + 4 for column in zip(*rows, strict=True)]
            blocks.append(
                "\n".join(
                    "".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
                    for row in rows
                )
            )
        else:
            mark = {"li": "- ", "ol": f"{rest[0]}. "}.get(kind, "")
            blocks.append(
                textwrap.fill(mark + plain(rest[-1]), width, subsequent_indent=" " * len(mark))
            )
    return "\n\n".join(blocks) + "\n"


def clock(seconds: float, mark: str) -> str:
    whole = round(seconds * 1000)
    hours, rest = divmod(whole, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{mark}{rest % 1000:03}"


def cues(parts: list[tuple], most: int = 46) -> list[tuple[float, float, str, list[str]]]:
    """(start, end, speaker, lines) of each cue: two lines at most, of `most` characters."""
    found = []
    for _, speaker, start, text in parts:
        lines = (
            textwrap.wrap(text, most) if " " in text else re.findall(rf".{{1,{most // 2}}}", text)
        )
        pairs = [lines[n : n + 2] for n in range(0, len(lines), 2)]
        for number, pair in enumerate(pairs):
            found.append((start + 2.5 * number, start + 2.5 * number + 2.4, speaker, pair))
    return found


def webvtt(parts: list[tuple], *, style: str = "voice", title: str = "") -> str:
    """WebVTT with `<v Name>` in every cue, or "Name:" in the first of a turn ("prefix")."""
    blocks = [f"WEBVTT - {title}" if title else "WEBVTT"]
    if style == "voice":
        blocks.append("STYLE\n::cue(v) { color: white }")
    last = ""
    for number, (start, end, speaker, lines) in enumerate(cues(parts), 1):
        if style == "voice":
            said = f"<v.loud {speaker}>" + "\n".join(escape(line) for line in lines) + "</v>"
        else:
            name = "" if speaker == last else f"{speaker}: "
            said = name + "\n".join(lines)
        last = speaker
        blocks.append(f"{number}\n{clock(start, '.')} --> {clock(end, '.')} align:start\n{said}")
    return "\n\n".join(blocks) + "\n"


def subrip(parts: list[tuple], *, dashes: bool = False, wide: bool = False) -> str:
    """SubRip with "NAME:" before a turn's first cue (a wide colon after a Japanese name)."""
    blocks, last = [], ""
    for number, (start, end, speaker, lines) in enumerate(cues(parts), 1):
        name = (
            "" if speaker == last else f"{'- ' if dashes else ''}{speaker}{'：' if wide else ': '}"
        )
        last = speaker
        said = "\n".join(
            [f"<i>{name}{lines[0]}</i>" if dashes and not name else name + lines[0], *lines[1:]]
        )
        blocks.append(f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n{said}")
    return "\r\n\r\n".join(block.replace("\n", "\r\n") for block in blocks) + "\r\n"


def book(parts: list[tuple], language: str, *, split: bool = True) -> bytes:
    """An e-book with a chapter for each second heading, a cover and a table of contents."""
    chapters: list[list[tuple]] = [[]]
    for part in parts:
        if split and part[0] == "h" and part[1] == 2 and chapters[-1]:
            chapters.append([])
        chapters[-1].append(part)
    name = plain(parts[0][-1])
    items = "".join(
        f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">serance</dc:identifier><dc:title>{escape(name)}</dc:title>'
        f"<dc:language>{language}</dc:language></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"</manifest><spine>{spine}</spine></package>"
    )
    links = "".join(f'<li><a href="text/c{n}.xhtml">{n}</a></li>' for n in range(len(chapters)))
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<?xml version="1.0"?><container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>",
        "OPS/book.opf": package,
        "OPS/nav.xhtml": page(f'<nav epub:type="toc"><ol>{links}</ol></nav>', name),
    }
    for number, chapter in enumerate(chapters):
        closed = body(chapter).replace('alt="">', 'alt=""/>')
        files[f"OPS/text/c{number}.xhtml"] = page(closed, name)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package_file:
        for path, content in files.items():
            kind = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            package_file.writestr(zipfile.ZipInfo(path, STAMP), content, kind)
    return out.getvalue()


def page(inside: str, name: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html '
        'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>'
        f"<title>{escape(name)}</title></head><body>{inside}</body></html>"
    )


def separated(rows: list[list], mark: str = ",") -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if mark in cell or '"' in cell else cell

    return "\r\n".join(mark.join(map(quoted, row)) for row in filled(rows, repeat=True)) + "\r\n"
