"""What schema.org nodes say, in any of the forms it allows, and the offers among it."""

from typing import Any

from catalog.feeds.availability import IN_STOCK, OUT_OF_STOCK, read_availability
from catalog.feeds.price import Price, read_currency, read_price, reduced
from catalog.feeds.product import FeedVariant, variant_key
from catalog.feeds.words import address, fitting, gtin, one_line

Node = dict[str, Any]
OPTIONS = {"color": "Colour", "size": "Size", "material": "Material", "pattern": "Pattern"}
GTINS = ("gtin13", "gtin14", "gtin12", "gtin8", "gtin")
UNITS = {"CMT": "cm", "MMT": "mm", "MTR": "m", "GRM": "g", "KGM": "kg", "INH": "in", "MLT": "ml"}


def flat(value: Any) -> list[Any]:
    """`value` as a list: one thing, several or none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def kinds(node: Node) -> set[str]:
    """The types of a node without the address of their vocabulary."""
    return {str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in flat(node.get("@type"))}


def text_of(value: Any) -> str:
    """The words of a text, a number, a named thing or a localised value; of a list, its first."""
    for each in flat(value):
        if isinstance(each, bool):
            return "yes" if each else "no"
        if isinstance(each, str | int | float):
            return str(each)
        if isinstance(each, dict):
            named = next((each[n] for n in ("@value", "name", "value", "@id") if each.get(n)), "")
            return text_of(named)
    return ""


def address_of(value: Any) -> str:
    """The safe address of an image, given as text or as an ImageObject."""
    if isinstance(value, dict):
        value = value.get("contentUrl") or value.get("url") or value.get("@id")
    return address(text_of(value))


def measured(value: Any) -> str:
    """A value with its unit: "90 cm"."""
    if not isinstance(value, dict):
        return "; ".join(text_of(each) for each in flat(value))
    code = text_of(value.get("unitCode"))
    unit = text_of(value.get("unitText")) or UNITS.get(code, code)
    amount = value.get("value", value.get("name"))
    words = "; ".join(text_of(each) for each in flat(amount))
    return f"{words} {unit}".strip()


def options_of(node: Node) -> dict[str, str]:
    found = {label: one_line(measured(node.get(name)), 255) for name, label in OPTIONS.items()}
    return {label: value for label, value in found.items() if value}


def variants_of(node: Node, currency: str, *, grouped: bool) -> list[FeedVariant]:
    """The buyable forms of one product node: one for each offer, or one without any.

    In a group, what differs are the options. Raises RowError for an offer that cannot be read.
    """
    offers = offers_of(node)
    options = options_of(node) if grouped else {}
    if not offers:
        return [variant(node, {}, options, currency)]
    told = [one_line(text_of(offer.get("sku"))) for offer in offers]
    apart = len(set(told)) == len(offers)
    found = []
    for place, offer in enumerate(offers):
        named = one_line(text_of(offer.get("name")), 255)
        # Offers without numbers of their own are told apart by their names, else by their place.
        own = options if len(offers) == 1 or apart else options | {"Offer": named or str(place + 1)}
        found.append(variant(node, offer, own, currency, several=len(offers) > 1))
    return found


def offers_of(node: Node) -> list[Node]:
    """The single offers of a node. An aggregate that tells only a range becomes its two ends."""
    found: list[Node] = []
    for offer in flat(node.get("offers")):
        if not isinstance(offer, dict):
            continue
        inner = [each for each in flat(offer.get("offers")) if isinstance(each, dict)]
        if inner:
            found += [{"priceCurrency": offer.get("priceCurrency"), **each} for each in inner]
        elif offer.get("lowPrice") is not None:
            ends = dict.fromkeys(text_of(offer.get(end)) for end in ("lowPrice", "highPrice"))
            found += [{**offer, "price": end} for end in ends if end]
        else:
            found.append(offer)
    return found


def variant(
    node: Node, offer: Node, options: dict[str, str], currency: str, several: bool = False
) -> FeedVariant:
    price, before = price_of(offer, currency)
    own = text_of(offer.get("sku")) or text_of(offer.get("mpn"))
    sku = fitting(own or ("" if several else text_of(node.get("sku"))), 120)
    barcode = next(
        (text_of(each.get(n)) for each in (offer, node) for n in GTINS if each.get(n)), ""
    )
    stock = text_of(offer.get("availability"))
    # An offer is made to be taken; without one there is nothing to buy.
    silent = IN_STOCK if offer else OUT_OF_STOCK
    return FeedVariant(
        line=offer.get("@line") or node["@line"],
        key=variant_key(sku, options),
        title=" / ".join(options.values())[:300],
        sku=sku,
        gtin=gtin(barcode),
        mpn=fitting(text_of(offer.get("mpn") or node.get("mpn")), 120),
        options=options,
        price=price.amount,
        compare_at_price=reduced(price, before),
        currency=price.currency,
        availability=read_availability(stock) if stock else silent,
        image=next((url for each in flat(node.get("image")) if (url := address_of(each))), ""),
    )


def price_of(offer: Node, currency: str) -> tuple[Price, Price]:
    """The price asked now and the one it is compared with, which may be none."""
    named = read_currency(text_of(offer.get("priceCurrency")), currency)
    now, before = text_of(offer.get("price")), ""
    for each in flat(offer.get("priceSpecification")):
        if not isinstance(each, dict):
            continue
        told = text_of(each.get("price"))
        named = read_currency(text_of(each.get("priceCurrency")), named)
        if text_of(each.get("priceType")).endswith(("ListPrice", "StrikethroughPrice", "SRP")):
            before = told
        else:
            now = now or told
    return read_price(now, named), read_price(before, named)
