"""Excel workbooks: a heading a sheet, a record a row, values as people read them."""

import math
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
from lxml.etree import LxmlError
from openpyxl.utils.exceptions import InvalidFileException

from archive.ingestion.parse import titles, unzip
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.records import Row, Table, listed

STRICT = "This Excel file holds no sheet that can be read: save it as an ordinary .xlsx workbook."
DAMAGED = "This Excel file could not be read: it is damaged."
# Of a number's format: what stands in quotes or brackets, and the sign of a currency in them.
QUOTED = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)')
CURRENCY = re.compile(r"[€$£¥]|EUR|USD|GBP|CHF|JPY")
DIGITS = re.compile(r"[#0?,]*[0?](?:\.([0#?]+))?")
GENERAL = "General"
# A formula whose result was never saved, as programs without a calculator leave it.
UNSAVED = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
LARGEST = 50 << 20  # bytes of a sheet in which they are looked for
ESCAPED = re.compile(r"_x000[9AD]_")  # a tab or line end, as the format writes it
PRECISION = 12  # digits that are meant; the rest is the machine's rounding
UNNAMED = re.compile(r"(?:sheet|feuil|foglio|tabelle|hoja|blad|シート) ?\d+", re.I)


def parse(data: bytes, stem: str) -> Parsed:
    package = unzip.checked(data, "This Excel file")
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return read(book, stem, unsaved(package))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        LxmlError,
        KeyError,
        OSError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        EOFError,
    ):
        raise ParseError(DAMAGED) from None


def unsaved(package: zipfile.ZipFile) -> list[str]:
    """A sentence on the formulas of which the file says no result, if there are any."""
    sheets = [part for part in package.infolist() if "/worksheets/" in part.filename]
    looked = (package.read(part) for part in sheets if part.file_size < LARGEST)
    count = sum(len(UNSAVED.findall(sheet)) for sheet in looked)
    noun = "formula has" if count == 1 else "formulas have"
    told = f"{count} {noun} no saved result: open the file in Excel, save it and bring it in."
    return [told] if count else []


def read(book: Any, stem: str, notes: list[str]) -> Parsed:
    if not book.worksheets:
        raise ParseError(STRICT)
    blocks: list[Block] = []
    for number, sheet in enumerate(book.worksheets, 1):
        if sheet.sheet_state != "visible":
            notes.append(f"The hidden sheet “{sheet.title}” was left out.")
            continue
        table = Table(rows(sheet), page=number)
        found = list(table.blocks())
        if found and not UNNAMED.fullmatch(sheet.title):
            blocks.append(Block(sheet.title, 1, page=number))
        blocks += found
        if table.uneven:
            rows_named = f"Rows {listed(table.uneven)} of “{sheet.title}”"
            notes.append(f"{rows_named} have more cells than there are columns.")
    written = " ".join((book.properties.title or "").split())
    return Parsed(
        blocks, written or titles.from_name(stem), date=titles.date_in_name(stem), notes=notes
    )


def rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its size is often wrong
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [shown(cell) for cell in cells]


def shown(cell: Any) -> str:
    """A cell's value as the sheet shows it, dates in ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number(value, form_of(cell))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return ESCAPED.sub(" ", str(value))


def form_of(cell: Any) -> str:
    """The format of its number; some programs refer to styles that are not there."""
    try:
        return cell.number_format or GENERAL
    except (IndexError, KeyError, TypeError):
        return GENERAL


def number(value: float, form: str) -> str:
    """`value` with the decimals, thousands, zeros, percent and currency that `form` asks for."""
    if not math.isfinite(value):
        return ""
    form = form.split(";")[0]
    literal = "".join("".join(found) for found in QUOTED.findall(form))
    bare = QUOTED.sub("", form)
    digits = DIGITS.search(bare)
    share = "%" in bare
    if digits is None or "E" in bare.upper().replace("GENERAL", ""):
        return general(value)
    decimals = len(digits.group(1) or "")
    scaled = value * 100 if share else value
    said = f"{scaled:{',' if ',' in digits.group() else ''}.{decimals}f}"
    if decimals and "#" in (digits.group(1) or ""):
        said = said.rstrip("0").rstrip(".")
    whole = digits.group().split(".")[0].replace(",", "")
    if not decimals and whole.count("0") > 1:  # a code with zeros before it
        said = said.zfill(whole.count("0"))
    if share:
        return f"{said}%"
    return with_currency(said, literal, bare)


def with_currency(said: str, literal: str, bare: str) -> str:
    """The sign stands where the format puts it; one of letters is parted by a space."""
    found = CURRENCY.search(literal) or CURRENCY.search(bare)
    if not found:
        return said
    sign = found.group()
    if sign in "$£¥" or len(sign) == 3:
        return f"{sign} {said}" if len(sign) == 3 else f"{sign}{said}"
    return f"{said} {sign}"


def general(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.{PRECISION}g}"
