"""Office files, books and ZIP as small as they come, around what is hostile in them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from .shelf import OWN

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
