"""Pieces for a question that sets conditions, and for one that leans on a piece just shown."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.steps import Step, taken
from catalog.conditions import rows
from catalog.conditions.alike import kind_of
from catalog.conditions.conditions import Concept, Conditions, Likeness, Value, Wanted
from catalog.models import CatalogName, Product, Variant
from catalog.search import Found, ProductHit, find_products, worded
from concierge.answering.expected import is_price
from concierge.answering.numbered import numbered
from concierge.answering.pieces import MOST, NEAR, Beside, facts, is_shopping
from concierge.answering.tell import FORM, lead, line, only_sold_out, tongue
from concierge.answering.tended import is_of_deed
from concierge.answering.turn import Piece, Turn
from concierge.answering.understand import Understanding
from concierge.answering.wished import wished

LOOKED_AT = 30  # pieces, as many as are looked at without conditions
MISSES = 3  # that are offered where nothing fits

# Asks for a story or for care, whatever colour or price it names.
STORY = re.compile(
    r"^\W*(?:and |but |so |et |e |und )?(?:who|whose|whom|why|when|how(?! many| much| about)"
    r"|qui|pourquoi|quand|comment|chi|perch[eé]|quando|come|wer|warum|wann|wie(?! ?viele?\b))\b"
    r"|\b(?:was(?! (?:koste[nt]|gibt|haben|habt))|were|did|had"
    r"|était|étaient|furent|coûtait|avait|waren|war|hatte|furono|costava)\b",
    re.IGNORECASE,
)
# One piece is meant, though several were shown.
ONE = re.compile(
    r"\b(?:it|this|that|celui|celle|il|elle|le|la|l['’](?=avez|a)|questo|questa|lo|es|sie|das)\b",
    re.IGNORECASE,
)

OTHER_COLOUR = re.compile(
    r"\b(?:another|other|different) colou?rs?\b|\bautres? (?:couleurs?|coloris)\b"
    r"|\baltr[oi] color[ei]\b|\bandere[nrs]? farben?\b",
    re.IGNORECASE,
)


def sought(turn: Turn, asked: Understanding) -> Beside | None:
    """The pieces that satisfy the question's conditions or come nearest, and what is said of them.

    None for a question that sets no conditions or tells no wish for a piece.
    """
    if not taken(Step.CONDITIONS) or STORY.search(asked.query) or is_of_deed(asked.query):
        return None
    if found_by_number := numbered(turn, asked):
        return found_by_number
    demanded, piece = leaning(turn, asked)
    if not is_meant(demanded, asked.query, piece):
        return None
    found, piece = found_for(turn, asked, demanded, piece)
    shown = chosen(turn, found, piece)
    if not shown and not demanded.how_many:
        # What was asked for is not known, and what is nearest might be outside of the range.
        return Beside(())
    if is_guess(found, piece):
        unread = not guessed(turn, found)
        found = replace(found, total=len(shown), unread=found.asked.rest if unread else ())
    found_so = beside(turn, found, shown, piece)
    only_services = all(each.is_service for each in found_so.pieces)
    return None if found_so.pieces and only_services and is_price(asked.query) else found_so


def found_for(
    turn: Turn, asked: Understanding, demanded: Conditions, piece: Product | None
) -> tuple[Found, Product | None]:
    """What satisfies `demanded`, and the piece it stands beside: first that piece as it is asked
    for, else those of its kind, else the piece with what it misses. A scarf is near no bag."""
    if piece is None or demanded.likeness:
        return find_products(turn.viewer, asked.subject, demanded, LOOKED_AT, piece), piece
    itself = find_products(turn.viewer, asked.query, of_piece(demanded, piece), 1)
    if itself.fits or only_sold_out(itself):
        return itself, None
    found = find_products(turn.viewer, asked.subject, demanded, LOOKED_AT, piece)
    own = kind_of(piece)
    if own is None or demanded.kinds:
        return found, piece
    kin = set(
        rows.having(Product.objects.visible_to(turn.viewer), own).values_list("pk", flat=True)
    )
    hits = tuple(hit for hit in found.hits if hit.product_id in kin)
    return (replace(found, hits=hits), piece) if hits else (itself, None)


def leaning(turn: Turn, asked: Understanding) -> tuple[Conditions, Product | None]:
    """What is demanded, with what the question before it demanded where this one only adds to it,
    and the piece it is compared with."""
    now = wished(turn, turn.question)
    if now.likeness and (titles := now.of(Concept.PIECE)):
        visible = Product.objects.visible_to(turn.viewer)
        like = visible.filter(title__in=[value.value for value in titles[0].values]).first()
        kept = tuple(each for each in now.wanted if each.concept != Concept.PIECE)
        return replace(now, wanted=kept), like
    piece = last_shown(turn)
    if now.likeness and piece:
        return now, piece
    before = [each.text for each in turn.history if each.role == "client"]
    if before and piece and OTHER_COLOUR.search(asked.query):
        return otherwise(turn, wished(turn, before[-1]), now)
    names_a_thing = any(each.concept not in FORM for each in now.wanted) or now.generic
    if not before or names_a_thing or now.rest or not now.explicit:
        return now, None
    earlier = wished(turn, before[-1])
    if piece and now.wanted and (len(turn.shown) == 1 or ONE.search(asked.query)):
        return now, piece
    if earlier.explicit or earlier.wanted:
        return added(earlier, now), None
    return now, piece if now.wanted else None


def otherwise(
    turn: Turn, earlier: Conditions, now: Conditions
) -> tuple[Conditions, Product | None]:
    """The pieces just shown, in none of the colours that were asked for before."""
    told = earlier.of(Concept.COLOUR)
    if not told or now.explicit:
        return now, None
    visible = Product.objects.visible_to(turn.viewer).filter(pk__in=turn.shown)
    titles = tuple(visible.order_by("pk").values_list("title", flat=True))
    values = tuple(Value(CatalogName.Aspect.TITLE, "", title) for title in titles)
    others = tuple(replace(each, excluded=True) for each in told)
    wanted = (Wanted(Concept.PIECE, ", ".join(titles), values), *others)
    return Conditions(price=earlier.price, in_stock=earlier.in_stock, wanted=wanted), None


def last_shown(turn: Turn) -> Product | None:
    """The first piece beside the last answer that had any, if the viewer may still see it."""
    visible = Product.objects.visible_to(turn.viewer).select_related("brand")
    found = visible.prefetch_related("variants").in_bulk(turn.shown)
    return next((found[key] for key in turn.shown if key in found), None)


def added(earlier: Conditions, now: Conditions) -> Conditions:
    """`earlier`, with what `now` says in the place of what it said of the same."""
    said = {each.concept for each in now.wanted}
    kept = tuple(each for each in earlier.wanted if each.concept not in said)
    return replace(
        now,
        price=now.price or (None if now.order else earlier.price),
        wanted=(*kept, *now.wanted),
        in_stock=now.in_stock or earlier.in_stock,
        rest=earlier.rest,
        generic=earlier.generic,
    )


def of_piece(asked: Conditions, piece: Product) -> Conditions:
    value = Value(CatalogName.Aspect.TITLE, "", piece.title)
    return replace(asked, wanted=(Wanted(Concept.PIECE, piece.title, (value,)), *asked.wanted))


def is_meant(asked: Conditions, question: str, piece: Product | None) -> bool:
    """Whether the question wishes for pieces: it compares, ranks, names a price, or shops; or it
    is nothing but a description of one."""
    if not asked.explicit:  # "a gift for a gardener" is nothing but words of the catalogue
        described = asked.wanted and not asked.rest and not asked.of(Concept.PIECE)
        return bool(described) and is_shopping(question)
    if asked.likeness and not (piece or asked.wanted or asked.price):
        return False
    if asked.likeness == Likeness.SIMILAR and not piece and asked.rest:
        return False
    names_none = asked.wanted and all(each.concept in FORM for each in asked.wanted)
    limits = asked.price or asked.ranks or asked.generic or piece
    if names_none and not limits and is_price(question):
        return False  # "the price of gold": of a material or a colour, which is no piece
    shops = asked.price or asked.ranks or piece or is_shopping(question)
    return bool(shops) or not asked.rest


def chosen(turn: Turn, found: Found, piece: Product | None) -> Sequence[ProductHit]:
    """Those to be spoken of: the best that fit, all that share a superlative, else the nearest."""
    asked, fits = found.asked, found.fits
    if is_guess(found, piece):
        given = found.fits[:MOST] if asked.gift and asked.explicit else ()
        return guessed(turn, found) or given
    if asked.order and fits:
        return fits[: min(MOST, asked.most or equals(fits))]
    return fits[:MOST] or found.near[: MOST if found.foreign else MISSES]


def is_guess(found: Found, piece: Product | None) -> bool:
    """Whether nothing but words and meaning says what the piece is."""
    named = any(each.concept not in FORM for each in found.asked.wanted)
    return bool(found.asked.rest and not named and not piece)


def guessed(turn: Turn, found: Found) -> list[ProductHit]:
    """Those that fit, are near in meaning, and whose texts have every word that is no condition."""
    ids = [hit.product_id for hit in found.fits]
    among = Product.objects.visible_to(turn.viewer).filter(pk__in=ids)
    having, unread = worded(turn.viewer, among, found.asked.rest)
    if unread:
        return []
    kept = set(having.values_list("pk", flat=True))
    fits = [hit for hit in found.fits if hit.product_id in kept and hit.similarity >= NEAR]
    return fits[:MOST]


def equals(fits: Sequence[ProductHit]) -> int:
    """How many of the first share the first one's price."""
    forms = Variant.objects.in_bulk([hit.variant_id for hit in fits[: MOST + 1]])
    prices = [forms[hit.variant_id].price for hit in fits[: MOST + 1] if hit.variant_id in forms]
    return sum(price == prices[0] for price in prices) or 1


def beside(turn: Turn, found: Found, shown: Sequence[ProductHit], piece: Product | None) -> Beside:
    code = tongue(turn)
    finding = lead(found, len(shown), code, piece)
    visible = Product.objects.visible_to(turn.viewer).select_related("brand")
    products = visible.prefetch_related("variants").in_bulk([hit.product_id for hit in shown])
    # That a form is in stock tells of no form, but of the piece that it is so in some.
    telling = rows.telling(replace(found.asked, in_stock=False), products)
    pieces: list[Piece] = []
    for hit in shown:
        product = products.get(hit.product_id)
        if product is None:  # withdrawn a moment ago
            continue
        form = next((each for each in product.variants.all() if each.pk == hit.variant_id), None)
        meant = form is not None and is_form(form, product, telling[product.pk])
        missed = () if found.foreign else hit.missed
        told = line(product, form, missed, code, named=meant) if form else ""
        known = "\n".join(part for part in (told, facts(product, turn), finding) if part)
        pieces.append(
            Piece(
                number=len(pieces) + 1,
                product_id=product.pk,
                title=product.title,
                facts=known,
                told=told,
                variant_id=hit.variant_id if meant else None,
                is_service=rows.is_service(product),
            )
        )
    return Beside(tuple(pieces), finding, fits=bool(found.fits))


def is_form(form: Variant, product: Product, telling: Collection[int]) -> bool:
    """Whether one form is meant, not the piece as a whole: what is asked, or the price, tells it
    from the others."""
    return form.pk in telling or len({each.price for each in product.variants.all()}) > 1
