"""The very form that a number on a label is of: its own name, price and stock."""

import re

from archive.codes import PART, codes_in
from catalog.codes import VariantCodes, coded
from catalog.models import Product, Variant
from concierge.answering.expected import is_price
from concierge.answering.pieces import MOST, Beside, facts, is_shopping
from concierge.answering.tell import WORDS, line, tongue
from concierge.answering.turn import Piece, Turn
from concierge.answering.understand import Understanding

# Three parts at least, of letters and digits: what only a label has, not "COVID-19".
CODE = re.compile(r"(?=[\w-]*\d)[^\W\d_]+(?:-[^\W_]+){2,}")


def numbered(turn: Turn, asked: Understanding) -> Beside | None:
    """The forms whose own numbers a wish names, one of a piece; or that no piece has the number.

    None for a question that names no number, and for one that wishes for no piece.
    """
    codes = codes_in(asked.query)
    bare = "".join(PART.findall(asked.query.lower())).lstrip("0")
    wishes = is_shopping(asked.query) or is_price(asked.query)
    if not (wishes or bare in codes):
        return None
    visible = Product.objects.visible_to(turn.viewer).select_related("brand")
    named = Variant.objects.alias(codes=VariantCodes("sku", "gtin", "mpn")).filter(
        codes__overlap=codes if wishes else [bare], product__in=visible.order_by()
    )
    forms: dict[int, Variant] = {}
    for form in named.order_by("product", "position", "pk"):
        forms.setdefault(form.product_id, form)
    if not forms:
        wrong = CODE.search(asked.query) if wishes and not coded(visible, asked.query) else None
        said = WORDS[tongue(turn)]["no_number"]
        return Beside((), said.format(said=wrong.group()), fits=False) if wrong else None
    products = visible.prefetch_related("variants").in_bulk(list(forms)[:MOST])
    return Beside(
        tuple(
            piece_of(turn, number, product, forms[key])
            for number, (key, product) in enumerate(sorted(products.items()), start=1)
        )
    )


def piece_of(turn: Turn, number: int, product: Product, form: Variant) -> Piece:
    told = line(product, form, (), tongue(turn), named=True)
    return Piece(
        number=number,
        product_id=product.pk,
        title=product.title,
        facts=f"{told}\n{facts(product, turn)}",
        told=told,
        variant_id=form.pk,
    )
