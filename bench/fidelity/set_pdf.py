"""PDFs as a desktop publishing program sets them, by reportlab."""

import textwrap
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from bench.fidelity.parts import filled, markup, plain

FOLDER = "/usr/share/fonts/truetype/liberation"
FAMILIES = {"Serif": "LiberationSerif", "Sans": "LiberationSans"}
MARGIN = 56.0  # points


@dataclass(frozen=True)
class Setting:
    """How a document looks."""

    columns: int = 1
    family: str = "Times"  # Times and Helvetica are not embedded, Serif and Sans are; Mincho
    size: float = 10.0
    head: str = ""  # running head
    foot: str = ""  # running foot, the page number after it
    justified: bool = True
    hyphens: str = ""  # language of hyphenation
    steps: tuple[float, ...] = (2.0, 1.4, 1.0)  # size of headings over the body's
    indent: bool = False  # paragraphs set in, without white between them
    ruled: bool = True  # whether tables have lines
    paper: tuple[float, float] = A4


SMALL = A5


def faces(family: str) -> tuple[str, str]:
    """The plain and the bold face of `family`."""
    if family == "Times":
        return "Times-Roman", "Times-Bold"
    if family == "Helvetica":
        return "Helvetica", "Helvetica-Bold"
    if family == "Mincho":
        pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
        pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
        return "HeiseiMin-W3", "HeiseiKakuGo-W5"
    name = FAMILIES[family]
    for kind in ("Regular", "Bold", "Italic", "BoldItalic"):
        pdfmetrics.registerFont(TTFont(f"{name}-{kind}", f"{FOLDER}/{name}-{kind}.ttf"))
    pdfmetrics.registerFontFamily(
        f"{name}-Regular", f"{name}-Regular", f"{name}-Bold", f"{name}-Italic", f"{name}-BoldItalic"
    )
    return f"{name}-Regular", f"{name}-Bold"


def pdf(parts: list[tuple], setting: Setting) -> bytes:
    out = BytesIO()
    width, height = setting.paper
    gutter = 18.0
    each = (width - 2 * MARGIN - gutter * (setting.columns - 1)) / setting.columns
    frames = [
        Frame(MARGIN + column * (each + gutter), MARGIN, each, height - 2 * MARGIN, 0, 0, 0, 0)
        for column in range(setting.columns)
    ]
    document = BaseDocTemplate(out, pagesize=setting.paper, invariant=1, title="", author="")
    document.addPageTemplates(PageTemplate(frames=frames, onPage=lambda c, d: edges(c, d, setting)))
    document.build(flowables(parts, setting, each))
    return out.getvalue()


def edges(canvas: object, document: object, setting: Setting) -> None:
    width, height = setting.paper
    canvas.setFont(faces(setting.family)[0], 8)
    if setting.head:
        canvas.drawString(MARGIN, height - 34, setting.head)
    if setting.foot:
        canvas.drawRightString(width - MARGIN, 30, f"{setting.foot} {document.page}")


def flowables(parts: list[tuple], setting: Setting, width: float) -> list[Flowable]:
    regular, bold = faces(setting.family)
    wide = "CJK" if setting.family == "Mincho" else None
    body = ParagraphStyle(
        "body",
        fontName=regular,
        fontSize=setting.size,
        leading=setting.size * (1.6 if wide else 1.25),
        alignment=TA_JUSTIFY if setting.justified else TA_LEFT,
        spaceAfter=0 if setting.indent else setting.size * 0.6,
        firstLineIndent=setting.size * 1.2 if setting.indent else 0,
        hyphenationLang=setting.hyphens or None,
        wordWrap=wide,
    )
    flat = ParagraphStyle("flat", body, alignment=TA_LEFT, firstLineIndent=0)
    item = ParagraphStyle("item", flat, leftIndent=14, bulletIndent=2, spaceAfter=2)
    cell = ParagraphStyle("cell", flat, spaceAfter=0, fontSize=setting.size * 0.95)
    small = ParagraphStyle("small", flat, fontSize=setting.size * 0.8)
    found: list[Flowable] = []
    for kind, *rest in parts:
        if kind == "h":
            size = setting.size * setting.steps[rest[0] - 1]
            style = ParagraphStyle(
                "h",
                flat,
                fontName=bold,
                fontSize=size,
                leading=size * 1.2,
                spaceBefore=size * 0.7,
                spaceAfter=size * 0.4,
                keepWithNext=1,
                hyphenationLang=None,
            )
            found.append(Paragraph(markup(rest[1]), style))
        elif kind == "table":
            found += [table(rest[0], cell, bold, width, ruled=setting.ruled), Spacer(1, 10)]
        elif kind in {"li", "ol"}:
            mark = "•" if kind == "li" else f"{rest[0]}."
            found.append(Paragraph(markup(rest[-1]), item, bulletText=mark))
        elif kind == "note":
            found.append(Paragraph(f"<sup>{rest[0]}</sup> {markup(rest[1])}", small))
        else:
            found.append(Paragraph(markup(rest[-1]), small if kind == "fig" else body))
    return found


def table(rows: list, style: ParagraphStyle, bold: str, width: float, *, ruled: bool) -> Table:
    top = ParagraphStyle("top", style, fontName=bold)
    cells = [
        [Paragraph(markup(cell), style if number else top) for cell in row]
        for number, row in enumerate(filled(rows, repeat=False))
    ]
    longest = [
        max(len(row[n]) for row in filled(rows, repeat=False)) + 3 for n in range(len(rows[0]))
    ]
    widths = [width * each / sum(longest) for each in longest]
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if ruled:
        lines.append(("GRID", (0, 0), (-1, -1), 0.4, colors.grey))
    return Table(cells, widths, style=TableStyle(lines), hAlign="LEFT")


def scrambled(parts: list[tuple]) -> bytes:
    """Two columns, the right one drawn first and the title last, as some programs do."""
    lines: list[str] = []
    for kind, *rest in parts:
        if kind == "p":
            lines += [*textwrap.wrap(plain(rest[0]), 48), ""]
    half = len(lines) // 2
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for left, column in ((310, lines[half:]), (60, lines[:half])):
        for number, line in enumerate(column):
            canvas.setFont("Times-Roman", 10)
            canvas.drawString(left, 740 - 12.5 * number, line)
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(60, 780, parts[0][2])
    canvas.showPage()
    canvas.save()
    return out.getvalue()
