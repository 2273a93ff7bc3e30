"""Slides, workbooks and tables of values."""

from datetime import date, datetime

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.registry import read

from . import files, packed
from .packed import BLANK, CONTENT, SECTION, TITLE, Deck


def texts(data: bytes, name: str) -> list[str]:
    return [block.text for block in read(data, name).blocks]


# Slides


def test_slides_are_pages_whose_titles_are_headings() -> None:
    deck = Deck()
    deck.slide(TITLE, "The Heron at ninety", "Autumn 2024")
    deck.slide(CONTENT, "Drawn in 1934", "By Ottoline Vane", "At Pérouges")
    deck.slide(SECTION, "The silk")
    deck.slide(CONTENT, "Twill", "Eighteen mommes")
    parsed = read(deck.data(), "heron.pptx")
    assert parsed.title == "The Heron at ninety"
    assert [(b.level, b.text, b.page) for b in parsed.blocks] == [
        (1, "The Heron at ninety", 1),
        (0, "Autumn 2024", 1),
        (2, "Drawn in 1934", 2),
        (0, "By Ottoline Vane", 2),
        (0, "At Pérouges", 2),
        (2, "The silk", 3),
        (3, "Twill", 4),
        (0, "Eighteen mommes", 4),
    ]


def test_a_deck_without_a_title_slide_has_titles_of_the_first_level() -> None:
    deck = Deck()
    deck.slide(CONTENT, "One", "a")
    deck.slide(CONTENT, "Two", "b")
    assert [b.level for b in read(deck.data(), "a.pptx").blocks if b.level] == [1, 1]


def test_boxes_are_read_by_their_place_and_columns_whole() -> None:
    deck = Deck()
    slide = deck.slide(BLANK)
    for words, left, top in (
        ("right below", 5, 2.2),
        ("left below", 0.5, 2.2),
        ("foot", 0.5, 6),
        ("right above", 5, 1),
        ("left above", 0.5, 1),
    ):
        deck.box(slide, words, left, top)
    assert texts(deck.data(), "a.pptx") == [
        *("left above", "left below", "right above", "right below", "foot")
    ]


def test_a_slides_table_chart_group_and_notes_are_read() -> None:
    deck = Deck()
    slide = deck.slide(BLANK)
    deck.table(slide, [["Year", "Colours"], ["1934", "9"]])
    numbers = CategoryChartData()
    numbers.categories = ["Lyon", "Millau"]
    numbers.add_series("People", (21, 11))
    size = (Inches(7), Inches(4), Inches(2), Inches(2))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.PIE, *size, numbers).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Where we work"
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(0), Inches(2), Inches(1))
    box.text_frame.text = "In a group"
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    assert texts(deck.data(), "a.pptx") == [
        "In a group",
        "Year | Colours",
        "1934 | 9",
        "Where we work",
        " | People",
        "Lyon | 21",
        "Millau | 11",
        "Say it slowly.",
    ]


def test_a_chart_of_a_kind_that_is_rare_is_read_too() -> None:
    deck = Deck()
    numbers = CategoryChartData()
    numbers.categories = ["2023", "2024"]
    numbers.add_series("Carrés", (0.1 + 0.2, None))
    size = (Inches(1), Inches(1), Inches(4), Inches(3))
    kind = XL_CHART_TYPE.AREA
    chart = deck.slide(BLANK).shapes.add_chart(kind, *size, numbers).chart
    area = next(chart._chartSpace.iter("{*}areaChart"))
    area.tag = area.tag.replace("areaChart", "area3DChart")
    assert texts(deck.data(), "a.pptx") == [" | Carrés", "2023 | 0.3", "2024 | "]


def test_hidden_slides_are_left_out_and_told() -> None:
    deck = Deck()
    deck.slide(CONTENT, "Shown", "a")
    deck.slide(CONTENT, "Hidden", "b")._element.set("show", "0")
    parsed = read(deck.data(), "a.pptx")
    assert [block.text for block in parsed.blocks] == ["Shown", "a"]
    assert parsed.notes == ["Hidden slides were left out: 2."]


def test_a_title_that_the_program_wrote_is_not_believed() -> None:
    deck = Deck("PowerPoint Presentation")
    deck.slide(CONTENT, "The loom", "a")
    assert read(deck.data(), "a.pptx").title == "The loom"


# Workbooks


def test_a_sheet_is_a_heading_and_a_row_a_record() -> None:
    rows = [["Piece", "Price", "Since"], ["Relais 24", 2150, date(1926, 3, 1)], ["Navette", 1250]]
    parsed = read(packed.book({"Bags": rows, "Empty": [], "Gloves": [["a"], ["b"]]}), "prices.xlsx")
    assert [(b.level, b.text, b.page) for b in parsed.blocks] == [
        (1, "Bags", 1),
        (0, "Piece: Relais 24; Price: 2150; Since: 1926-03-01", 1),
        (0, "Piece: Navette; Price: 1250", 1),
        (1, "Gloves", 3),
        (0, "a", 3),
        (0, "b", 3),
    ]
    assert parsed.title == "Prices"


def test_what_stands_above_the_head_is_a_paragraph() -> None:
    rows = [["Prices of 2025"], [], ["Piece", "Price"], ["Gants Adèle", 320]]
    assert texts(packed.book({"Sheet1": rows}), "a.xlsx") == [
        "Prices of 2025",
        "Piece: Gants Adèle; Price: 320",
    ]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (390.0, "General", "390"),
        (0.1 + 0.2, "General", "0.3"),
        (2150, "#,##0.00", "2,150.00"),
        (390, '#,##0.00 "€"', "390.00 €"),
        (390, "[$€-407] #,##0", "390 €"),
        (25.5, "$0.00", "$25.50"),
        (0.125, "0.0%", "12.5%"),
        (42, "00000", "00042"),
        (1.5, "0.##", "1.5"),
        (datetime(1934, 5, 2, 14, 30), "yyyy-mm-dd hh:mm", "1934-05-02 14:30"),
        (True, "General", "TRUE"),
        ("  two\nlines ", "General", "two lines"),
        ("two_x000D_\nlines", "General", "two lines"),
    ],
)
def test_a_value_is_read_as_people_see_it(value: object, form: str, shown: str) -> None:
    data = packed.book({"Sheet1": [[value], ["x"]]}, {"A1": form})
    assert texts(data, "a.xlsx") == [shown, "x"]


def test_a_row_with_more_cells_than_columns_is_told() -> None:
    rows = [["Piece", "Price"], ["Relais", 2150, "extra"], ["Navette", 1250]]
    parsed = read(packed.book({"Bags": rows}), "a.xlsx")
    assert parsed.blocks[1].text == "Piece: Relais; Price: 2150; extra"
    assert parsed.notes == ["Rows 2 of “Bags” have more cells than there are columns."]


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    import io

    import openpyxl

    made = openpyxl.load_workbook(io.BytesIO(packed.book({"A": [["a"]], "Wages": [["b"]]})))
    made["Wages"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    parsed = read(out.getvalue(), "a.xlsx")
    assert [block.text for block in parsed.blocks] == ["A", "a"]
    assert parsed.notes == ["The hidden sheet “Wages” was left out."]


def test_formulas_whose_results_were_never_saved_are_told() -> None:
    parsed = read(packed.book({"A": [["Piece", "Sum"], ["Relais", "=1+1"]]}), "a.xlsx")
    assert [block.text for block in parsed.blocks] == ["A", "Piece: Relais"]
    assert parsed.notes[0].startswith("1 formula has no saved result")


# Tables of values

ROWS = [
    "Piece: Carré Héron; Note: drawn by Vane, in 1934; Price: 390",
    "Piece: Étole; Note: two lines; Price: 340",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("parted_by", [",", ";", "\t", "|"])
def test_a_table_is_read_in_any_encoding_and_with_any_delimiter(
    encoding: str, parted_by: str
) -> None:
    rows = [
        ["Piece", "Note", "Price"],
        ["Carré Héron", '"drawn by Vane, in 1934"', "390"],
        ["Étole", '"two\nlines"', "340"],
    ]
    text = "\r\n".join(parted_by.join(row) for row in rows)
    assert texts(text.encode(encoding), "pieces.csv") == ROWS


def test_rows_of_another_length_are_told_and_lose_nothing() -> None:
    parsed = read(b"a,b\n1,2\n3\n4,5,6,7\n", "a.csv")
    assert [block.text for block in parsed.blocks] == ["a: 1; b: 2", "a: 3", "a: 4; b: 5; 6; 7"]
    assert parsed.notes == ["Rows 4 have more cells than there are columns."]


def test_a_table_without_a_head_keeps_its_rows() -> None:
    assert texts(b"1934,9\n1957,31\n", "a.csv") == ["1934 | 9", "1957 | 31"]


def test_years_in_a_row_name_columns_and_other_figures_do_not() -> None:
    assert texts(b";2023;2024\nSales;10;12\n", "a.csv") == ["Column 1: Sales; 2023: 10; 2024: 12"]
    assert texts(b"Heron;1934\nFern;1937\n", "a.csv") == ["Heron | 1934", "Fern | 1937"]


def test_a_first_line_that_names_the_delimiter_is_believed() -> None:
    assert texts(b"sep=;\nPiece;Price\nRelais;2,150\n", "a.csv") == ["Piece: Relais; Price: 2,150"]


def test_an_enormous_cell_is_refused_in_a_sentence() -> None:
    with pytest.raises(ParseError, match="more than 5 million characters"):
        read(b'a,b\n"' + b"word " * 1_100_000 + b'",2\n', "a.csv")


def test_a_long_table_is_read_at_once() -> None:
    assert len(read(b"Piece,Price\n" + b"Relais,2150\n" * 100_000, "a.csv").blocks) == 100_000


# What they have in common


def macro(data: bytes, kind: str) -> bytes:
    """An office file as it is saved with macros."""
    import io
    import zipfile

    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                office, _, rest = kind.partition(" ")
                content = content.replace(office.encode(), rest.encode())
            package.writestr(name, content)
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (
            files.word(("Normal", "Silk twill")),
            "a.docm",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml "
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        (
            packed.book({"A": [["Silk twill"]]}),
            "a.xlsm",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml "
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        (
            (lambda deck: (deck.slide(CONTENT, "Silk twill", "a"), deck.data())[1])(Deck()),
            "a.pptm",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml "
            "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
        ),
    ],
)
def test_a_file_with_macros_is_read_for_its_words(data: bytes, name: str, kind: str) -> None:
    assert "Silk twill" in texts(macro(data, kind), name)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"PK\x03\x04 nonsense", "a.pptx", "PowerPoint file could not be read: it is damaged"),
        (packed.book({"A": [["a"]]})[:-400], "a.xlsx", "Excel file could not be read"),
        (
            packed.archive({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<b/>"}),
            "a.pptx",
            "PowerPoint file could not be read: it is damaged",
        ),
        (
            packed.archive({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<b"}),
            "a.xlsx",
            "Excel file could not be read: it is damaged",
        ),
        (
            packed.archive({"[Content_Types].xml": "", "xl/workbook.xml": b"0" * (201 << 20)}),
            "a.xlsx",
            "too large when unpacked",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.xls", "old or protected Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.msg", "save it as .eml"),
        (packed.archive({"mimetype": "application/vnd.oasis"}), "a.docx", "are not read"),
    ],
)
def test_an_office_file_that_cannot_be_read_says_why(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        read(data, name)
