"""Books and mails."""

import pytest

from archive.ingestion.parse import mail
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.registry import media_type, read

from . import packed

# Books


def test_a_book_is_read_in_the_order_of_its_spine_without_its_contents() -> None:
    data = packed.epub(
        {
            "two": "<h1>Deux</h1><p>La soie<br/>de Lyon.</p><aside><p>Note à part.</p></aside>",
            "chapter one": '<h1>Un</h1><p><a id="x"/>Le héron&nbsp;:</p>'
            "<h2>Le dessin</h2><p>1934</p>",
        },
        ["chapter one", "two"],
    )
    parsed = read(data, "livre.epub")
    assert [(b.level, b.text.replace("\u00a0", " ")) for b in parsed.blocks] == [
        (1, "Un"),
        (0, "Le héron :"),
        (2, "Le dessin"),
        (0, "1934"),
        (1, "Deux"),
        (0, "La soie"),
        (0, "de Lyon."),
        (0, "Note à part."),
    ]


def test_a_book_says_its_title_author_language_date_and_rights() -> None:
    parsed = read(packed.epub({"one": "<p>Soie</p>"}, ["one"]), "a.epub")
    assert (parsed.title, parsed.language, parsed.date) == ("Le livre", "fr", "1961-05-02")
    assert parsed.metadata == {"people": "Inès Carvalho", "rights": "© the house"}


def test_a_book_that_lacks_a_part_is_read_without_it_and_told() -> None:
    data = packed.epub({"one": "<p>Soie</p>"}, ["one"])
    data = data.replace(b"OEBPS/one.xhtml", b"OEBPS/two.xhtml")
    whole = packed.epub({"one": "<p>Soie</p>", "two": "<p>Lin</p>"}, ["one", "two"])
    whole = whole.replace(b"OEBPS/one.xhtml", b"OEBPS/off.xhtml")
    parsed = read(whole, "a.epub")
    assert [block.text for block in parsed.blocks] == ["Lin"]
    assert parsed.notes == ["1 of the 2 parts of this book are missing."]
    with pytest.raises(ParseError, match="no text"):
        read(data, "a.epub")


def test_a_book_protected_against_copying_is_refused() -> None:
    locked = (
        '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
        "</encryption>"
    )
    data = packed.epub({"one": "<p>a</p>"}, ["one"], **{"META-INF/encryption.xml": locked})
    with pytest.raises(ParseError, match="protected against copying"):
        read(data, "a.epub")


def test_a_book_whose_typefaces_alone_are_hidden_is_read() -> None:
    fonts = (
        '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        "</encryption>"
    )
    data = packed.epub({"one": "<p>Soie</p>"}, ["one"], **{"META-INF/encryption.xml": fonts})
    assert read(data, "a.epub").blocks[0].text == "Soie"


@pytest.mark.parametrize(
    "data",
    [
        packed.archive({"mimetype": "application/epub+zip"}),
        packed.epub({}, ["gone"])[:-300],
        packed.archive({"META-INF/container.xml": '<a><rootfile full-path="gone.opf"/></a>'}),
    ],
)
def test_a_damaged_book_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError, match="could not be read: it is damaged"):
        read(data, "a.epub")


# Mails


def test_a_mail_says_its_subject_its_writer_and_its_day() -> None:
    parsed = read(packed.mail("It stands in the water."), "a.eml")
    assert (parsed.title, parsed.date) == ("The heron", "1934-05-02")
    assert parsed.metadata == {"people": "Ottoline Vane"}
    assert [(b.level, b.text) for b in parsed.blocks] == [
        (1, "The heron"),
        (0, "It stands in the water."),
    ]


def test_plain_words_are_preferred_and_a_page_read_without_them() -> None:
    both = packed.mail("Plain words.", page="<p>A page.</p>")
    page = packed.mail(page="<p>Un étang.</p><p>Two.</p>")
    assert [block.text for block in read(both, "a.eml").blocks[1:]] == ["Plain words."]
    assert [block.text for block in read(page, "a.eml").blocks[1:]] == ["Un étang.", "Two."]


def test_what_is_quoted_stays_apart_and_a_signature_keeps_its_lines() -> None:
    words = (
        "Dear Adèle,\n\nthe heron was drawn at the ponds of Pérouges in the spring\n"
        "of that year.\n\n> When was it drawn?\n> And by whom?\n\n-- \nOttoline Vane\nLyon\n"
    )
    assert [block.text for block in read(packed.mail(words), "a.eml").blocks[1:]] == [
        "Dear Adèle,",
        "the heron was drawn at the ponds of Pérouges in the spring of that year.",
        "> When was it drawn?",
        "> And by whom?",
        "Ottoline Vane",
        "Lyon",
    ]


def test_a_subject_in_another_script_is_decoded() -> None:
    data = packed.mail("絹", Subject="鷺のスカーフ")
    assert read(data, "a.eml").title == "鷺のスカーフ"


def test_a_mail_in_japanese_of_its_time_and_a_name_in_plain_utf8_are_read() -> None:
    data = (
        b"From: J\xc3\xb6rg <j@example.org>\r\nMessage-ID: x\r\n"
        b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + "鷺と絹".encode("iso-2022-jp")
    )
    parsed = read(data, "a.eml")
    assert (parsed.metadata["people"], parsed.blocks[0].text) == ("Jörg", "鷺と絹")


def test_attachments_come_with_their_names_and_pictures_of_the_text_do_not() -> None:
    inner = packed.mail("Inside.", Subject="Before")
    data = packed.mail("See below.", attached={"../care.txt": b"Wash it.", "a b.pdf": b"%PDF-"})
    message = mail.read(data)
    message.add_attachment(mail.read(inner))
    message.add_attachment(b"gif", maintype="image", subtype="gif", disposition="inline", cid="<1>")
    found = dict(mail.attachments(message))
    assert list(found) == ["care.txt", "a b.pdf", "message-3.eml"]
    assert found["care.txt"] == b"Wash it."
    assert b"Inside." in found["message-3.eml"]


@pytest.mark.parametrize("name", ["letter.txt", "letter.eml"])
def test_a_mail_is_known_by_its_head(name: str) -> None:
    assert media_type(packed.mail("Soie"), name) == "message/rfc822"


@pytest.mark.parametrize(
    "data",
    [
        b"From: \xff\xfe\r\nMessage-ID: x\r\nDate: soon\r\nSubject: =?utf-8?q?Soie?=\r\n\r\nWords.",
        b"Message-ID: x\r\nFrom: <<<>>,,@\r\nContent-Type: text/plain; charset=no\r\n\r\nWords.",
        b"Message-ID: x\r\nContent-Type: multipart/mixed; boundary=\r\n\r\nWords.",
    ],
)
def test_a_mail_with_a_broken_head_is_still_read(data: bytes) -> None:
    assert read(data, "a.eml").blocks[-1].text == "Words."
