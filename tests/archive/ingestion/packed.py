"""Slides, sheets, books, mails and archives made in memory."""

import zipfile
from email.message import EmailMessage
from io import BytesIO

import openpyxl
import pptx
from pptx.util import Emu, Inches


def archive(members: dict[str, bytes | str], **options) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


TITLE, CONTENT, SECTION, BLANK = 0, 1, 2, 6  # layouts of the default template


class Deck:
    """A deck of the default template, built slide by slide."""

    def __init__(self, title: str = "") -> None:
        self.deck = pptx.Presentation()
        self.deck.core_properties.title = title

    def slide(self, layout: int, title: str = "", *paragraphs: str):
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        if title:
            slide.shapes.title.text = title
        if paragraphs:
            slide.placeholders[1].text = "\n".join(paragraphs)
        return slide

    def box(self, slide, words: str, left: float, top: float, width: float = 2, height: float = 1):
        box = slide.shapes.add_textbox(*map(Inches, (left, top, width, height)))
        box.text_frame.text = words
        return box

    def table(self, slide, rows: list[list[str]]):
        size = (Emu(0), Inches(4), Inches(6), Inches(2))
        table = slide.shapes.add_table(len(rows), len(rows[0]), *size).table
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        return table

    def data(self) -> bytes:
        out = BytesIO()
        self.deck.save(out)
        return out.getvalue()


def book(sheets: dict[str, list[list]], formats: dict[str, str] | None = None) -> bytes:
    """A workbook; `formats` are number formats by cell of the first sheet, "B2" say."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for cell, form in (formats or {}).items():
        made.worksheets[0][cell].number_format = form
    out = BytesIO()
    made.save(out)
    return out.getvalue()


CONTAINER = """<?xml version="1.0"?><container version="1.0"
xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf"
media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>
<dc:creator>Inès Carvalho</dc:creator><dc:language>fr-FR</dc:language>
<dc:date>1961-05-02T00:00:00Z</dc:date><dc:rights>© the house</dc:rights></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">
<head><title/></head><body><script src="a.js"/>{}</body></html>"""


def epub(chapters: dict[str, str], order: list[str], title: str = "Le livre", **more: str) -> bytes:
    """A book; `chapters` are bodies by name, `order` the names in the spine."""
    items = "".join(
        f'<item id="{name}" href="{name.replace(" ", "%20")}.xhtml"'
        ' media-type="application/xhtml+xml"/>'
        for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in order)
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE.format(title=title, items=items, spine=spine),
            "OEBPS/nav.xhtml": PAGE.format("<nav><h1>Contents</h1></nav>"),
            **{f"OEBPS/{name}.xhtml": PAGE.format(body) for name, body in chapters.items()},
            **more,
        }
    )


def mail(
    words: str = "", *, page: str = "", attached: dict[str, bytes] | None = None, **headers: str
) -> bytes:
    message = EmailMessage()
    stated = {"Subject": "The heron", "From": "Ottoline Vane <vane@example.org>"}
    for name, value in {**stated, "Date": "Wed, 02 May 1934 10:00:00 +0000", **headers}.items():
        message[name] = value
    message["Message-ID"] = "<1@example.org>"
    if words:
        message.set_content(words)
    if page and words:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
