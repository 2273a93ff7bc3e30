"""Shopify's product CSV: a product is the rows of one handle, in either naming of the columns."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from catalog.feeds.availability import BACKORDER, IN_STOCK, OUT_OF_STOCK, UNAVAILABLE
from catalog.feeds.delimited import table
from catalog.feeds.price import read_price, reduced
from catalog.feeds.product import (
    FeedProduct,
    FeedVariant,
    Rejection,
    Row,
    RowError,
    check_names,
    option_values,
    variant_key,
    without_repeats,
)
from catalog.feeds.words import address, condition, fitting, gtin, one_line, plain

NAME = "shopify"
# Each column under the name used here, by all the names Shopify gives or gave it.
COLUMNS = {
    "handle": ("Handle", "URL handle"),
    "title": ("Title",),
    "body": ("Body (HTML)", "Description"),
    "vendor": ("Vendor",),
    "category": ("Product Category", "Standard Product Type"),
    "google_category": ("Google Shopping / Google Product Category",),
    "type": ("Type", "Custom Product Type"),
    "tags": ("Tags",),
    "published": ("Published", "Published on online store"),
    "status": ("Status",),
    "sku": ("Variant SKU", "SKU"),
    "barcode": ("Variant Barcode", "Barcode"),
    "tracker": ("Variant Inventory Tracker", "Inventory tracker"),
    "quantity": ("Variant Inventory Qty", "Inventory quantity"),
    "policy": ("Variant Inventory Policy", "Continue selling when out of stock"),
    "price": ("Variant Price", "Price"),
    "before": ("Variant Compare At Price", "Compare-at price"),
    "image": ("Image Src", "Product image URL"),
    "image_position": ("Image Position",),
    "image_alt": ("Image Alt Text",),
    "variant_image": ("Variant Image", "Variant image URL"),
    "gift_card": ("Gift Card",),
    "url": ("Product URL",),  # of ours: catalog/shop.py knows the address, the export does not
    "mpn": ("Google Shopping / MPN", "Google Shopping / Manufacturer part number (MPN)"),
}
ATTRIBUTES = {
    "google shopping / gender": "Gender",
    "google shopping / age group": "Age group",
    "google shopping / condition": "Condition",
}
BY_NAME = {name.casefold(): column for column, names in COLUMNS.items() for name in names}
OPTION = re.compile(r"option([123]) (name|value)", re.IGNORECASE)
METAFIELD = re.compile(r"(.+?) \(product\.metafields\.[^)]+\)", re.IGNORECASE)
YES = frozenset(("true", "yes", "1"))
NO = frozenset(("false", "no", "0"))
MOST = 2_147_483_647  # what a quantity's column holds


def column_of(name: str) -> str:
    """What a column is called here; "" for one that is not kept.

    Labels and groups made for advertising are not: they were never meant for a visitor.
    """
    folded = " ".join(name.split()).casefold()
    if option := OPTION.fullmatch(folded):
        return f"option{option[1]}_{option[2]}"
    if metafield := METAFIELD.fullmatch(" ".join(name.split())):
        return f"attribute:{metafield[1]}"
    if folded in ATTRIBUTES:
        return f"attribute:{ATTRIBUTES[folded]}"
    return BY_NAME.get(folded, "")


def rows(path: Path) -> Iterator[Row]:
    """The rows of the file, keyed by handle."""
    header, records = table(path)
    columns = [column_of(name) for name in header]
    for record in records:
        values: dict[str, str] = {}
        for column, cell in zip(columns, record.cells, strict=False):
            if column and cell.strip():
                values.setdefault(column, cell)
            elif column == "tracker":
                values.setdefault(column, "")
        key = one_line(values.get("handle", ""), 300)
        reason = record.reason or ("" if key else "the handle is missing")
        yield Row(record.line, key, values, reason, record.cut)


def product(key: str, rows: list[Row], currency: str) -> tuple[FeedProduct | None, list[Rejection]]:
    """The product of one handle's rows, and the rows that could not be part of it."""
    main = next((row for row in rows if "title" in row.values), rows[0])
    title = one_line(main.values.get("title", ""))
    try:
        check_names(key, title)
    except RowError as error:
        return None, [Rejection(main.line, key, str(error))]
    names = option_names(rows)
    variants, rejected = [], []
    hidden, archived = on_hold(main.values)
    for row in rows:
        if row is not rows[0] and is_picture_only(row.values):
            continue
        try:
            variants.append(variant(row, names, currency, archived))
        except RowError as error:
            rejected.append(Rejection(row.line, key, str(error)))
    variants, repeated = without_repeats(key, distinct_keys(variants))
    rejected += repeated
    if not variants:
        return None, rejected
    first = merged(rows)
    found = FeedProduct(
        line=main.line,
        key=key,
        title=title,
        variants=tuple(variants),
        description=plain(main.values.get("body", "")),
        vendor=one_line(first.get("vendor", ""), 200),
        kind=one_line(first.get("type", ""), 300) or gift_card(first),
        category=one_line(first.get("category") or first.get("google_category", ""), 500),
        tags=tags(first.get("tags", "")),
        url=address(first.get("url", "")),
        images=images(rows, title),
        options=option_values(variants),
        attributes=attributes(first),
        hidden=hidden,
    )
    return found, rejected


def merged(rows: list[Row]) -> dict[str, str]:
    """For each column the first cell that says something."""
    found: dict[str, str] = {}
    for row in rows:
        found = {**row.values, **found}
    return found


def on_hold(values: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether the product is not on show, and whether it is archived."""
    status = values.get("status", "active").strip().casefold()
    shown = values.get("published", "true").strip().casefold() not in NO
    return status != "active" or not shown, status == "archived"


def option_names(rows: list[Row]) -> dict[str, str]:
    """{"1": "Colour", ...} of the options in use; a product without any has Title alone."""
    first = merged(rows)
    found = {}
    for number in "123":
        name = one_line(first.get(f"option{number}_name", ""), 100)
        only = name == "Title" and number == "1"
        if name and not (only and is_default(rows)):
            found[number] = name
    return found


def is_default(rows: list[Row]) -> bool:
    values = {row.values.get("option1_value", "").strip() for row in rows} - {""}
    return values <= {"Default Title"}


def is_picture_only(values: Mapping[str, str]) -> bool:
    """Whether a further row only adds an image to the product."""
    names = ("option1_value", "option2_value", "option3_value", "sku", "price", "barcode")
    return not any(name in values for name in names)


def variant(row: Row, names: Mapping[str, str], currency: str, archived: bool) -> FeedVariant:
    values = row.values
    options = {
        name: one_line(values[f"option{number}_value"], 255)
        for number, name in names.items()
        if f"option{number}_value" in values
    }
    if names and not options:
        raise RowError(f"the value of {', '.join(names.values())} is missing")
    price = read_price(values.get("price", ""), currency)
    before = read_price(values.get("before", ""), currency)
    availability, quantity = stock(values)
    sku = fitting(values.get("sku", ""), 120)
    return FeedVariant(
        line=row.line,
        key=variant_key(sku, options),
        title=" / ".join(options.values())[:300],
        sku=sku,
        gtin=gtin(values.get("barcode", "")),
        mpn=fitting(values.get("mpn", ""), 120),
        options=options,
        price=price.amount,
        compare_at_price=reduced(price, before),
        currency=price.currency,
        availability=UNAVAILABLE if archived else availability,
        quantity=quantity,
        image=address(values.get("variant_image", "")),
    )


def stock(values: Mapping[str, str]) -> tuple[str, int | None]:
    """Availability and quantity. Nobody counts a variant whose tracker is empty: it is in stock."""
    if values.get("tracker") == "":
        return IN_STOCK, None
    text = values.get("quantity", "").strip()
    if not text:
        return IN_STOCK, None
    if not re.fullmatch(r"-?\d{1,10}(\.0+)?", text) or abs(int(float(text))) > MOST:
        raise RowError(f'the quantity "{text[:40]}" is not a whole number')
    quantity = int(float(text))
    if quantity > 0:
        return IN_STOCK, quantity
    goes_on = values.get("policy", "").strip().casefold() in YES | {"continue"}
    return BACKORDER if goes_on else OUT_OF_STOCK, quantity


def distinct_keys(variants: list[FeedVariant]) -> list[FeedVariant]:
    """Variants that share one SKU (Shopify lets them) are told apart by their options instead."""
    skus = [variant.sku for variant in variants]
    return [
        replace(each, key=variant_key("", each.options))
        if each.sku and skus.count(each.sku) > 1 and each.options
        else each
        for each in variants
    ]


def images(rows: list[Row], title: str) -> tuple[dict[str, str], ...]:
    """[{url, alt}] by position, each address once; then the pictures only variants have."""
    placed: list[tuple[float, str, str]] = []
    for number, row in enumerate(rows):
        position = row.values.get("image_position", "").strip()
        place = float(position) if position.isascii() and position.isdigit() else 1e6 + number
        alt = one_line(row.values.get("image_alt", ""), 500)
        placed.append((place, address(row.values.get("image", "")), alt))
        placed.append((2e6 + number, address(row.values.get("variant_image", "")), ""))
    found: dict[str, dict[str, str]] = {}
    for _, url, alt in sorted(placed, key=lambda each: each[0]):
        if url:
            found.setdefault(url, {"url": url, "alt": alt or title})
    return tuple(found.values())


def tags(text: str) -> tuple[str, ...]:
    found = (one_line(tag, 200) for tag in text.split(","))
    return tuple(dict.fromkeys(tag for tag in found if tag))


def attributes(values: Mapping[str, str]) -> dict[str, str]:
    """{name: value} of the metafields and the shopping columns that say something to a reader."""
    found = {
        one_line(name.removeprefix("attribute:"), 200): one_line(value, 2000)
        for name, value in values.items()
        # References and rich text are the shop's own notation, not words.
        if name.startswith("attribute:") and not value.lstrip().startswith(("gid://", "{", "["))
    }
    if gift_card(values):
        found["Gift card"] = "yes"
    found["Condition"] = condition(found.get("Condition", ""))
    return {name: value for name, value in found.items() if value}


def gift_card(values: Mapping[str, str]) -> str:
    return "Gift card" if values.get("gift_card", "").strip().casefold() in YES else ""
