"""The statements, and the passages and rows of the demo house that they rest on."""

import csv
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from concierge.answering.turn import Piece, Source

DEMO = Path("demo")
STATEMENTS = Path(__file__).with_name("statements.jsonl")
FRENCH = {"1911-lettre-adele-serance-apres-l-incendie.txt"}
OPTIONS = ("Option1 Value", "Option2 Value", "Option3 Value")
FORMS = 12  # of a piece that are told one by one
MOST = 1600  # characters of a passage


@dataclass(frozen=True, slots=True)
class Statement:
    """A true sentence; it rests on the passage of `document` around `anchor`, or on `piece`."""

    id: str
    kind: str  # quotation, light, paraphrase, translation, row
    language: str
    text: str
    document: str = ""
    anchor: str = ""
    piece: str = ""


def statements() -> list[Statement]:
    rows = STATEMENTS.read_text(encoding="utf-8").splitlines()
    return [Statement(**json.loads(row)) for row in rows]


@cache
def text_of(name: str) -> str:
    text = (DEMO / "archive" / name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
        text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return text


def language_of(name: str) -> str:
    if "comunicato" in name:
        return "it"
    return "fr" if name in FRENCH or "carnet" in name else "en"


def title_of(name: str) -> str:
    return text_of(name).splitlines()[0].lstrip("# ")


@cache
def passage(name: str, anchor: str, number: int) -> Source:
    """The section of a document that holds `anchor`, or as much of it as a passage has."""
    text = text_of(name)
    at = text.index(anchor)
    start = max(text.rfind("\n## ", 0, at), 0)
    end = text.find("\n## ", at)
    end = len(text) if end < 0 else end
    while end - start > MOST:
        cut = text.find("\n", start + 1)
        if 0 < cut < at:
            start = cut
            continue
        last = text.rfind("\n", at + len(anchor), end - 1)
        if last < 0:
            break
        end = last
    return Source(
        number=number,
        title=title_of(name),
        text=text[start:end],
        document_id=number,
        version_id=number,
        passage_id=number,
        start=start,
        language=language_of(name),
    )


@cache
def pieces() -> dict[str, str]:
    """The facts of each piece by its title, as its row has them."""
    found: dict[str, str] = {}
    with (DEMO / "catalog" / "products.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["Title"]:
                continue
            stock = "in stock" if int(row["Variant Inventory Qty"] or 0) else "out of stock"
            body = " ".join(re.sub(r"<[^>]+>", " ", row["Body (HTML)"]).split())
            form = f"{row['Option1 Name']}: {row['Option1 Value']}"
            found[row["Title"]] = f"EUR {row['Variant Price']}, {stock}\n{form}\n{body}"
    return found


def piece(title: str, number: int) -> Piece:
    return Piece(number, number, title, pieces()[title])


@cache
def whole_piece(title: str, number: int) -> Piece:
    """A piece with each of its forms on a line, as the tool that tells all of it writes them."""
    with (DEMO / "catalog" / "products.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    handle = next(row["Handle"] for row in rows if row["Title"] == title)
    own = [row for row in rows if row["Handle"] == handle and row["Variant Price"]]
    prices = [float(row["Variant Price"]) for row in own]
    states = [_stock(row) for row in own]
    low = f"€{min(prices):,.0f}" if min(prices) == max(prices) else f"from €{min(prices):,.0f}"
    best = "in stock" if "in stock" in states else states[0]
    partly = ", though not in every form" if best == "in stock" and len(set(states)) > 1 else ""
    body = " ".join(re.sub(r"<[^>]+>", " ", own[0]["Body (HTML)"]).split())
    names = [" / ".join(filter(None, map(row.get, OPTIONS))) for row in own]
    lines = [f"{low}, {best}{partly}"]
    if len(own) > 1:
        lines += ["Forms: " + "; ".join(names)]
    lines += [html.unescape(body)]
    if len(own) > 1:
        lines += [
            f"{title} in {name}: €{price:,.0f}, {state}"
            for name, price, state in list(zip(names, prices, states, strict=True))[:FORMS]
        ]
    return Piece(number, number, title, "\n".join(lines))


def _stock(row: dict[str, str]) -> str:
    is_service = not row["Variant Inventory Qty"]
    return "in stock" if is_service or int(row["Variant Inventory Qty"]) else "out of stock"


def documents() -> Iterator[str]:
    for path in sorted((DEMO / "archive").glob("*.md")):
        yield path.name
