"""Which pieces belong beside an answer, and their facts as the rows have them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive.door import Door, listed
from archive.stems import spelling, stems
from catalog.codes import coded
from catalog.conditions.rows import givable, is_service
from catalog.conditions.wording import GIFT
from catalog.models import Product
from catalog.search import ProductHit
from concierge.answering.expected import is_price
from concierge.answering.tell import WORDS, stock, tongue
from concierge.answering.tended import is_of_deed
from concierge.answering.turn import Piece, Turn
from concierge.answering.understand import Understanding

MOST = 4  # pieces beside one answer
NEAR = 0.38  # cosine from which a piece is what a shopper describes
COMMON = 0.15  # share of the hits above which a title's word names a family, not a piece
SHORTEST = 3  # letters of a word that tells one piece from another: not the "re" of "re-edge"
FORMS = {"en": "Forms: ", "fr": "Versions : ", "it": "Versioni: ", "de": "Ausführungen: "}
DESCRIBED = 400  # characters of a description a model is told

# "How long", "wie lang": the adverb of a question names no piece, not even the Portefeuille Long.
ADVERB = re.compile(
    r"\b(?:how (?:long|large|big|small|wide|tall|high|deep|old|far|soon|often|heavy|fast)"
    r"|wie (?:lange?|groß|gross|klein|breit|hoch|tief|alt|weit|oft|schwer|schnell))\b",
    re.IGNORECASE,
)

# What a client says who wants a piece, not a story. "Nobody could buy it" tells a story.
SHOPPING = re.compile(
    r"\bhow much (is|are|does|do|for|would)\b|\b(price|cost) of\b|\bdoes .* cost\b"
    r"|\b(does|do) (it|they|this|these) come in\b"
    r"|\b(what|which) (colou?rs?|sizes?)\b.*\b(come|available|have|sell|make|get)\b"
    r"|\b((can|could|may|where) (i|we|one|you)|want to|like to|wish to|help me) (\w+ )?"
    r"(buy|order|purchase)\b|\bin stock\b|\bavailable\b|\bgifts?\b|\b(a )?present for\b"
    r"|\bshow me\b|\blooking for\b|\brecommend\b|\bsuggest\b|\bdo you (have|sell|make|offer)\b"
    r"|\bunder (€|£|\$)?\d|\bprix d|\bcombien (co[uû]te|vaut|valent)|\bje (cherche|voudrais)"
    r"|\bcadeau|\bavez[- ]vous|\bdisponibles?\b|\bquanto (?:costa|viene|vengono)"
    r"|\bprezzo de|\bregalo"
    r"|\bcerco\b|\bavete\b|\bdisponibil|\b(?:was|wie ?viel) koste[nt]|\bpreis (?:von|de[rs])\b"
    r"|\bgeschenk|\bich suche|\bhaben sie\b",
    re.IGNORECASE,
)


TITLED = "SELECT id, title, language FROM {rows} WHERE {visible} AND id = ANY(%s::bigint[])"


@dataclass(frozen=True, slots=True)
class Titled:
    """A piece by its name."""

    pk: int
    title: str
    language: str


Named = TypeVar("Named", Titled, Product)


@dataclass(frozen=True, slots=True)
class Beside:
    """The pieces of an answer, and what the rows say of them as a whole."""

    pieces: tuple[Piece, ...]
    finding: str = ""
    fits: bool = True  # whether the pieces satisfy the question's conditions, where it has any


def is_shopping(question: str) -> bool:
    """Whether the question asks for a piece or its price, rather than about one."""
    return bool(SHOPPING.search(question))


def pieces_for(turn: Turn, asked: Understanding, hits: Sequence[ProductHit]) -> tuple[Piece, ...]:
    """The pieces the question names, else, for a shopper, those nearest to the description.

    A number on a label names its piece, whatever the words beside it. A piece that is no longer
    offered is spoken of when it is named, and never proposed. The price of what is not named is
    not the price of what is near it: then the archive is asked. What a repair costs is not the
    price of what is repaired: only services stand beside it."""
    visible = Product.objects.visible_to(turn.viewer)
    found = {
        key: Titled(key, title, language)
        for key, title, language in Door.to(Product, turn.viewer).asked(
            TITLED, after=[listed(hit.product_id for hit in hits)]
        )
    }
    ranked = [found[hit.product_id] for hit in hits if hit.product_id in found]
    ways = [ADVERB.sub(" ", way) for way in dict.fromkeys((asked.query, asked.subject))]
    is_deed = is_of_deed(asked.query) and (is_price(asked.query) or is_shopping(asked.query))
    keys = sorted(coded(visible, asked.query)) or next(
        filter(None, ([each.pk for each in named(way, ranked)] for way in ways)), []
    )
    if not (keys or is_deed) and is_shopping(asked.query) and not is_price(asked.query):
        near = [hit.product_id for hit in hits if hit.similarity >= NEAR]
        offered = visible.filter(pk__in=near).offered()
        offered = givable(offered) if GIFT.search(asked.query) else offered
        standing = set(offered.values_list("pk", flat=True))
        keys = [key for key in near if key in standing]
    products = visible.prefetch_related("variants").in_bulk(keys)
    standing_by = (products[key] for key in keys if key in products)
    chosen = [each for each in standing_by if not is_deed or is_told_of_deed(each)][:MOST]
    return tuple(
        Piece(
            number=number,
            product_id=product.pk,
            title=product.title,
            facts=facts(product, turn),
            stated=stated(product, tongue(turn)),
            is_service=is_service(product),
        )
        for number, product in enumerate(chosen, start=1)
    )


def is_told_of_deed(product: Product) -> bool:
    """Whether a row may tell what a deed costs: a service's, or a refill's that is sold."""
    return is_service(product) or is_of_deed(f"{product.title}, {product.kind}")


def named(question: str, ranked: list[Named]) -> list[Named]:
    """The products whose titles share most with the question, a distinctive word at least."""
    if not ranked:
        return []
    languages = sorted({spelling(p.language) for p in ranked})
    spelled = stems(
        [(spelling(p.language), p.title) for p in ranked]
        + [(language, question) for language in languages]
    )
    titles, words = spelled[: len(ranked)], frozenset().union(*spelled[len(ranked) :])
    often = COMMON * len(ranked)
    distinctive = {
        stem
        for stem in words
        if stem.isalpha()
        and len(stem) >= SHORTEST
        and 0 < sum(stem in title for title in titles) <= max(often, 5)
    }
    shared = [len(title & words) if title & distinctive else 0 for title in titles]
    most = max(shared)
    return [p for p, share in zip(ranked, shared, strict=True) if share == most] if most else []


def facts(product: Product, turn: Turn) -> str:
    """Price and stock on the first line; then, a line each, forms, attributes, description."""
    lines = heading(product, turn.brand.language, "en")
    lines += [f"{name}: {value}" for name, value in product.attributes.items()]
    lines.append(product.description[:DESCRIBED])
    return "\n".join(line for line in lines if line)


def stated(product: Product, code: str) -> str:
    """Name, price and stock as one says them in the language `code`; then, on a line, the forms."""
    first, *forms = heading(product, code, code)
    return "\n".join([WORDS[code]["line"].format(name=product.title, facts=first), *forms])


def heading(product: Product, priced_in: str, code: str) -> list[str]:
    """Price and stock, and the forms where there are several; each in its language."""
    variants = list(product.variants.all())
    price = product.price_range().display(priced_in)
    lines = [", ".join(part for part in (price, stock(product, code)) if part)]
    if len(variants) > 1:
        lines.append(FORMS[code] + "; ".join(v.title for v in variants if v.title))
    return lines
