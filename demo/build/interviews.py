"""Build the DOCX interviews of the demo archive from their readable sources.

Each `interviews/*.md` has `key: value` lines (title, dateline, output, author, date), a blank
line, then blocks parted by blank lines: `## heading`, `| a | b |` table rows (the first is the
header), and paragraphs with `**bold**` and `*italic*` runs.

    python demo/build/interviews.py
"""

import re
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

HERE = Path(__file__).resolve().parent
ARCHIVE = HERE.parent / "archive"
INK = RGBColor(0x1B, 0x1A, 0x17)
RIVER = RGBColor(0x1F, 0x3B, 0x36)
SAFFRON = RGBColor(0xC9, 0x8A, 0x1B)
RUN = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
# Word files are zips that carry the minute of their making; a fixed one keeps rebuilds identical.
ZIP_DATE = (2025, 1, 1, 0, 0, 0)


def read_source(path: Path) -> tuple[dict[str, str], list[str]]:
    """The header as a mapping, and the body's blocks in reading order."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields, [block.strip() for block in body.split("\n\n") if block.strip()]


def set_styles(document: Docx) -> None:
    """Give the page the house's paper measure, type and colours."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Georgia", Pt(11), INK
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.25
    for name, size, colour in (
        ("Title", 26, INK),
        ("Subtitle", 11, SAFFRON),
        ("Heading 1", 15, RIVER),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Georgia", Pt(size), colour


def add_runs(paragraph: Paragraph, text: str) -> None:
    """Append `text`, its `**bold**` and `*italic*` marks turned into runs."""
    last = 0
    for match in RUN.finditer(text):
        paragraph.add_run(text[last : match.start()])
        bold, italic = match.groups()
        run = paragraph.add_run(bold or italic)
        run.bold, run.italic = bold is not None, italic is not None
        last = match.end()
    paragraph.add_run(text[last:])


def add_table(document: Docx, block: str) -> None:
    """Append a ruled table; the block's first row is its header."""
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in block.splitlines()]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def build(path: Path) -> Docx:
    """One interview as a Word document."""
    fields, blocks = read_source(path)
    document = Document()
    set_styles(document)
    core = document.core_properties
    core.title, core.author, core.language = fields["title"], fields["author"], "en-GB"
    core.created = core.modified = datetime.fromisoformat(fields["date"])
    core.comments = ""
    document.add_paragraph(fields["title"], style="Title")
    document.add_paragraph(fields["dateline"], style="Subtitle")
    for block in blocks:
        if block.startswith("## "):
            document.add_heading(block[3:], level=1)
        elif block.startswith("|"):
            add_table(document, block)
        else:
            add_runs(document.add_paragraph(), block)
    return document


def save(document: Docx, path: Path) -> None:
    """Write the document so that equal content gives equal bytes."""
    draft = BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)


def main() -> None:
    for path in sorted((HERE / "interviews").glob("*.md")):
        output = ARCHIVE / read_source(path)[0]["output"]
        save(build(path), output)
        sys.stdout.write(f"{output.name}\n")


if __name__ == "__main__":
    main()
