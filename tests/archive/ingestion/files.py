"""Files made in memory, for tests of what becomes of them."""

from io import BytesIO

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Lines = list[tuple[str, float, str]]  # (font, size in points, words)


def pdf(*pages: Lines, title: str = "", password: str | None = None, foot: str = "") -> bytes:
    """Pages of lines one under another; an empty line leaves a gap. `foot` ends every page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=password)
    canvas.setTitle(title)
    for number, lines in enumerate(pages, 1):
        top = 780.0
        for font, size, words in lines:
            canvas.setFont(font, size)
            for column, cell in enumerate(words.split("\t")):
                canvas.drawString(60 + 220 * column, top, cell)
            top -= 1.25 * size
        if foot:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 30, f"{foot} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def body(*lines: str) -> Lines:
    return [("Helvetica", 10, line) for line in lines]


def head(words: str, size: float = 18) -> Lines:
    return [("Helvetica-Bold", size, words), *body("")]


def word(*parts: tuple[str, str], rows: list[list[str]] | None = None) -> bytes:
    """Paragraphs as (style, words), then a table of `rows`."""
    document = docx.Document()
    for style, words in parts:
        document.add_paragraph(words, style=style)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()
