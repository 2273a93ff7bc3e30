"""Office files and books: bombs, entities, parts that are elsewhere."""

import struct

from .office import (
    LAUGHS,
    RELATIONS,
    ROW,
    SHEET,
    TYPES,
    WORD,
    book,
    cell,
    chapter,
    outer,
    packed,
    paragraph,
    relation,
    shape,
    sheet,
    slides,
    word,
    zero_parts,
)
from .shelf import OWN, file


# Word ------------------------------------------------------------------------------------------
@file("word-bomb.docx", "This Word file is too large when unpacked.")
def _(url):
    return zero_parts("word/document.xml", 300)


@file("word-of-zeros.docx", "This Word file could not be read")
def _(url):
    return zero_parts("word/document.xml", 150)


@file("word-lies-of-its-size.docx", "This Word file could not be read")
def _(url):
    data = bytearray(zero_parts("word/document.xml", 200))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 1000)
    return bytes(data)


@file("word-laughs.docx", "This Word file could not be read")
def _(url):
    return word(paragraph(f"{OWN} &i;"), LAUGHS)


@file("word-entities.docx")
def _(url):
    return word(paragraph(f"{OWN} &a; &b;"), outer(url))


@file("word-quadratic.docx", "This Word file could not be read")
def _(url):
    long = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>"
    return word(paragraph("&a;" * 100_000), long)


@file("word-calls-home.docx")
def _(url):
    relations = RELATIONS.format(
        relation("attachedTemplate", f"{url}/template.dotm", mode="External")
        + relation("image", f"{url}/image.png", "r2", "External")
        + relation("oleObject", "file:///etc/passwd", "r3", "External")
    )
    return word(paragraph(OWN), more={"word/_rels/document.xml.rels": relations})


@file("word-deep.docx", "This Word file could not be read")
def _(url):
    table = "<w:tbl><w:tr><w:tc>"
    close = "</w:tc></w:tr></w:tbl>"
    return word(table * 20_000 + paragraph(OWN) + close * 20_000)


@file("word-of-empty-paragraphs.docx")
def _(url):
    return word("<w:p/>" * 100_000 + paragraph(OWN))


@file("word-of-a-wide-table.docx")
def _(url):
    cells = "<w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr><w:p/></w:tc>"
    return word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{paragraph(OWN)}")


@file("word-with-macros.docx")
def _(url):
    return word(paragraph(OWN), more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(1000)})


@file("word-with-macros.docm")
def _(url):
    return word(paragraph(OWN), more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(1000)})


@file("word-without-types.docx", "This Word file could not be read")
def _(url):
    return packed({"word/document.xml": f"<w:document xmlns:w='{WORD}'/>"})


@file("word-in-another-place.docx", "This Word file could not be read")
def _(url):
    return packed(
        {
            "[Content_Types].xml": TYPES.format(""),
            "_rels/.rels": RELATIONS.format(relation("officeDocument", "../../../etc/passwd")),
            "word/document.xml": f"<w:document xmlns:w='{WORD}'/>",
        }
    )


@file("word-cut-short.docx", "This Word file could not be read")
def _(url):
    return word(paragraph(OWN))[:-40]


@file("word-old.docx", "This is an old or protected Word file")
def _(url):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


@file("word-in-utf-16.docx", "This Word file could not be read")
def _(url):
    xml = f"<?xml version='1.0' encoding='UTF-16'?>{LAUGHS}<w:document xmlns:w='{WORD}'>&i;"
    return packed(
        {
            "[Content_Types].xml": TYPES.format("<Default Extension='xml' ContentType='a/b'/>"),
            "_rels/.rels": RELATIONS.format(relation("officeDocument", "word/document.xml")),
            "word/document.xml": (xml + "</w:document>").encode("utf-16"),
        }
    )


# Sheets ----------------------------------------------------------------------------------------
@file("sheet-entities.xlsx", "This Excel file could not be read")
def _(url):
    rows = f"<sheetData><row r='1'>{cell('A1', OWN + ' &a; &b;')}</row></sheetData>"
    return sheet(rows, outer(url))


@file("sheet-laughs-in-its-words.xlsx", "This Excel file could not be read")
def _(url):
    rows = "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData>"
    return sheet(rows, strings=f"{LAUGHS}<sst xmlns='{SHEET}'><si><t>&i;</t></si></sst>")


@file("sheet-as-large-as-they-come.xlsx")
def _(url):
    return sheet("<dimension ref='A1:XFD1048576'/>" + ROW)


@file("sheet-with-a-cell-far-out.xlsx")
def _(url):
    far = f"<row r='1048576'>{cell('XFD1048576', OWN)}</row>"
    return sheet(f"<sheetData><row r='1'>{cell('A1', 'Piece')}</row>{far}</sheetData>")


@file("sheet-with-a-cell-beyond.xlsx", "This Excel file could not be read")
def _(url):
    far = f"<row r='99999999999'>{cell('ZZZZZZZZ99999999999', OWN)}</row>"
    return sheet(f"<sheetData><row r='1'>{cell('A1', 'Piece')}</row>{far}</sheetData>")


@file("sheet-of-one-repeated-word.xlsx", "This table holds more than 5 million characters")
def _(url):
    row = "".join(f"<c r='{letter}{{0}}' t='s'><v>0</v></c>" for letter in "ABCDEFGHIJ")
    rows = "".join(f"<row r='{n}'>{row.format(n)}</row>" for n in range(1, 20_001))
    return sheet(
        f"<sheetData>{rows}</sheetData>",
        strings=f"<sst xmlns='{SHEET}'><si><t>{'heron ' * 5000}</t></si></sst>",
    )


@file("sheet-merged-whole.xlsx")
def _(url):
    return sheet(ROW + "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>")


@file("sheet-of-formulas.xlsx")
def _(url):
    formula = f"=WEBSERVICE(&quot;{url}/x&quot;)"
    cells = cell("A1", "Piece") + cell("B1", "=cmd|' /C calc'!A0")
    more = f"<c r='A2'><f>{formula}</f><v>1</v></c>{cell('B2', OWN)}"
    return sheet(f"<sheetData><row r='1'>{cells}</row><row r='2'>{more}</row></sheetData>")


@file("sheet-with-strange-numbers.xlsx", "This Excel file could not be read")
def _(url):
    values = ["1e999", "-1e999", "NaN", "9" * 5000, "2958466", "-1", "", "x"]
    cells = "".join(
        f"<row r='{n}'><c r='A{n}' s='99'><v>{v}</v></c><c r='B{n}' t='s'><v>{v}</v></c></row>"
        for n, v in enumerate(values, 2)
    )
    return sheet(f"<sheetData><row r='1'>{cell('A1', OWN)}</row>{cells}</sheetData>")


# Slides ----------------------------------------------------------------------------------------
@file("slides-entities.pptx", "This PowerPoint file could not be read")
def _(url):
    return slides(shape(f"{OWN} &a; &b;"), outer(url))


@file("slides-laugh.pptx", "This PowerPoint file could not be read")
def _(url):
    return slides(shape(f"{OWN} &i;"), LAUGHS)


@file("slides-call-home.pptx", "This PowerPoint file could not be read")
def _(url):
    return slides(
        shape(OWN),
        relations=relation("image", f"{url}/a.png", mode="External")
        + relation("video", "file:///etc/passwd", "r2", "External")
        + relation("notesSlide", "../../../../etc/passwd", "r3"),
    )


@file("slides-deep.pptx", "This PowerPoint file could not be read")
def _(url):
    group = (
        "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='3' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        "<p:grpSpPr/>"
    )
    return slides(group * 20_000 + shape(OWN) + "</p:grpSp>" * 20_000)


# Books -----------------------------------------------------------------------------------------
@file("book-entities.epub")
def _(url):
    return book(chapter(f"{OWN} &a; &b;", outer(url)))


@file("book-laughs.epub")
def _(url):
    return book(chapter(f"{OWN} &i;", LAUGHS))


@file("book-without-a-spine.epub", "This file holds no text.")
def _(url):
    return book(chapter(OWN), spine="")


@file("book-of-elsewhere.epub", "This ")
def _(url):
    return book(chapter(OWN), path="../../../../etc/passwd")


@file("book-of-the-web.epub", "This ")
def _(url):
    return book(chapter(OWN), path=f"{url}/chapter.xhtml")


@file("book-that-repeats-itself.epub")
def _(url):
    return book(chapter(OWN * 100), spine="<itemref idref='c'/>" * 100_000)


@file("book-without-a-container.epub", "This EPUB could not be read")
def _(url):
    return packed({"mimetype": "application/epub+zip", "c.xhtml": chapter(OWN)})
