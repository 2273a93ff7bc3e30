"""Word, PowerPoint and Excel files, by libraries and by an office program."""

import re
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pptx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from openpyxl.styles import Font
from pptx.util import Inches

from bench.fidelity.parts import filled, plain, runs

FIELD = b"00000000-0000-4000-8000-000000000000"
STAMP = (2025, 3, 3, 9, 0, 0)


def settled(data: bytes) -> bytes:
    """A package whose parts bear one date, so that making it twice gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2025-03-03T09:00:00Z", content)
            if name.startswith("ppt/"):  # fields are named at random
                content = re.sub(rb'(<a:fld id="\{)[0-9A-F-]{36}', rb"\g<1>" + FIELD, content)
            target.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word(parts: list[tuple], *, names: dict[int, str] | None = None, notes: bool = True) -> bytes:
    """A Word file with the program's own styles, or headings in styles of the house's `names`."""
    document = docx.Document()
    for level, name in (names or {}).items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(22 - 4 * level)
        style.element.get_or_add_pPr().append(
            parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level - 1}"/>')
        )
    for kind, *rest in parts:
        if kind == "h":
            document.add_paragraph(plain(rest[1]), (names or {}).get(rest[0], f"Heading {rest[0]}"))
        elif kind == "table":
            word_table(document, rest[0])
        elif kind == "note":
            document.add_paragraph(f"{rest[0]} {plain(rest[1])}")
        else:
            style = {"li": "List Bullet", "ol": "List Number", "fig": "Caption"}.get(kind)
            add_runs(document.add_paragraph(style=style), rest[-1])
    return saved(document)


def saved(document: object) -> bytes:
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue())


def add_runs(paragraph: object, text: str) -> None:
    for kind, words in runs(text):
        run = paragraph.add_run(words)
        run.bold, run.italic = kind == "b" or None, kind == "i" or None
        run.font.superscript = kind == "call" or None


def word_table(document: object, rows: list[list]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is None:
                table.cell(number - 1, column).merge(table.cell(number, column))
            elif cell == "<":
                table.cell(number, column - 1).merge(table.cell(number, column))
            else:
                table.cell(number, column).text = plain(cell)


def marked_up(parts: list[tuple]) -> bytes:
    """A Word file under revision: insertions, deletions, a text box, a comment's anchor."""
    document = docx.Document()
    for number, (kind, *rest) in enumerate(parts):
        if kind == "h":
            document.add_heading(plain(rest[1]), rest[0])
            continue
        if kind == "table":
            word_table(document, rest[0])
            continue
        if kind == "fig":
            document.element.body.insert(-1, text_box(plain(rest[0])))
            continue
        style = {"li": "List Bullet", "ol": "List Number"}.get(kind)
        paragraph = document.add_paragraph(style=style)
        words = plain(rest[-1]).split(" ")
        third = max(len(words) // 3, 1)
        paragraph.add_run(" ".join(words[:third]))
        element = paragraph._p
        inserted = " " + " ".join(words[third:]) if words[third:] else ""
        if number % 2:
            element.append(change("del", " and this was struck out"))
            element.append(change("ins", inserted))
        else:
            paragraph.add_run(inserted)
    return saved(document)


def change(kind: str, words: str) -> object:
    text = "delText" if kind == "del" else "t"
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="7" w:author="Archive" w:date="2025-03-03T09:00:00Z"><w:r>'
        f'<w:{text} xml:space="preserve">{words}</w:{text}></w:r></w:{kind}>'
    )


def text_box(words: str) -> object:
    """A paragraph that holds a box, in the new drawing and the old picture alike."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    return parse_xml(
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def unstyled(parts: list[tuple]) -> bytes:
    """A Word file of somebody who knows no styles: headings are bold lines in larger type."""
    document = docx.Document()
    for kind, *rest in parts:
        if kind == "h":
            run = document.add_paragraph().add_run(plain(rest[1]))
            run.bold, run.font.size = True, Pt({1: 20, 2: 15, 3: 12}[rest[0]])
        elif kind == "table":
            word_table(document, rest[0])
        else:
            mark = {"li": "- ", "ol": f"{rest[0]}. "}.get(kind, "")
            add_runs(document.add_paragraph(mark), rest[-1])
    return saved(document)


def outlined(parts: list[tuple]) -> bytes:
    """A Word file with the title's style on top and headings one level down."""
    document = docx.Document()
    for kind, *rest in parts:
        if kind == "h" and rest[0] == 1:
            document.add_paragraph(plain(rest[1]), "Title")
        elif kind == "h":
            document.add_paragraph(plain(rest[1]), f"Heading {rest[0]}")
        elif kind == "table":
            word_table(document, rest[0])
        else:
            style = {"li": "List Bullet", "ol": "List Number"}.get(kind)
            said = f"{rest[0]} {rest[1]}" if kind == "note" else rest[-1]
            add_runs(document.add_paragraph(style=style), said)
    return saved(document)


def slides(parts: list[tuple]) -> bytes:
    """A slide for each heading: its words as title, what follows as bullets, tables as tables."""
    deck = pptx.Presentation()
    body = None
    for kind, *rest in parts:
        if kind == "h":
            layout = deck.slide_layouts[0 if rest[0] == 1 else 1]
            slide = deck.slides.add_slide(layout)
            slide.shapes.title.text = plain(rest[1])
            body = slide.placeholders[1].text_frame
        elif kind == "table":
            rows = filled(rest[0], repeat=True)
            shape = slide.shapes.add_table(
                len(rows), len(rows[0]), Inches(1), Inches(4), Inches(8), Inches(2)
            )
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    shape.table.cell(number, column).text = plain(cell)
        else:
            words = plain(rest[-1]) if kind != "ol" else f"{rest[0]}. {plain(rest[-1])}"
            paragraph = body.paragraphs[0] if not body.text else body.add_paragraph()
            paragraph.text = words
    out = BytesIO()
    deck.save(out)
    return settled(out.getvalue())


def sheets(tables: dict[str, list[list]], *, numbers: bool = True) -> bytes:
    """A sheet for each table, numbers as numbers, the head in bold."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(filled(rows, repeat=True), 1):
            for column, cell in enumerate(row, 1):
                value = int(cell) if numbers and cell.isdigit() else cell or None
                sheet.cell(number, column, value).font = Font(bold=number == 1)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue())


def converted(data: bytes, suffix: str, to: str) -> bytes:
    """A file as LibreOffice saves it in another format (`to` may name a filter)."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file{suffix}"
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                f"{folder}/out",
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        made = next((Path(folder) / "out").iterdir()).read_bytes()
    if made.startswith(b"PK"):
        return settled(made)
    made = re.sub(rb"/ID \[.*?\]", lambda m: re.sub(rb"[0-9A-F]", b"0", m[0]), made, flags=re.S)
    made = re.sub(rb"(/DocChecksum /)[0-9A-F]+", lambda m: m[1] + b"0" * 32, made)
    return re.sub(rb"\(D:\d{14}", b"(D:20250303090000", made)


def footed(data: bytes, head: str, foot: str) -> bytes:
    """A Word file with a running head, and a foot that counts the pages."""
    document = docx.Document(BytesIO(data))
    section = document.sections[0]
    section.header.paragraphs[0].text = head
    paragraph = section.footer.paragraphs[0]
    paragraph.text = f"{foot} "
    for text in ("begin", "PAGE", "end"):
        run = paragraph.add_run()._r
        inner = (
            f"<w:instrText {nsdecls('w')}>PAGE</w:instrText>"
            if text == "PAGE"
            else f'<w:fldChar {nsdecls("w")} w:fldCharType="{text}"/>'
        )
        run.append(parse_xml(inner))
    return saved(document)


def fonted(data: bytes, latin: str, asian: str = "") -> bytes:
    """A Word file set in other typefaces."""
    document = docx.Document(BytesIO(data))
    for style in document.styles:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is None:
            continue
        for name in list(fonts.attrib):
            if "Theme" in name:
                del fonts.attrib[name]
        for name in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{name}"), latin)
        fonts.set(qn("w:eastAsia"), asian or latin)
    return saved(document)
