"""Everything the rows have of one piece: each form with its price and stock."""

import re
from dataclasses import dataclass, field

from catalog.codes import coded
from catalog.models import Product, Variant
from catalog.models.product import ProductQuerySet
from catalog.search import search_products
from concierge.answering.compose import piece_block, tagged
from concierge.answering.pieces import facts, named
from concierge.answering.tell import line, tongue
from concierge.answering.tools.arguments import told
from concierge.answering.tools.evidence import with_pieces
from concierge.answering.tools.found import Found
from concierge.answering.turn import Evidence, Piece, Turn

NAME = "product_facts"
DESCRIPTION = (
    "Everything the catalogue has of one piece today: the price and stock of each of its forms, "
    "its materials, its measures. For a piece whose facts you were not given in full."
)
FORMS = 12  # of a piece that are told one by one
CANDIDATES = 10  # pieces among which one is looked for by its title
NUMBER = re.compile(r"\[?P(\d{1,3})\]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Arguments:
    product: str = field(
        metadata=told("Its number, as P2, or its title, or the number on its label.", most=200)
    )


def run(turn: Turn, evidence: Evidence, asked: Arguments) -> Found:
    product = meant(turn, evidence, asked.product)
    if product is None:
        return Found(evidence, "Unknown piece.", "unknown_piece", is_fault=True)
    piece = Piece(number=1, product_id=product.pk, title=product.title, facts=whole(product, turn))
    grown = with_pieces(evidence, [piece])
    text = tagged("pieces", [piece_block(each) for each in grown.pieces])
    return Found(grown.evidence, text, "1 piece")


def meant(turn: Turn, evidence: Evidence, said: str) -> Product | None:
    """The visible piece that `said` names, if it names one; never one by a number of the rows."""
    visible = Product.objects.visible_to(turn.viewer)
    if number := NUMBER.fullmatch(said):
        keys = [each.product_id for each in evidence.pieces if each.number == int(number[1])]
        return visible.filter(pk__in=keys).first()
    exact = visible.filter(title__iexact=said).order_by("pk").first()
    return (
        exact or visible.filter(pk__in=coded(visible, said)).first() or nearest(turn, visible, said)
    )


def nearest(turn: Turn, visible: ProductQuerySet, said: str) -> Product | None:
    """The one piece whose title shares most with `said`; none where several share as much."""
    hits = search_products(turn.viewer, said, CANDIDATES)
    found = visible.in_bulk([hit.product_id for hit in hits])
    ranked = [found[hit.product_id] for hit in hits if hit.product_id in found]
    best = named(said, ranked)
    return best[0] if len(best) == 1 else None


def whole(product: Product, turn: Turn) -> str:
    """Its facts, a line each, then those of its forms where they are several."""
    forms = [
        form
        for form in product.variants.all()
        if form.availability != Variant.Availability.UNAVAILABLE
    ]
    lines = [facts(product, turn)]
    if len(forms) > 1:
        code = tongue(turn)
        lines += [line(product, form, (), code, named=True) for form in forms[:FORMS]]
    return "\n".join(lines)
