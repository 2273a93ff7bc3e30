"""A further search in the catalogue, under conditions that its rows meet or miss."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from archive.models import Brand
from archive.steps import Step, taken
from catalog.conditions.conditions import Conditions, Order, Price
from catalog.conditions.read import read
from catalog.search import ProductHit, find_products
from concierge.answering.compose import piece_block, tagged
from concierge.answering.pieces import MOST
from concierge.answering.seek import LOOKED_AT, MISSES, beside
from concierge.answering.tools.arguments import told
from concierge.answering.tools.evidence import with_pieces
from concierge.answering.tools.found import Found
from concierge.answering.turn import Evidence, Turn

NAME = "search_products"
DESCRIPTION = (
    "Looks for pieces of the catalogue and gives their price and stock as they are today. For "
    "pieces that were not given with the question, and for alternatives to one that is sold out "
    "or too dear."
)
MOST_PRICE = 10**9


@dataclass(frozen=True, slots=True)
class Arguments:
    query: str = field(
        metadata=told("What is wished for: the kind of piece, its use, colour, material.", most=300)
    )
    max_price: Decimal | None = field(
        metadata=told("The highest price.", most=MOST_PRICE), default=None
    )
    min_price: Decimal | None = field(
        metadata=told("The lowest price.", most=MOST_PRICE), default=None
    )
    currency: str | None = field(
        metadata=told(
            "The currency the client named, as EUR; else leave it out.", most=3, form="[A-Z]{3}"
        ),
        default=None,
    )
    in_stock: bool | None = field(
        metadata=told("Only what can be bought or ordered today."), default=None
    )
    order: str | None = field(
        metadata=told(
            "Rank by price, or by what is new, over the whole catalogue.",
            most=10,
            choices=("cheapest", "dearest", "newest"),
        ),
        default=None,
    )


def run(turn: Turn, evidence: Evidence, asked: Arguments) -> Found:
    if asked.min_price and asked.max_price and asked.min_price > asked.max_price:
        text = "“min_price” must not be above “max_price”."
        return Found(evidence, text, "bad_arguments", is_fault=True)
    demanded = conditions(turn, asked)
    found = find_products(turn.viewer, asked.query, demanded, LOOKED_AT)
    shown: Sequence[ProductHit] = found.fits[:MOST] or found.near[:MISSES]
    told_of = beside(turn, found, shown, None)
    grown = with_pieces(evidence, told_of.pieces)
    if not grown.pieces:
        return Found(evidence, "The catalogue has nothing near this.", "0 pieces")
    blocks = tagged("pieces", [piece_block(piece) for piece in grown.pieces])
    lead = "" if found.fits else "Nothing is all of this. The nearest, with what each lacks:"
    text = "\n\n".join(part for part in (lead, blocks) if part)
    return Found(grown.evidence, text, f"{len(grown.pieces)} pieces")


def conditions(turn: Turn, asked: Arguments) -> Conditions:
    """What the words demand, and over it what was demanded beside them."""
    said = read(turn.viewer, asked.query) if taken(Step.CONDITIONS) else Conditions()
    price = said.price
    if asked.max_price or asked.min_price:
        brand = Brand.objects.only("currency").get(pk=turn.viewer.brand_id)
        price = Price(
            low=asked.min_price,
            high=asked.max_price,
            currency=asked.currency or brand.currency,
            named=bool(asked.currency),
        )
    return replace(
        said,
        price=price,
        in_stock=bool(asked.in_stock) or said.in_stock,
        order=Order(asked.order) if asked.order else said.order,
        how_many=False,
        likeness=None,
    )
