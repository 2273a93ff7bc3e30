"""What each kind of file becomes: title, headings, pages, turns, and spans that are exact."""

import pytest

from archive.ingestion.clean import Cleaned, clean
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.registry import read

from . import files

SILK = "The twill is woven at Charlieu, at eighteen mommes, and printed at Lyon in nine colours."


def cleaned(data: bytes | str, name: str) -> Cleaned:
    return clean(read(data.encode() if isinstance(data, str) else data, name))


def headings(document: Cleaned) -> list[tuple[int, str]]:
    return [(h["level"], document.text[h["start"] : h["end"]]) for h in document.headings]


def test_a_pdf_keeps_its_headings_paragraphs_and_pages() -> None:
    data = files.pdf(
        files.head("The heron of the house", 24)
        + files.head("Nine colours")
        + files.body(
            "The twill is woven at Charlieu, at eighteen mommes, and prin-",
            "ted at Lyon in nine colours.",
        )
        + files.body("", "A second paragraph."),
        files.head("Care") + files.body("Wash it by hand."),
    )
    document = cleaned(data, "heron.pdf")
    assert document.title == "The heron of the house"
    assert headings(document) == [
        (1, "The heron of the house"),
        (2, "Nine colours"),
        (2, "Care"),
    ]
    assert document.text.split("\n\n")[2:4] == [SILK, "A second paragraph."]
    assert [page["number"] for page in document.pages] == [1, 2]
    second = document.pages[1]
    assert document.text[second["start"] : second["end"]] == "Care\n\nWash it by hand."


def test_a_pdf_keeps_the_rows_of_a_table_as_lines() -> None:
    rows = ["Cash and equivalents\t4,466", "Inventories\t5,622", "Total assets\t23,717"]
    text = cleaned(files.pdf(files.head("Assets") + files.body(*rows)), "a.pdf").text
    assert text == "Assets\n\nCash and equivalents 4,466\nInventories 5,622\nTotal assets 23,717"


def test_a_pdf_paragraph_goes_on_over_the_page_without_its_running_foot() -> None:
    fills = "This line of the report is long enough to fill the measure of the page"
    pages = [
        files.body("The year began well.", "", fills, fills.replace("line", "row")),
        files.body("and it goes on here until its end.", "", "A new paragraph."),
        files.body("The third page says little.", "", "It ends here."),
    ]
    document = cleaned(files.pdf(*pages, foot="Annual report"), "report.pdf")
    assert "Annual report 2" not in document.text
    assert "measure of the page and it goes on here until its end." in document.text
    page = document.pages[1]
    assert document.text[page["start"] :].startswith("and it goes on here")


def test_a_pdf_title_written_by_a_program_is_not_believed() -> None:
    page = files.head("The heron of the house", 24) + files.body(SILK)
    assert cleaned(files.pdf(page, title="lookbook_final.indd"), "a.pdf").title == (
        "The heron of the house"
    )
    assert cleaned(files.pdf(page, title="The Heron at ninety"), "a.pdf").title == (
        "The Heron at ninety"
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (files.pdf(files.body(SILK), password="secret"), "damaged or protected by a password"),
        (files.pdf(files.body(SILK))[:400], "damaged or protected by a password"),
        (files.pdf([]), "no text"),
    ],
)
def test_a_pdf_that_gives_no_text_says_why(data: bytes, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        read(data, "a.pdf")


def test_a_word_document_keeps_headings_lists_and_tables() -> None:
    data = files.word(
        ("Title", "A conversation with Ottoline"),
        ("Heading 1", "The pond"),
        ("Normal", "It rained on nine days."),
        ("List Bullet", "one boat"),
        ("List Bullet", "one heron"),
        rows=[["Year", "Colours"], ["1934", "9"]],
    )
    document = cleaned(data, "1971-vane.docx")
    assert document.title == "A conversation with Ottoline"
    assert document.date == "1971"
    assert headings(document) == [(1, "A conversation with Ottoline"), (1, "The pond")]
    assert document.text.endswith(
        "It rained on nine days.\n\n• one boat\n• one heron\n\nYear | Colours\n1934 | 9"
    )


def test_a_word_document_shows_its_numbers_as_word_does() -> None:
    data = files.word(
        ("Normal", "First:"), ("List Number", "test the hem"), ("List Number", "rinse")
    )
    assert cleaned(data, "a.docx").text == "First:\n\n1. test the hem\n2. rinse"


def test_a_page_keeps_its_own_words_and_loses_the_sites() -> None:
    page = """<html lang="fr-FR"><head><title>Site</title><script>evil()</script>
      <meta property="article:published_time" content="1988-09-12T10:00Z"></head>
      <body><nav>Accueil</nav><header>Bandeau</header><main><header><h1>La boutique</h1></header>
      <p>Une <b>longue</b>
      phrase.<br>Une ligne.</p><h2>Le lieu</h2><ul><li>un comptoir</li><li>deux chaises</li></ul>
      <table><tr><th>An</th><td>1988</td></tr></table>
      <figure><img alt="Un comptoir"><figcaption>Le comptoir</figcaption></figure></main>
      <footer>Mentions</footer></body></html>"""
    document = cleaned(page, "shop.html")
    assert (document.title, document.language, document.date) == ("La boutique", "fr", "1988-09-12")
    assert headings(document) == [(1, "La boutique"), (2, "Le lieu")]
    assert document.text == (
        "La boutique\n\nUne longue phrase.\nUne ligne.\n\nLe lieu\n• un comptoir\n• deux chaises"
        "\nAn | 1988\n\nUn comptoir\n\nLe comptoir"
    )


def test_a_table_that_lays_out_a_page_is_read_as_what_it_holds() -> None:
    page = """<html><body><table><tr><td>Index</td><td><h1>Silk</h1><p>One.</p><p>Two.</p>
      <table><tr><th>Year</th><th>Colours</th></tr><tr><td rowspan=2>1934</td><td>9</td></tr>
      <tr><td>15</td></tr></table></td></tr></table></body></html>"""
    document = cleaned(page, "a.html")
    assert headings(document) == [(1, "Silk")]
    assert document.text.endswith("One.\n\nTwo.\nYear | Colours\n1934 | 9\n1934 | 15")


def test_a_site_without_a_nav_loses_its_menu_and_foot() -> None:
    page = """<html><body><div class="main-menu"><a href=a>Silks</a> <a href=b>Gloves</a></div>
      <div class="content"><h1>Care</h1><p>The menu of the day is silk.</p></div>
      <div id="footer">Legal</div><div style="display: none">Empty basket</div></body></html>"""
    assert cleaned(page, "a.html").text == "Care\n\nThe menu of the day is silk."


def test_how_a_japanese_word_is_spoken_is_not_said_twice() -> None:
    page = (
        "<html><body><p><ruby>絹<rp>(</rp><rt>きぬ</rt><rp>)</rp></ruby>を\n洗う</p></body></html>"
    )
    assert cleaned(page, "a.html").text == "絹を洗う"


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "iso2022_jp"])
def test_the_encodings_of_japan_are_told_apart_unstated(encoding: str) -> None:
    said = "絹は、つめたい水で洗い、けっして絞らないでください。"
    assert cleaned(said.encode(encoding), "a.txt").text == said


def test_a_deeply_nested_page_is_read() -> None:
    assert cleaned("<div>" * 1500 + "deep" + "</div>" * 1500, "a.html").text == "deep"


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    text = """---
title: Care of silk
people: [Yuki Tanabe, Odile Ferrand]
audience: client
---
# Care

Wash **gently**, see [the guide](https://example.com/x).[^1] A line
that was wrapped.

1. Test the hem
2. Rinse
   - cool

| Water | Heat |
|---|---|
| cool | 20 |

![A carré](x.png) <b>bold</b>

[^1]: Written in 2024.
"""
    document = cleaned(text, "care.md")
    assert document.title == "Care of silk"
    assert document.metadata == {"people": "Yuki Tanabe, Odile Ferrand", "audience": "client"}
    assert document.text.split("\n") == [
        "Care",
        "",
        "Wash gently, see the guide. A line that was wrapped.",
        "",
        "1. Test the hem",
        "2. Rinse",
        "• cool",
        "",
        "Water | Heat",
        "cool | 20",
        "",
        "A carré bold",
        "",
        "Note 1. Written in 2024.",
    ]


def test_markdown_run_together_on_one_line_is_parted_again() -> None:
    long = "This is a sentence of the tour. " * 12
    text = f"# what-to-see\n\n{long}In Gallery 140   This gold knife.[ref]A note.[/ref] It is old."
    document = cleaned(text, "tour.md")
    assert document.title == "What to see"
    assert document.text.split("\n\n")[2:] == ["This gold knife. It is old.", "Note 1. A note."]


def test_plain_text_keeps_paragraphs_columns_and_plain_headings() -> None:
    text = (
        "THE RELAIS\n\nThis paragraph was wrapped by an editor at some seventy columns and so\n"
        "it must be put together again, the hy-\nphen too.\n\n2. Measures\n\n"
        "Width            30 cm\nHeight           23 cm\n---------\n"
    )
    document = cleaned(text, "1926-relais.txt")
    assert headings(document) == [(1, "THE RELAIS"), (2, "2. Measures")]
    assert document.text.endswith("2. Measures\n\nWidth | 30 cm\nHeight | 23 cm")
    assert "seventy columns and so it must" in document.text


VTT = """WEBVTT - The hem

NOTE Recorded in Lyon.

1
00:00:01.000 --> 00:00:03.500
<v Yuki Tanabe>First I <i>unpick</i> it.

00:00:03.600 --> 00:00:05.000
<v Yuki Tanabe>Slowly.

00:00:05.100 --> 00:00:07.000
<v Client>How long?</v>
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
YUKI TANABE: First I unpick it.

2
00:00:03,600 --> 00:00:05,000
Slowly.

3
00:01:05,100 --> 00:01:07,000
CLIENT: How long?
"""


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [(VTT, "a.vtt", "Yuki Tanabe", "Client"), (SRT, "a.srt", "YUKI TANABE", "CLIENT")],
)
def test_a_transcript_joins_the_cues_of_a_speaker(
    text: str, name: str, first: str, last: str
) -> None:
    document = cleaned(text, name)
    assert [turn.speaker for turn in document.turns] == [first, last]
    one, two = document.turns
    assert document.text[one.start : one.end] == f"{first}: First I unpick it. Slowly."
    assert document.text[two.start : two.end] == f"{last}: How long?"
    assert one.seconds == 1.0


def test_a_transcript_keeps_the_archivists_note_and_the_title() -> None:
    document = cleaned(VTT, "a.vtt")
    assert document.title == "The hem"
    assert document.text.startswith("Recorded in Lyon.\n\n")


def test_an_unnamed_transcript_is_parted_at_its_pauses() -> None:
    times = ("00:01.000 --> 00:02.000", "00:02.100 --> 00:03.000", "00:30.000 --> 00:31.000")
    cues = [f"{time}\n{said}" for time, said in zip(times, ("One.", "Two.", "Three."), strict=True)]
    document = cleaned("\n\n".join(["WEBVTT", *cues]), "a.vtt")
    assert document.text == "One. Two.\n\nThree."
    assert document.turns == []


@pytest.mark.parametrize(
    "data",
    [
        "Café — l’étole".encode(),
        "\ufeffCafé — l’étole".encode(),
        "Café — l’étole".encode("utf-16"),
        "Café — l’étole".encode("utf-16-le"),
        "Café — l’étole".encode("cp1252"),
        "Café — l’étole".encode().decode("cp1252").encode(),  # read wrongly once
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert cleaned(data, "a.txt").text == "Café — l’étole"


def test_the_charset_a_page_names_is_used() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź</body></html>'
    assert cleaned(page.encode("iso-8859-2"), "a.html").text == "Łódź"


def test_text_is_composed_and_holds_nothing_invisible() -> None:
    assert (
        cleaned("E\u0301toffe\u00ad,\u200b  soie\u2009fine \x07", "a.txt").text
        == "Étoffe, soie fine"
    )


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (files.pdf(files.body(SILK)), "wrong.txt", "application/pdf"),
        (VTT.encode(), "wrong.txt", "text/vtt"),
        (SRT.encode(), "wrong.md", "application/x-subrip"),
        (b"<!DOCTYPE html><html><body>Soie</body></html>", "wrong.txt", "text/html"),
        (files.word(("Normal", SILK)), "wrong.pdf", "application/vnd.openxmlformats"),
    ],
)
def test_content_decides_what_a_file_is(data: bytes, name: str, media_type: str) -> None:
    assert read(data, name).media_type.startswith(media_type)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.txt", "empty"),
        (b"\x00\x01\x02\x03" * 500, "a.txt", "no text"),
        (b"--- \n ***", "a.md", "no text"),
        (b"hello", "a.pdf", "not of that kind"),
        (b"hello", "a.psd", "are not read"),
        (b"PK\x03\x04 nonsense", "a.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "a.docx", "old or protected Word"),
    ],
)
def test_what_cannot_be_read_says_so_in_a_sentence(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        read(data, name)


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        ("a.md", "|a|b|\n|-|-|\n", "|c|d|\n"),
        ("a.vtt", "WEBVTT\n\n", "00:01.000 --> 00:02.000\nand so on\n\n"),
        (
            "a.txt",
            "",
            "The house was made in the year of the heron, and it was good to see it so-\n",
        ),
    ],
)
def test_a_long_file_is_read_at_once(name: str, head: str, line: str) -> None:
    # Were the work to grow with the square of the length, this would take minutes.
    assert read((head + line * 40_000).encode(), name).blocks


def test_a_file_of_more_text_than_one_document_may_have_is_refused() -> None:
    with pytest.raises(ParseError, match="more than 5 million characters of text"):
        read(b"word " * 1_000_001, "a.txt")
