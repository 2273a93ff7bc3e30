"""Google Merchant feeds, delimited or RSS and Atom: a product is the items of one group."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import takewhile
from pathlib import Path

from django.utils import timezone
from lxml import etree

from catalog.feeds.availability import IN_STOCK, read_availability
from catalog.feeds.delimited import table
from catalog.feeds.markup import Item, element, items, namespaces
from catalog.feeds.opening import head
from catalog.feeds.price import Price, read_price, reduced
from catalog.feeds.product import (
    FeedProduct,
    FeedVariant,
    Rejection,
    Row,
    RowError,
    check_names,
    option_values,
    without_repeats,
)
from catalog.feeds.words import address, condition, fitting, gtin, one_line, plain

NAME = "google"
Values = dict[str, list[str]]
OPTIONS = {"color": "Colour", "colour": "Colour", "size": "Size", "material": "Material"}
OPTIONS |= {"pattern": "Pattern"}
ATTRIBUTES = {
    "gender": "Gender",
    "age_group": "Age group",
    "size_type": "Size type",
    "size_system": "Size system",
    "product_length": "Length",
    "product_width": "Width",
    "product_height": "Height",
    "product_weight": "Weight",
    "energy_efficiency_class": "Energy efficiency class",
    "multipack": "Multipack",
    "certification": "Certification",
}
FIRST_ID = re.compile(r"<(?:[\w.-]+:)?(item_group_id|id)\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,200})")
PAIR = re.compile(r"(?<!\\),")


def rows(path: Path) -> Iterator[Row]:
    """The rows or items of the file, keyed by group, else by id."""
    start = head(path).lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return marked_up_rows(path) if start.startswith(b"<") else delimited_rows(path)


def delimited_rows(path: Path) -> Iterator[Row]:
    header, records = table(path)
    columns = [re.sub(r"[\s-]+", "_", name.casefold()).removeprefix("g:") for name in header]
    for record in records:
        # Every column is there, so that an empty cell differs from a column the feed has not.
        values: Values = {column: [] for column in columns}
        for column, cell in zip(columns, record.cells, strict=False):
            if cell.strip():
                values[column].append(cell)
        yield row_of(Row(record.line, "", values, record.reason, record.cut))


def marked_up_rows(path: Path) -> Iterator[Row]:
    declared = namespaces(path)
    for item in items(path):
        try:
            values = values_of(element(item, declared))
        except RowError as error:
            yield Row(item.line, told_key(item), {}, str(error), item.cut)
        else:
            yield row_of(Row(item.line, "", values))


def row_of(row: Row) -> Row:
    """`row` under its key, or refused for having none."""
    named = one_line(first(row.values, "id"), 300)
    key = one_line(first(row.values, "item_group_id"), 300) or named
    return replace(row, key=key, reason=row.reason or ("" if named else "the id is missing"))


def told_key(item: Item) -> str:
    """What an item that cannot be read would have been filed under, as far as can be seen."""
    found = dict(reversed(FIRST_ID.findall(item.source)))
    return one_line(found.get("item_group_id") or found.get("id", ""))


def values_of(item: etree._Element) -> Values:
    """{name: texts} of an item's elements; Google's own come before plain RSS and Atom."""
    values: Values = {"availability": []}
    for child in item:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname.casefold()
        parts = {etree.QName(part).localname: text_of(part) for part in child.iterchildren("*")}
        if name == "product_detail" and parts:
            pair = (parts.get("attribute_name", ""), parts.get("attribute_value", ""))
            values.setdefault("detail", []).extend(pair)
            continue
        text = text_of(child) or (child.get("href", "") if name == "link" else "")
        known = values.setdefault(name, [])
        if text and "base.google.com" in (etree.QName(child).namespace or ""):
            known.insert(0 if name in {"id", "title", "description", "link"} else len(known), text)
        elif text:
            known.append(text)
    return values


def text_of(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def first(values: Values, *names: str) -> str:
    """The first text under the first of `names` that has one, or ""."""
    return next((values[name][0] for name in names if values.get(name)), "")


def product(key: str, rows: list[Row], currency: str) -> tuple[FeedProduct | None, list[Rejection]]:
    """The product of one group's rows, and the rows that could not be part of it."""
    variants: list[FeedVariant] = []
    rejected = []
    for row in rows:
        try:
            check_names(key, one_line(first(row.values, "title")))
            variants.append(variant(row, currency, grouped=len(rows) > 1))
        except RowError as error:
            rejected.append(Rejection(row.line, key, str(error)))
    variants, repeated = without_repeats(key, variants)
    rejected += repeated
    if not variants:
        return None, rejected
    read = {variant.line for variant in variants}
    kept = [row.values for row in rows if row.line in read]
    main = kept[0]
    options = option_values(variants)
    title = common_title([one_line(first(values, "title")) for values in kept])
    found = FeedProduct(
        line=variants[0].line,
        key=key,
        title=title,
        variants=tuple(variants),
        description=plain(first(main, "description", "summary", "content")),
        vendor=one_line(first(main, "brand"), 200),
        kind=one_line(first(main, "product_type"), 300),
        category=category(first(main, "google_product_category")),
        url=address(first(main, "link")),
        images=images(kept, title),
        options=options,
        attributes=attributes(main, {option["name"] for option in options}),
    )
    return found, rejected


def variant(row: Row, currency: str, *, grouped: bool) -> FeedVariant:
    values = row.values
    identity = one_line(first(values, "id"))
    if len(identity) > 300:
        raise RowError("the id is longer than 300 characters")
    options = {
        label: one_line(first(values, name), 255)
        for name, label in OPTIONS.items()
        if grouped and first(values, name)
    }
    price, before = prices(values, currency)
    # A feed without the column lists what is for sale; an empty cell or item says nothing.
    silent = "availability" not in values
    return FeedVariant(
        line=row.line,
        key=identity,
        title=" / ".join(options.values())[:300],
        sku=fitting(identity, 120),
        gtin=gtin(first(values, "gtin")),
        mpn=fitting(first(values, "mpn"), 120),
        options=options,
        price=price.amount,
        compare_at_price=before,
        currency=price.currency,
        availability=IN_STOCK if silent else read_availability(first(values, "availability")),
        image=address(first(values, "image_link")),
    )


def prices(values: Values, currency: str) -> tuple[Price, Decimal | None]:
    """The price of today and, if that is a reduced one, the price before."""
    full = read_price(first(values, "price"), currency)
    sale = read_price(first(values, "sale_price"), full.currency)
    if sale.amount is None or not is_now(first(values, "sale_price_effective_date")):
        return full, None
    return sale, reduced(sale, full)


def is_now(span: str) -> bool:
    """Whether now lies in an ISO 8601 span "from/to"; an empty or unreadable one always holds."""
    try:
        start, end = (datetime.fromisoformat(part.strip()) for part in span.split("/"))
    except ValueError:
        return True
    zone = timezone.get_default_timezone()
    start, end = (each if each.tzinfo else each.replace(tzinfo=zone) for each in (start, end))
    return start <= timezone.now() <= end


def common_title(titles: list[str]) -> str:
    """The words all titles begin with, if they are half of the first one; else the first."""
    words = [title.split() for title in titles]
    shared = [
        ranks[0] for ranks in takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False))
    ]
    found = " ".join(shared).rstrip(" -–—,;:/|(")
    return found if len(found) * 2 >= len(titles[0]) else titles[0]


def category(text: str) -> str:
    """The taxonomy path; a bare number of Google's means nothing to a reader."""
    return "" if text.strip().isdigit() else one_line(text, 500)


def images(kept: list[Values], title: str) -> tuple[dict[str, str], ...]:
    """[{url, alt}]: the main image of each item, then the further ones, each address once."""
    main = [url for values in kept for url in values.get("image_link", [])]
    further = [
        url
        for values in kept
        for cell in values.get("additional_image_link", [])
        for url in re.split(r",(?=\s*https?://)|\s+", cell)
    ]
    found = (address(url) for url in main + further)
    return tuple({"url": url, "alt": title} for url in dict.fromkeys(found) if url)


def attributes(values: Values, options: set[str]) -> dict[str, str]:
    """{name: value}: what the feed details, then its own columns that say something."""
    found: dict[str, str] = {}
    pairs = [pair for cell in values.get("product_detail", []) for pair in details(cell)]
    told = values.get("detail", [])
    pairs += zip(told[::2], told[1::2], strict=True)
    pairs += [(label, first(values, name)) for name, label in ATTRIBUTES.items()]
    pairs += [
        (label, first(values, name)) for name, label in OPTIONS.items() if label not in options
    ]
    pairs += [("Condition", condition(first(values, "condition")))]
    pairs += [("Highlight", text) for text in values.get("product_highlight", [])]
    for name, value in pairs:
        name, value = one_line(name, 200), one_line(value, 2000)
        if name and value and value not in found.get(name, "").split("; "):
            found[name] = f"{found[name]}; {value}" if name in found else value
    return found


def details(cell: str) -> Iterator[tuple[str, str]]:
    """The (name, value) pairs of "section:name:value,..." or of "name:value,...".

    A part without a colon is the rest of a value that has a comma in it.
    """
    pairs: list[tuple[str, str]] = []
    for part in PAIR.split(cell):
        pieces = part.replace("\\,", ",").split(":", 2)
        if len(pieces) == 1 and pairs:
            name, value = pairs.pop()
            pairs.append((name, f"{value},{part}"))
        elif len(pieces) == 2 or (len(pieces) == 3 and pieces[1].strip().isdigit()):
            # The second piece being a number, it is a ratio or a time and not a name.
            pairs.append((pieces[0], ":".join(pieces[1:])))
        elif len(pieces) == 3:
            pairs.append((pieces[1], pieces[2]))
    return iter(pairs)
