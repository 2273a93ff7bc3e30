"""Text and tables in odd encodings, of odd sizes and of odd characters."""

from .shelf import OWN, file

TABLE = f"Piece,Note,Prix\r\nHéron,{OWN},390 €\r\nFougères,Très “rare”,290 €\r\n"


@file("utf-16-le-with-mark.csv")
def _(url):
    return b"\xff\xfe" + TABLE.encode("utf-16-le")


@file("utf-16-be-with-mark.csv")
def _(url):
    return b"\xfe\xff" + TABLE.encode("utf-16-be")


@file("utf-16-le.csv")
def _(url):
    return TABLE.encode("utf-16-le")


@file("utf-16-be.csv")
def _(url):
    return TABLE.encode("utf-16-be")


@file("cp1252.csv")
def _(url):
    return TABLE.encode("cp1252")


@file("cell-of-ten-megabytes.csv", "This table holds more than 5 million characters")
def _(url):
    return f'Piece,Note\nHéron,"{OWN * (10_000_000 // len(OWN))}"\n'.encode("cp1252")


@file("cell-of-ten-megabytes-utf-16.csv", "This table holds more than 5 million characters")
def _(url):
    return f'Piece,Note\nHeron,"{OWN * (10_000_000 // len(OWN))}"\n'.encode("utf-16-le")


@file("a-hundred-thousand-columns.csv")
def _(url):
    head = ",".join(f"c{number}" for number in range(100_000))
    return f"{head}\n{','.join(['heron'] * 100_000)}\n".encode()


@file("wide-and-long.csv", "This table holds more than 5 million characters")
def _(url):
    head = ",".join(f"{'column ' * 20}{number}" for number in range(1000))
    return (head + "\n" + ("a," * 999 + "a\n") * 2000).encode()


@file("nothing-but-commas.csv", "This file holds no text.")
def _(url):
    return b"," * 5_000_000


@file("unclosed-quote.csv")
def _(url):
    return f'Piece,Note\nHeron,"{OWN}\n'.encode() + b"a,b\n" * 100_000


@file("quotes-alone.csv")
def _(url):
    return b'a,b\n"' + b'"' * 1_000_001 + OWN.encode()


@file("formulas.csv")
def _(url):
    return f"Piece,Note\n=HYPERLINK(\"{url}\"),{OWN}\n@SUM(1),-1+1\n+cmd|' /C calc'!A0,x".encode()


@file("nul.csv")
def _(url):
    return f"Piece,Note\nHer\0on,{OWN}\n".encode()


@file("returns-alone.csv")
def _(url):
    return f"Piece,Note\rHeron,{OWN}\r".encode()


@file("nothing.txt", "This file is empty.")
def _(url):
    return b""


@file("nothing-but-space.txt", "This file is empty.")
def _(url):
    return b" \n\t" * 100_000


@file("nothing-to-see.txt", "This file holds no text.")
def _(url):
    return ("\u200b\ufeff\u00ad" * 10_000).encode()


@file("zeros.txt", "This file could not be read")
def _(url):
    return bytes(5 << 20)


@file("program.txt", "This file could not be read")
def _(url):
    return b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 200


@file("one-long-word.txt")
def _(url):
    return b"a" * 4_900_000 + b" " + OWN.encode()


@file("one-long-line.txt")
def _(url):
    return OWN.encode() * 40_000


@file("marks-upon-marks.txt", "slow")
def _(url):
    return f"{OWN}\n\na".encode() + "\u0301\u0316\u0323\u0307".encode() * 250_000


@file("signs-alone.txt")
def _(url):
    return OWN.encode() + b"\n\n" + b"!?." * 600_000


@file("short-lines.txt")
def _(url):
    return OWN.encode() + b"\na" * 80_000


@file("from-right-to-left.txt")
def _(url):
    return f"\u202e{OWN}\u2066\u2067 \u202d{OWN}".encode()


@file("half-characters.txt")
def _(url):
    return OWN.encode() + b" \xed\xa0\x80\xed\xb0\x80 \xf4\x90\x80\x80 \xc0\xaf \xff"


@file("tags-and-signs.txt")
def _(url):
    return f"{OWN} <script>alert(1)</script> {{{{ 7*7 }}}} '; DROP TABLE x; -- \x1b[31m".encode()


@file("utf-32.txt")
def _(url):
    return OWN.encode("utf-32")


@file("utf-7.txt")
def _(url):
    return (OWN + " +ADw-script+AD4-").encode()


@file("paper-named-text.txt")
def _(url):
    from .pdfs import paper

    return paper()


@file("word-named-page.html")
def _(url):
    from .office import paragraph, word

    return word(paragraph(OWN))


@file("page-named-paper.pdf")
def _(url):
    return f"<html><body><p>{OWN}</p></body></html>".encode()


@file("text-named-word.docx", "This file is named .docx but its")
def _(url):
    return OWN.encode()


@file("picture-named-text.md")
def _(url):
    from .pictures import png

    return png(9, 9)


@file("program.exe", "Files of this kind are not read; these are")
def _(url):
    return b"MZ" + bytes(5000)


@file("no-ending", "Files of this kind are not read; these are")
def _(url):
    return OWN.encode()


@file("number-and-empty-lines.txt")
def _(url):
    return b"1" + b"\n" * 65_000 + OWN.encode()


@file("spaces-before-a-page.html", "This file holds no text.")
def _(url):
    return b"<!-- a -->" + b" " * 60_000 + b"<!-- b" + OWN.encode()
