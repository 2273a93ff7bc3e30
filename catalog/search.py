"""Product search: the catalogue's answer to a query, for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from archive.codes import codes_in
from archive.codes import first as before_all
from archive.door import Door
from archive.embedding.index import tend
from archive.lexical import Lexicon
from archive.ranking import Shelf
from archive.spelling import learn as learn_words
from archive.spelling import unlearned as unlearned_words
from archive.stems import spelling, stems
from archive.steps import Step, taken
from archive.viewer import Viewer
from catalog.codes import coded
from catalog.conditions import rows
from catalog.conditions.alike import compared, likest
from catalog.conditions.conditions import Conditions
from catalog.conditions.learn import learn
from catalog.conditions.read import read
from catalog.conditions.rows import Miss
from catalog.models import Product, ProductLexeme, Variant
from catalog.models.product import ProductQuerySet

LEXICON = Lexicon(Product, ProductLexeme)
# Clients name pieces, materials and numbers, so words say more here than in the archive.
SHELF = Shelf(LEXICON, words_share=0.6)  # docs/retrieval.md
AROUND = 100  # pieces by words and meaning, among which those that nearly fit are looked for


@dataclass(frozen=True, slots=True)
class ProductHit:
    """One product found. Ranks count from 1 and are None where it was not among the best."""

    product_id: int
    score: float = 0.0  # from 0 to 1, comparable within one search only
    dense_rank: int | None = None
    lexical_rank: int | None = None
    similarity: float = 0.0  # cosine with the query; 0 when the product has no vector yet
    bm25: float = 0.0  # 0 when the product was not among the best by words
    missed: tuple[Miss, ...] = ()  # of the conditions in the query
    variant_id: int | None = None  # the form that fits or comes nearest, where conditions chose one

    @property
    def fits(self) -> bool:
        """Whether it satisfies everything the query demands."""
        return not self.missed


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked, and what the visible catalogue has: those that fit, then the nearest."""

    asked: Conditions
    hits: tuple[ProductHit, ...] = ()
    total: int = 0  # that fit, over the whole visible catalogue
    to_be_had: int = 0  # of them, those that can be bought or ordered today
    foreign: bool = False  # the price is in a currency the catalogue does not have
    unread: tuple[str, ...] = ()  # words of a superlative or a count that no piece has

    @property
    def fits(self) -> tuple[ProductHit, ...]:
        return tuple(hit for hit in self.hits if hit.fits)

    @property
    def near(self) -> tuple[ProductHit, ...]:
        return tuple(hit for hit in self.hits if not hit.fits)


def search_products(viewer: Viewer, query: str | Sequence[str], top: int = 10) -> list[ProductHit]:
    """The `top` best products `viewer` may see, best first; none for an empty query.

    Several queries are several ways to ask the same, a follow-up alone and with what it follows
    say: the scores are their mean, and each rank, cosine and BM25 is the best of any. What the
    first demands (a price, a colour, a size) is a condition: those that satisfy it come first, and
    after them the nearest, which say what they miss.
    """
    first = first_of(query)
    asked = read(viewer, first) if taken(Step.CONDITIONS) else Conditions()
    if asked.explicit:
        return list(find_products(viewer, query, asked, top).hits)
    exact = coded(Product.objects.visible_to(viewer), first) if codes_in(first) else []
    return ranked(Door.to(Product, viewer), exact, viewer, query, top)


def find_products(
    viewer: Viewer,
    query: str | Sequence[str],
    asked: Conditions,
    top: int = 10,
    like: Product | None = None,
) -> Found:
    """What satisfies `asked` over everything `viewer` may see, best first, and the nearest misses.

    A superlative's hits come in its own order, others as they answer `query`, or by their
    likeness with `like`, which is not among them.
    """
    visible = Product.objects.visible_to(viewer)
    if like is not None:
        visible = visible.exclude(pk=like.pk)
        asked = likened(visible, asked, like)
    if asked.gift:
        visible = rows.givable(visible)
    demanded = replace(asked, in_stock=asked.in_stock or asked.gift)
    foreign = is_foreign(visible, asked)
    if foreign:
        demanded = replace(demanded, price=None)
    fits = rows.fitting(visible, demanded)
    unread: tuple[str, ...] = ()
    if asked.ranks:
        fits, unread = worded(viewer, fits, asked.rest)
    keys = list(fits.order_by("pk").values_list("pk", flat=True))
    had = rows.forms(replace(demanded, in_stock=True)).filter(product__in=keys)
    hits = best(viewer, query, demanded, keys, top, like)
    # A superlative that nothing fits has its nearest misses too, and a number of pieces none.
    if len(hits) < top and not foreign and not asked.how_many and not (asked.order and hits):
        hits += close(viewer, query, demanded, visible.exclude(pk__in=keys), top - len(hits))
    if foreign:
        hits = [replace(hit, missed=(Miss(price=asked.price),)) for hit in hits]
    return Found(
        asked=asked,
        hits=tuple(hits),
        total=0 if foreign else len(keys),
        to_be_had=had.values("product").distinct().count(),
        foreign=foreign,
        unread=unread,
    )


def likened(visible: ProductQuerySet, asked: Conditions, like: Product) -> Conditions:
    """`asked` beside `like`: of its kind, unless it is the only one of it that could fit."""
    alike = compared(asked, like)
    if asked.kinds or rows.fitting(visible, alike).exists():
        return alike
    return replace(alike, wanted=asked.wanted)


def best(
    viewer: Viewer,
    query: str | Sequence[str],
    asked: Conditions,
    keys: list[int],
    top: int,
    like: Product | None,
) -> list[ProductHit]:
    """The `top` of the products `keys`, which satisfy `asked`, with the form of each that does."""
    among = Product.objects.visible_to(viewer).filter(pk__in=keys)
    if asked.order:
        return [
            ProductHit(product_id=key, variant_id=form)
            for key, form in rows.ordered(among, asked)[:top]
        ]
    if like is not None:
        alike = likest(among, like, top)
        found = [ProductHit(product_id=key, score=s, similarity=s) for key, s in alike.items()]
    else:
        found = (
            ranked(Door.of(among), coded(among, first_of(query)), viewer, query, top)
            if keys
            else []
        )
    # What has no vector yet, or no word of the query, fits as well as the others.
    known = {hit.product_id for hit in found}
    found += [ProductHit(product_id=key) for key in keys if key not in known][: top - len(found)]
    chosen = form_of(asked, [hit.product_id for hit in found])
    return [replace(hit, variant_id=chosen.get(hit.product_id)) for hit in found]


def form_of(asked: Conditions, keys: Sequence[int]) -> dict[int, int]:
    """For each product the first form that satisfies `asked`, one that is to be had if any is."""
    found = rows.forms(asked).filter(product__in=keys).order_by("product", "position", "pk")
    chosen: dict[int, int] = {}
    for stock in (Variant.TO_BE_HAD, Variant.Availability.values):
        rest = found.filter(availability__in=stock).values_list("product", "pk")
        for product_id, pk in rest:
            chosen.setdefault(product_id, pk)
    return chosen


def close(
    viewer: Viewer,
    query: str | Sequence[str],
    asked: Conditions,
    others: ProductQuerySet,
    most: int,
) -> list[ProductHit]:
    """The `most` of `others` that miss least; of those that answer the query where words of it
    are no conditions."""
    place: dict[int, int] = {}
    if asked.rest:
        exact = coded(others, first_of(query))
        around = ranked(Door.of(others), exact, viewer, query, AROUND)
        place = {hit.product_id: number for number, hit in enumerate(around)}
        others = others.filter(pk__in=place)
    near = rows.nearest(others, asked, max(most, len(place)))
    near.sort(key=lambda each: (each.cost, place.get(each.product_id, 0)))
    return [
        ProductHit(product_id=each.product_id, missed=each.missed, variant_id=each.variant_id)
        for each in near[:most]
    ]


def first_of(query: str | Sequence[str]) -> str:
    return query if isinstance(query, str) else next(iter(query), "")


def ranked(
    door: Door, exact: Sequence[int], viewer: Viewer, query: str | Sequence[str], top: int
) -> list[ProductHit]:
    """The best behind `door`; before all others those of a number in the query, `exact`."""
    return [
        ProductHit(
            product_id=each.key,
            score=each.score,
            dense_rank=each.dense_rank,
            lexical_rank=each.lexical_rank,
            similarity=each.similarity,
            bm25=each.bm25,
        )
        for each in before_all(exact, SHELF.search(door, viewer, query, top), top)
    ]


def is_foreign(visible: ProductQuerySet, asked: Conditions) -> bool:
    """Whether a currency is named that no price is in: amounts are never converted."""
    if asked.price is None or not asked.price.named:
        return False
    priced = Variant.objects.filter(currency=asked.price.currency, price__isnull=False)
    return not priced.filter(product__in=visible.order_by()).exists()


def worded(
    viewer: Viewer, fits: ProductQuerySet, rest: Sequence[str]
) -> tuple[ProductQuerySet, tuple[str, ...]]:
    """Those of `fits` whose texts have the words of `rest`; the words that none of them has."""
    codes = Product.objects.visible_to(viewer).order_by().values_list("language", flat=True)
    code = spelling(codes.first() or "")
    unread: list[str] = []
    for word, lexemes in zip(rest, stems([(code, word) for word in rest]), strict=True):
        for lexeme in lexemes:
            having = rows.containing(fits, lexeme)
            if having.exists():
                fits = having
            else:
                unread.append(word)
    return fits, tuple(unread)


def refresh(brand_id: int) -> None:
    """Learn the brand's words again, after products have come or gone: how often, and for what."""
    LEXICON.refresh(brand_id)
    learn_words(LEXICON, brand_id)
    learn(brand_id)
    transaction.on_commit(tend)


def unlearned() -> list[int]:
    """Brands whose products were last counted by a release that learned less of them."""
    return unlearned_words(LEXICON)
