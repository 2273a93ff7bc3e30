"""Conditions asked of the rows: which pieces fit, and what is nearest when none does.

A piece fits when one of its forms, still to be had, satisfies everything at once: a bag that is
black in one size and in stock in another is no black bag in stock.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from archive.door import Door
from archive.lexical import Matches, query_of, quote
from catalog.conditions import conditions as told
from catalog.conditions.conditions import Conditions, Order, Price, Wanted
from catalog.conditions.wording import SERVICE, SERVICES
from catalog.models import CatalogName, Product, Variant
from catalog.models.product import ProductQuerySet

Aspect, Concept = CatalogName.Aspect, CatalogName.Concept

# What it costs a piece to miss a condition, beside a price, of which a tenth too much costs 0.11
# and half too much 0.4: a bag a tenth dearer is nearer than one of another colour, one half
# dearer is not.
COSTS = {
    Concept.COLOUR: 0.25,
    Concept.SIZE: 0.25,
    Concept.MATERIAL: 0.3,
    Concept.OTHER: 0.3,
    Concept.KIND: 2.0,
    Concept.PIECE: 2.0,
}
PRICE = 1.2  # what a price without any measure would cost
STOCK = 0.2
UNTOLD = 0.6  # a price on request, or in another currency
ALONE = 2.0  # a tag or an attribute where nothing else says what the piece is
TOO_FAR = 1.5  # beyond it nothing is near: a bag is no shoe
BY_PRICE = {Order.DEAREST: "-price", Order.CHEAPEST: "price"}
# As `holds`, of many values in one statement. OFFSET keeps the planner from joining what is over
# with the first piece that has the value.
HELD = """
    SELECT place FROM unnest(%s::text[], %s::text[], %s::jsonb[]) WITH ORDINALITY
    AS asked (aspect, value, pair, place) WHERE EXISTS (
        SELECT FROM catalog_product JOIN catalog_variant AS form ON product_id = catalog_product.id
        WHERE {visible} AND (asked.aspect <> 'option' OR form.options @> asked.pair)
        AND CASE asked.aspect
            WHEN 'kind' THEN kind = asked.value
            WHEN 'category' THEN category = asked.value
            WHEN 'vendor' THEN vendor = asked.value
            WHEN 'title' THEN catalog_product.title = asked.value
            WHEN 'tag' THEN tags @> ARRAY[asked.value]::varchar[]
            WHEN 'option' THEN true
            ELSE attributes @> asked.pair
        END OFFSET 0
    )
"""
LOOKED_AT = 400  # forms, the nearest, that the nearest pieces are taken from


@dataclass(frozen=True, slots=True)
class Miss:
    """What a form lacks: the price, with how far it is beyond; the stock; or one of the wanted."""

    wanted: Wanted | None = None
    price: Price | None = None
    beyond: Decimal | None = None  # in the price's currency; None when the price cannot be told
    stock: bool = False

    def __str__(self) -> str:
        if self.wanted:
            return (
                f"{'' if self.wanted.excluded else 'not '}{self.wanted.concept} {self.wanted.said}"
            )
        if self.price:
            return (
                f"price {'' if self.beyond is None else f'{self.beyond:+} '}{self.price.currency}"
            )
        return "not in stock"


@dataclass(frozen=True, slots=True)
class Near:
    """The form of a piece that comes nearest, and all that it misses."""

    product_id: int
    variant_id: int
    cost: float
    missed: tuple[Miss, ...]


def fitting(visible: ProductQuerySet, asked: Conditions) -> ProductQuerySet:
    """Those of `visible` with a form that satisfies all of `asked`."""
    return visible.filter(Exists(forms(asked).filter(product=OuterRef("pk"))))


def givable(visible: ProductQuerySet) -> ProductQuerySet:
    """Those of `visible` that may be given: no service, and to be had today."""
    had = Variant.objects.filter(product=OuterRef("pk"), availability__in=Variant.TO_BE_HAD)
    words = rf"\m{SERVICE}\M"
    services = Q(kind__iregex=words) | Q(category__iregex=words)
    return visible.exclude(services).filter(Exists(had))


def is_service(product: Product) -> bool:
    """Whether it is done for a client and is no piece, by the house's own kind or category."""
    return bool(SERVICES.search(product.kind) or SERVICES.search(product.category))


def forms(asked: Conditions) -> QuerySet[Variant]:
    """The forms still to be had that satisfy all of `asked`, whoever may see them."""
    found = Variant.objects.exclude(availability=Variant.Availability.UNAVAILABLE)
    for _, met, _ in demands(asked):
        found = found.filter(met)
    return found


def telling(asked: Conditions, keys: Collection[int]) -> dict[int, set[int]]:
    """For each product, the forms that meet a condition which its other forms do not.

    A black bag also made in red is told by its form; a silk scarf is silk in every form. An only
    form tells its colour or size where that is asked for.
    """
    every = forms_by_product(Variant.objects.filter(product__in=keys))
    found: dict[int, set[int]] = {key: set() for key in keys}
    for miss, met, _ in demands(asked):
        named = miss.wanted is not None and miss.wanted.concept in {Concept.COLOUR, Concept.SIZE}
        meeting = forms_by_product(Variant.objects.filter(met, product__in=keys))
        for key, some in meeting.items():
            if some < every.get(key, some) or (named and len(some) == 1):
                found[key] |= some
    return found


def forms_by_product(found: QuerySet[Variant]) -> dict[int, set[int]]:
    forms: dict[int, set[int]] = {}
    for key, pk in found.order_by().values_list("product", "pk"):
        forms.setdefault(key, set()).add(pk)
    return forms


def having(visible: ProductQuerySet, wanted: Wanted) -> ProductQuerySet:
    """Those of `visible` that have one of the values, or would, were it not excluded."""
    any_value = reduce(or_, map(holds, wanted.values), Q(pk__in=[]))
    return visible.filter(Exists(Variant.objects.filter(any_value, product=OuterRef("pk"))))


def held(door: Door, values: Sequence[told.Value]) -> set[told.Value]:
    """Those of `values` that a piece behind the `door` has, whichever of its forms."""
    if not values:
        return set()
    pairs = [json.dumps({value.name: value.value}) for value in values]
    asked = [[value.aspect for value in values], [value.value for value in values], pairs]
    return {values[place - 1] for (place,) in door.asked(HELD, asked)}


def containing(visible: ProductQuerySet, lexeme: str) -> ProductQuerySet:
    """Those of `visible` whose text has the word, as the catalogue spells it."""
    return visible.filter(Q(Matches(F("search"), query_of(quote(lexeme)))))


def ordered(fits: ProductQuerySet, asked: Conditions) -> list[tuple[int, int]]:
    """(product, form) of all that `fits`, as `asked.order` ranks them, of equals the older first.

    What is free of charge is not the cheapest piece: nothing is paid for it.
    """
    found = forms(asked).filter(product__in=fits.order_by())
    if asked.order == Order.NEWEST:
        found = found.order_by("-product__created", "product", "position")
    else:
        currency = asked.price.currency if asked.price else common_currency(found)
        found = found.filter(price__gt=0, currency=currency)
        first = "-price" if asked.order == Order.DEAREST else "price"
        found = found.order_by(first, "product", "position", "pk")
    best: dict[int, int] = {}
    for product_id, pk in found.values_list("product", "pk"):
        best.setdefault(product_id, pk)
    every = list(best.items())
    return [every[0], every[-1], *every[1:-1]] if asked.order == Order.ENDS and every[1:] else every


def common_currency(found: QuerySet[Variant]) -> str:
    """The currency of most; amounts of different ones are never compared."""
    counted: dict[str, int] = {}
    for currency in found.filter(price__isnull=False).values_list("currency", flat=True):
        counted[currency] = counted.get(currency, 0) + 1
    return max(sorted(counted), key=lambda each: counted[each], default="")


def nearest(visible: ProductQuerySet, asked: Conditions, most: int) -> list[Near]:
    """The `most` pieces that miss least, the nearest first, each by its nearest form."""
    found = Variant.objects.exclude(availability=Variant.Availability.UNAVAILABLE)
    found = found.filter(product__in=visible.order_by())
    if asked.gift:
        found = found.filter(availability__in=Variant.TO_BE_HAD)
    every = list(demands(asked))
    cost: Combinable = Value(0.0, output_field=FloatField())
    flags: dict[str, Case] = {}
    for number, (_, met, price_of_missing) in enumerate(every):
        cost = cost + Case(
            When(met, then=Value(0.0)), default=price_of_missing, output_field=FloatField()
        )
        flags[f"met_{number}"] = Case(When(met, then=Value(1)), default=Value(0))
    found = found.annotate(cost=cost, **flags).filter(cost__gt=0, cost__lt=TOO_FAR)
    near: dict[int, Near] = {}
    # Of those that miss as little, the order that was asked for.
    ties = [by for order, by in BY_PRICE.items() if order == asked.order]
    for form in found.order_by("cost", *ties, "product", "position", "pk")[:LOOKED_AT]:
        if form.product_id not in near and len(near) < most:
            missed = tuple(
                miss_of(miss, form)
                for number, (miss, _, _) in enumerate(every)
                if not getattr(form, f"met_{number}")
            )
            near[form.product_id] = Near(form.product_id, form.pk, form.cost, missed)
    return list(near.values())


def miss_of(miss: Miss, form: Variant) -> Miss:
    """With how far beyond the limit the form's own price is."""
    limit = miss.price
    if limit is None or form.price is None or form.currency != limit.currency:
        return miss
    if limit.high is not None and form.price >= limit.high:
        return Miss(price=limit, beyond=form.price - limit.high)
    return Miss(price=limit, beyond=form.price - (limit.low or 0))


def demands(asked: Conditions) -> Iterator[tuple[Miss, Q, Combinable]]:
    """Each condition: what misses it, what meets it, and what missing it costs."""
    if asked.price:
        yield Miss(price=asked.price), within(asked.price), beyond(asked.price)
    if asked.in_stock:
        yield Miss(stock=True), Q(availability__in=Variant.TO_BE_HAD), flat(STOCK)
    named = asked.of(Concept.KIND, Concept.PIECE)
    for wanted in asked.wanted:
        any_value = reduce(or_, map(holds, wanted.values), Q(pk__in=[]))
        met = ~any_value if wanted.excluded else any_value
        alone = not named and (wanted.concept == Concept.OTHER or len(asked.wanted) == 1)
        cost = ALONE if alone else COSTS[Concept(wanted.concept)]
        yield Miss(wanted=wanted), met, flat(cost)


def flat(cost: float) -> Value:
    return Value(cost, output_field=FloatField())


def within(price: Price) -> Q:
    """Inside the limits, at a price: what is free of charge is not sold for under 200."""
    met = Q(currency=price.currency, price__gt=0)
    if price.low is not None:
        met &= Q(price__gt=price.low) if price.strictly else Q(price__gte=price.low)
    if price.high is not None:
        met &= Q(price__lt=price.high) if price.strictly else Q(price__lte=price.high)
    return met


def beyond(price: Price) -> Case:
    """How far a price is outside, as a share of the limit it is beyond."""
    told_in = Q(currency=price.currency, price__gt=0)
    cases = []
    for limit, outside in ((price.high, "price__gte"), (price.low, "price__lte")):
        if limit is not None:
            far = Cast(F("price") - limit, FloatField()) / float(max(limit, Decimal(1)))
            far = far if limit is price.high else -far
            # However far it is, a price alone is always nearer than another kind of piece.
            share = Value(PRICE) * far / (far + Value(1.0))
            cases.append(When(told_in & Q(**{outside: limit}), then=share + Value(0.01)))
    return Case(*cases, default=flat(UNTOLD), output_field=FloatField())


def holds(value: told.Value) -> Q:
    """The forms, or all forms of the pieces, that have the value."""
    match value.aspect:
        case Aspect.KIND:
            return Q(product__kind=value.value)
        case Aspect.CATEGORY:
            return Q(product__category=value.value)
        case Aspect.VENDOR:
            return Q(product__vendor=value.value)
        case Aspect.TITLE:
            return Q(product__title=value.value)
        case Aspect.TAG:
            return Q(product__tags__contains=[value.value])
        case Aspect.OPTION:
            return Q(options__contains={value.name: value.value})
        case _:
            return Q(product__attributes__contains={value.name: value.value})
