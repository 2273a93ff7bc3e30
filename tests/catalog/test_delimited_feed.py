"""Files of rows: line numbers, encodings, packing, and rows that are broken."""

import gzip

import pytest

from catalog.feeds.product import FeedError

HEADER = "id\ttitle\tdescription\tprice\tavailability\n"


def row(number: int, title: str = "Silk", description: str = "fine", price: str = "5 EUR") -> str:
    return f"{number}\t{title}\t{description}\t{price}\tin stock\n"


def keys(found) -> list[str]:
    return [product.key for product in found.products]


def test_a_product_knows_its_line(reading):
    found = reading(HEADER + row(1) + row(2))
    assert [product.line for product in found.products] == [2, 3]


def test_quoted_line_ends_count_as_lines(reading):
    found = reading(HEADER + row(1, description='"one\ntwo\r\nthree"') + row(2, price="x"))
    assert found.product.description == "one\ntwo\nthree"
    assert found.lines == [5]


def test_a_lone_return_in_a_cell_is_no_line_end(reading):
    found = reading(HEADER + row(1, description='"one\rtwo"') + row(2, description="a\rb"))
    assert [product.line for product in found.products] == [2, 3]


def test_the_line_ends_of_other_systems_are_read(reading):
    text = HEADER + row(1) + row(2, price="x")
    for ending in ("\r\n", "\r"):
        found = reading(text.replace("\n", ending))
        assert (keys(found), found.lines) == (["1"], [3])


def test_blank_rows_are_no_rows(reading):
    found = reading(HEADER + "\n" + row(1) + "\t\t\t\t\n" + row(2))
    assert (keys(found), found.rejected) == (["1", "2"], [])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_usual_encoding_is_read(reading, encoding):
    found = reading((HEADER + row(1, title="Carré Hélène à 5 €")).encode(encoding))
    assert found.product.title == "Carré Hélène à 5 €"


def test_gzip_is_read_whatever_its_name(reading):
    assert keys(reading(gzip.compress((HEADER + row(1)).encode()), "feed.tsv")) == ["1"]


@pytest.mark.parametrize("mark", [",", ";", "|"])
def test_other_delimiters_are_read(reading, mark):
    assert keys(reading((HEADER + row(1)).replace("\t", mark))) == ["1"]


def test_a_line_that_names_the_delimiter_is_passed_over(reading):
    found = reading("sep=;\n" + (HEADER + row(1)).replace("\t", ";"))
    assert found.product.line == 3


@pytest.mark.parametrize("cells", ["2\tShort\n", "2\tLong\tx\t5\tin stock\tmore\n"])
def test_a_row_with_another_number_of_cells_is_rejected(reading, cells):
    found = reading(HEADER + row(1) + cells + row(3))
    assert keys(found) == ["1", "3"]
    ((line, key, reason),) = found.rejected
    assert (line, key) == (3, "2")
    assert "and the header 5" in reason


def test_a_quote_that_never_closes_takes_its_own_row_only(reading):
    found = reading(HEADER + row(1) + row(2, title='"Torn') + row(3) + row(4))
    assert (keys(found), found.lines) == (["1", "3", "4"], [3])
    assert found.rejected[0][1] == "2"


def test_a_quote_closed_by_a_later_row_takes_its_own_row_only(reading):
    found = reading(HEADER + row(1, title='"Torn') + row(2) + row(3, title='"17"" wide"') + row(4))
    assert (keys(found), found.lines) == (["2", "3", "4"], [2])


def test_a_cell_of_ten_megabytes_is_rejected_and_passed_over(reading):
    found = reading(HEADER + row(1) + row(2, description="x" * 10_000_000) + row(3))
    assert (keys(found), found.lines) == (["1", "3"], [3])
    assert "longer than 1,000,000 characters" in found.rejected[0][2]


def test_a_quoted_cell_of_ten_megabytes_is_rejected_and_passed_over(reading):
    long = '"' + ("many words " * 100 + "\n") * 9_000 + '"'
    found = reading(HEADER + row(1) + row(2, description=long) + row(3))
    assert (keys(found), found.lines) == (["1", "3"], [3])


def test_a_damaged_line_in_a_utf8_file_is_rejected(reading):
    good = row(1, title="Carré") + row(2, title="Étole")
    found = reading((HEADER + good).encode() + row(3, title="Gant fané").encode("cp1252"))
    assert (keys(found), found.lines) == (["1", "2"], [4])
    assert "not UTF-8" in found.rejected[0][2]


def test_a_zero_byte_is_left_out(reading):
    text = HEADER + row(1, description="x" * 200) + row(2, title="Si\x00lk")
    assert reading(text).products[1].title == "Silk"


def test_a_row_cut_off_by_the_end_of_the_file_is_seen(reading):
    found = reading(HEADER + row(1) + "2\tSilk sca")
    assert (found.cut, found.lines) == (True, [3])


def test_a_last_row_without_a_line_end_is_whole(reading):
    found = reading((HEADER + row(1)).rstrip("\n"))
    assert (found.cut, keys(found)) == (False, ["1"])


def test_rows_of_one_product_may_stand_apart(reading):
    header = "id,item_group_id,title,color,price,availability\n"
    rows = "1,g,Silk blue,blue,5,in stock\n2,h,Wool,red,6,in stock\n3,g,Silk red,red,5,in stock\n"
    found = reading(header + rows)
    assert [(product.key, len(product.variants)) for product in found.products] == [
        ("g", 2),
        ("h", 1),
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(reading, content):
    with pytest.raises(FeedError, match="is empty"):
        reading(content)


def test_a_file_that_is_no_feed_is_refused(reading):
    with pytest.raises(FeedError, match="none of the feeds"):
        reading("Dear all,\nhere is the catalogue.\n")


def test_a_gzip_cut_short_is_refused_whole(reading):
    packed = gzip.compress((HEADER + "".join(map(row, range(2000)))).encode())
    with pytest.raises(FeedError, match="cut short"):
        reading(packed[: len(packed) // 2], "feed.tsv.gz")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    from catalog.feeds.feed import opened

    with pytest.raises(FeedError, match="No such file"), opened(tmp_path / "none", "auto", "EUR"):
        pass
