"""schema.org Product as JSON-LD: a file of it, or the script blocks of a web page."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.feeds.offers import (
    Node,
    address_of,
    flat,
    kinds,
    measured,
    options_of,
    text_of,
    variants_of,
)
from catalog.feeds.opening import encoding_of, unpacked
from catalog.feeds.product import (
    FeedError,
    FeedProduct,
    FeedVariant,
    Rejection,
    Row,
    RowError,
    check_names,
    option_values,
    without_repeats,
)
from catalog.feeds.words import address, one_line, plain

NAME = "jsonld"
SIZE_LIMIT = 64 << 20  # bytes; JSON is held whole
PRODUCTS = frozenset(("Product", "ProductGroup", "ProductModel", "IndividualProduct"))
BLOCK = re.compile(
    r"<script\b[^>]*\bapplication/ld\+json\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
# What wraps JSON in older pages.
WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
TYPE = re.compile(r'(?<!\\)"@type"\s*:')
# Products that are named beside a product, and are not the one the page is about.
ASIDE = frozenset(
    ("isSimilarTo", "isRelatedTo", "isConsumableFor", "isAccessoryOrSparePartFor", "review")
)
ATTRIBUTES = {
    "material": "Material",
    "width": "Width",
    "height": "Height",
    "depth": "Depth",
    "weight": "Weight",
    "countryOfOrigin": "Country of origin",
    "award": "Award",
}
KEYS = ("productGroupID", "sku", "productID", "@id", "url", "mpn", "gtin13", "gtin", "name")


@dataclass(frozen=True, slots=True)
class Block:
    """JSON as it stands in the file, from line `line`, counted from 1."""

    line: int
    text: str


def rows(path: Path) -> Iterator[Row]:
    """The products of the file, each with what its references in the file point to.

    Raises FeedError for a file too large to hold.
    """
    nodes: list[Node] = []
    for block in blocks(path):
        for found in values(block):
            if isinstance(found, Row):
                yield found
            else:
                nodes.append(found)
    known = {
        node["@id"]: node
        for top in nodes
        for node in walk(top)
        if isinstance(node.get("@id"), str) and len(node) > 2
    }
    for top in nodes:
        for node in products(top):
            whole = resolved(node, known)
            key = key_of(whole, known)
            reason = "" if key else "the product has no sku, address or name"
            yield Row(node["@line"], key, {"node": whole}, reason)


def blocks(path: Path) -> Iterator[Block]:
    with unpacked(path) as file:
        content = file.read(SIZE_LIMIT + 1)
    if len(content) > SIZE_LIMIT:
        raise FeedError(f"{path.name} is larger than {SIZE_LIMIT >> 20} MB, too large for JSON-LD.")
    text = content.decode(encoding_of(path), "replace").removeprefix("\ufeff")
    if not text.lstrip().startswith("<"):
        yield Block(1, text)
        return
    for found in BLOCK.finditer(text):
        inner = WRAPPING.sub(lambda part: " " * len(part[0]), found[1])
        yield Block(1 + text.count("\n", 0, found.start(1)), inner)


def values(block: Block) -> Iterator[Node | Row]:
    """The objects of a block that is one, an array or a sequence of them, each with its lines.

    After an error it goes on at the next object within: each error is one refused row.
    """
    decoder = json.JSONDecoder(strict=False)
    text, at, errors = block.text, 0, set[int]()
    while start := re.compile(r"[^\s,\[\]]").search(text, at):
        try:
            value, at = decoder.raw_decode(text, start.start())
        except (json.JSONDecodeError, RecursionError) as error:
            broken = getattr(error, "pos", start.start())
            if broken not in errors:
                errors.add(broken)
                line = block.line + text.count("\n", 0, broken)
                # What is lost is not known, so the file counts as cut.
                yield Row(line, "", {}, f"the JSON is broken: {error}"[:300], cut=True)
            following = re.compile(r'\{\s*"@(?:context|type|id)"').search(text, start.end())
            at = following.start() if following else len(text)
        else:
            if isinstance(value, dict):
                number(value, block, start.start(), at)
                yield value


def number(value: Node, block: Block, start: int, end: int) -> None:
    """Give each typed object its "@line": the nth "@type" of the text is the nth walked over."""
    lines, line, before = [], block.line + block.text.count("\n", 0, start), start
    for found in TYPE.finditer(block.text, start, end):
        line += block.text.count("\n", before, found.start())
        before = found.start()
        lines.append(line)
    typed = list(by_type(value))
    first = block.line + block.text.count("\n", 0, start)
    same = len(lines) == len(typed)
    for place, node in enumerate(typed):
        node["@line"] = lines[place] if same else first
    value.setdefault("@line", first)


def by_type(value: Any) -> Iterator[Node]:
    """Every object with an "@type" in `value`, in the order in which their types are written."""
    if isinstance(value, list):
        for each in value:
            yield from by_type(each)
    elif isinstance(value, dict):
        for name, each in list(value.items()):
            if name == "@type":
                yield value
            else:
                yield from by_type(each)


def walk(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for each in value:
            yield from walk(each)
    elif isinstance(value, dict):
        yield value
        yield from walk(list(value.values()))


def products(value: Any) -> Iterator[Node]:
    """The products `value` is about: not those within a product, nor those named beside it."""
    if isinstance(value, list):
        for each in value:
            yield from products(each)
    elif isinstance(value, dict):
        # A bare reference to a product that stands elsewhere is not that product.
        if kinds(value) & PRODUCTS and set(value) - {"@id", "@type", "@line"}:
            yield value
        else:
            for name, each in value.items():
                if name not in ASIDE:
                    yield from products(each)


def resolved(node: Node, known: dict[str, Node]) -> Node:
    """`node` with its references to offers, variants, images and makers put in their place."""

    def put(value: Any, depth: int) -> Any:
        if isinstance(value, list):
            return [put(each, depth) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) <= {"@id", "@type", "@line"} and value.get("@id") in known:
            value = known[value["@id"]]
        if depth == 0:
            return value
        return {
            # The way back from a variant to its group would go round for ever.
            name: each if name in {"isVariantOf", "itemOffered"} else put(each, depth - 1)
            for name, each in value.items()
        }

    whole: Node = put(node, 3)
    return whole


def key_of(node: Node, known: dict[str, Node]) -> str:
    """What names the product: its group's key if it is a variant, else its own."""
    group = text_of(node.get("inProductGroupWithID"))
    parent = next(iter(flat(node.get("isVariantOf"))), None)
    if isinstance(parent, dict):
        parent = known.get(str(parent.get("@id")), parent)
        group = group or own_key(parent)
    return group or own_key(node)


def own_key(node: Node) -> str:
    """The first of what may name a product; "_:x" names nothing outside its file."""
    found = (one_line(text_of(node.get(name))) for name in KEYS)
    return next((key for key in found if key and not key.startswith("_:")), "")


def product(key: str, rows: list[Row], currency: str) -> tuple[FeedProduct | None, list[Rejection]]:
    """The product of the nodes under one key, and the offers that could not be part of it."""
    nodes = [(row, row.values["node"]) for row in rows]
    # A group speaks for its variants, wherever it stands.
    main_row, main = next((each for each in nodes if "ProductGroup" in kinds(each[1])), nodes[0])
    try:
        check_names(key, one_line(text_of(main.get("name"))))
    except RowError as error:
        return None, [Rejection(main_row.line, key, str(error))]
    variants: list[FeedVariant] = []
    rejected = []
    found = members([node for _, node in nodes])
    for member in found:
        try:
            variants += variants_of(member, currency, grouped=len(found) > 1)
        except RowError as error:
            rejected.append(Rejection(member.get("@line", main_row.line), key, str(error)))
    kept, repeated = without_repeats(key, variants)
    rejected += repeated
    return (described(main_row.line, key, main, kept) if kept else None), rejected


def members(nodes: list[Node]) -> list[Node]:
    """The buyable products among the nodes of one key, each once."""
    found: dict[tuple[int, str], Node] = {}
    for node in nodes:
        within = [each for each in flat(node.get("hasVariant")) if isinstance(each, dict)]
        bare = "ProductGroup" in kinds(node) and "offers" not in node and len(nodes) > 1
        for member in within or ([] if bare else [node]):
            line = int(member.get("@line") or node["@line"])
            found.setdefault((line, text_of(member.get("sku"))), {"@line": line, **member})
    return list(found.values())


def described(line: int, key: str, main: Node, variants: list[FeedVariant]) -> FeedProduct:
    title = one_line(text_of(main.get("name")))
    options = option_values(variants)
    return FeedProduct(
        line=line,
        key=key,
        title=title,
        variants=tuple(variants),
        description=plain(text_of(main.get("description"))),
        vendor=one_line(text_of(main.get("brand") or main.get("manufacturer")), 200),
        category=one_line(text_of(main.get("category")), 500),
        tags=keywords(main.get("keywords")),
        url=address(text_of(main.get("url"))),
        images=pictures(main, variants, title),
        options=options,
        attributes=attributes(main, {option["name"] for option in options}),
    )


def keywords(value: Any) -> tuple[str, ...]:
    parts = [part for each in flat(value) for part in text_of(each).split(",")]
    return tuple(dict.fromkeys(tag for part in parts if (tag := one_line(part, 200))))


def pictures(main: Node, variants: list[FeedVariant], title: str) -> tuple[dict[str, str], ...]:
    """[{url, alt}]: the product's own images in order, then its variants', each address once."""
    found: dict[str, str] = {}
    for each in flat(main.get("image")):
        alt = text_of(each.get("caption") or each.get("name")) if isinstance(each, dict) else ""
        found.setdefault(address_of(each), one_line(alt, 500) or title)
    for variant in variants:
        found.setdefault(variant.image, title)
    return tuple({"url": url, "alt": alt} for url, alt in found.items() if url)


def attributes(main: Node, options: set[str]) -> dict[str, str]:
    """{name: value} of what the product says of itself beyond its options."""
    found = {label: text for label, text in options_of(main).items() if label not in options}
    for name, label in ATTRIBUTES.items():
        found[label] = one_line(measured(main.get(name)), 2000)
    for each in flat(main.get("additionalProperty")):
        if isinstance(each, dict):
            found[one_line(text_of(each.get("name")), 200)] = one_line(measured(each), 2000)
    return {name: value for name, value in found.items() if name and value}
