"""What the catalogue answers, in the house's words: counts, superlatives, ranges, near misses.

Every figure is a row's or a count of rows; the words are our own, in four languages.
"""

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_name

from catalog.conditions.conditions import Concept, Price
from catalog.conditions.rows import Miss, is_service
from catalog.models import Product, Variant
from catalog.money import display, label, locale_of
from catalog.search import Found
from concierge.answering.support import WORD, language
from concierge.answering.turn import Turn

WORDS = {
    "en": {
        "count": "The catalogue holds {n} today, of which {m} can be had.",
        "count_all": "The catalogue holds {n} today.",
        "count_none": "The catalogue holds none today.",
        "among": "Among them:",
        "only": "There is one alone:",
        "dearest": "The most expensive, of {n}:",
        "cheapest": "The least expensive, of {n}:",
        "newest": "The newest, of {n}:",
        "ends": "The least and the most expensive, of {n}:",
        "some": "{n} pieces correspond; here are {k}.",
        "nothing": "The catalogue has nothing that is all of this. The nearest:",
        "range": "The catalogue has nothing of this {range}. The nearest:",
        "foreign": "The catalogue’s prices are in {currency}, and I would rather not convert "
        "amounts. With that left open:",
        "not_so": "{title} is not to be had so. The nearest:",
        "like": "In the spirit of {title}:",
        "unread": "Of “{words}” the catalogue says nothing.",
        "no_number": "No piece of the catalogue has the number {said}.",
        "under": "under {high}",
        "over": "over {low}",
        "to": "up to {high}",
        "from": "from {low}",
        "between": "between {low} and {high}",
        "above": "{much} above",
        "below": "{much} below",
        "not_in": "not in {said}",
        "not_size": "not in size {said}",
        "not_other": "not “{said}”",
        "form": "{title} in {form}",
        "line": "{name}: {facts}",
        "in_stock": "in stock",
        "out_of_stock": "out of stock",
        "preorder": "to order in advance",
        "backorder": "made to order",
        "unavailable": "no longer available",
        "service": "a service of the house",
        "sold_out": "Not in stock at present:",
        "partly": "though not in every form",
    },
    "fr": {
        "count": "Le catalogue en compte {n} aujourd’hui, dont {m} disponibles.",
        "count_all": "Le catalogue en compte {n} aujourd’hui.",
        "count_none": "Le catalogue n’en compte aucun aujourd’hui.",
        "among": "Parmi ces pièces :",
        "only": "Il n’y en a qu’une :",
        "dearest": "La pièce la plus chère, sur {n} :",
        "cheapest": "La pièce la moins chère, sur {n} :",
        "newest": "La plus récente, sur {n} :",
        "ends": "La moins chère et la plus chère, sur {n} :",
        "some": "{n} pièces correspondent ; en voici {k}.",
        "nothing": "Le catalogue n’a rien qui réunisse tout cela. Le plus proche :",
        "range": "Le catalogue n’a rien de tel {range}. Le plus proche :",
        "foreign": "Les prix du catalogue sont en {currency}, et je préfère ne pas convertir. "
        "Sans cette limite :",
        "not_so": "{title} n’existe pas ainsi. Le plus proche :",
        "like": "Dans l’esprit de {title} :",
        "unread": "De « {words} », le catalogue ne dit rien.",
        "no_number": "Aucune pièce du catalogue ne porte le numéro {said}.",
        "under": "à moins de {high}",
        "over": "à plus de {low}",
        "to": "jusqu’à {high}",
        "from": "à partir de {low}",
        "between": "entre {low} et {high}",
        "above": "{much} de plus",
        "below": "{much} de moins",
        "not_in": "pas en {said}",
        "not_size": "pas en taille {said}",
        "not_other": "pas « {said} »",
        "form": "{title}, {form}",
        "line": "{name} : {facts}",
        "in_stock": "en stock",
        "out_of_stock": "épuisé pour le moment",
        "preorder": "en précommande",
        "backorder": "sur commande",
        "unavailable": "n’est plus proposé",
        "service": "un service de la maison",
        "sold_out": "Épuisé pour le moment :",
        "partly": "mais pas dans toutes ses versions",
    },
    "it": {
        "count": "Il catalogo ne conta {n} oggi, di cui {m} disponibili.",
        "count_all": "Il catalogo ne conta {n} oggi.",
        "count_none": "Il catalogo oggi non ne conta nessuno.",
        "among": "Tra questi:",
        "only": "Ce n’è uno solo:",
        "dearest": "Il pezzo più caro, su {n}:",
        "cheapest": "Il pezzo meno caro, su {n}:",
        "newest": "Il più recente, su {n}:",
        "ends": "Il meno caro e il più caro, su {n}:",
        "some": "{n} pezzi corrispondono; eccone {k}.",
        "nothing": "Il catalogo non ha nulla che riunisca tutto questo. Il più vicino:",
        "range": "Il catalogo non ha nulla di simile {range}. Il più vicino:",
        "foreign": "I prezzi del catalogo sono in {currency}, e preferisco non convertire. "
        "Senza quel limite:",
        "not_so": "{title} non esiste così. Il più vicino:",
        "like": "Nello spirito di {title}:",
        "unread": "Di «{words}» il catalogo non dice nulla.",
        "no_number": "Nessun pezzo del catalogo ha il numero {said}.",
        "under": "sotto {high}",
        "over": "sopra {low}",
        "to": "fino a {high}",
        "from": "da {low}",
        "between": "tra {low} e {high}",
        "above": "{much} in più",
        "below": "{much} in meno",
        "not_in": "non in {said}",
        "not_size": "non nella taglia {said}",
        "not_other": "non «{said}»",
        "form": "{title}, {form}",
        "line": "{name}: {facts}",
        "in_stock": "disponibile",
        "out_of_stock": "esaurito al momento",
        "preorder": "in preordine",
        "backorder": "su ordinazione",
        "unavailable": "non più disponibile",
        "service": "un servizio della casa",
        "sold_out": "Al momento non disponibile:",
        "partly": "ma non in tutte le versioni",
    },
    "de": {
        "count": "Der Katalog führt heute {n}, davon {m} lieferbar.",
        "count_all": "Der Katalog führt heute {n}.",
        "count_none": "Der Katalog führt heute keines.",
        "among": "Darunter:",
        "only": "Es gibt nur eines:",
        "dearest": "Das teuerste von {n}:",
        "cheapest": "Das günstigste von {n}:",
        "newest": "Das neueste von {n}:",
        "ends": "Das günstigste und das teuerste von {n}:",
        "some": "{n} Stücke entsprechen dem; hier sind {k}.",
        "nothing": "Der Katalog hat nichts, was all dies vereint. Das Nächste:",
        "range": "Der Katalog hat nichts dergleichen {range}. Das Nächste:",
        "foreign": "Die Preise des Katalogs sind in {currency}, und ich rechne lieber nicht um. "
        "Ohne diese Grenze:",
        "not_so": "{title} gibt es so nicht. Das Nächste:",
        "like": "Im Geist von {title}:",
        "unread": "Von „{words}“ sagt der Katalog nichts.",
        "no_number": "Kein Stück des Katalogs trägt die Nummer {said}.",
        "under": "unter {high}",
        "over": "über {low}",
        "to": "bis {high}",
        "from": "ab {low}",
        "between": "zwischen {low} und {high}",
        "above": "{much} darüber",
        "below": "{much} darunter",
        "not_in": "nicht in {said}",
        "not_size": "nicht in Größe {said}",
        "not_other": "nicht „{said}“",
        "form": "{title}, {form}",
        "line": "{name}: {facts}",
        "in_stock": "auf Lager",
        "out_of_stock": "derzeit vergriffen",
        "preorder": "vorbestellbar",
        "backorder": "auf Bestellung",
        "unavailable": "nicht mehr erhältlich",
        "service": "eine Leistung des Hauses",
        "sold_out": "Derzeit nicht auf Lager:",
        "partly": "aber nicht in jeder Ausführung",
    },
}
# Small words of a wish that no other of the languages has.
TELLING = {
    "en": "the under below between what which how do does you your with for cheapest",
    "fr": "à moins jusqu entre quel quelle quels quelles combien avez vous votre vos pour en"
    " une avec",
    "it": "è meno fino quanto quale quanti quante avete vostro vostra per quello più",
    "de": "unter bis zwischen wie viele haben gibt ihre für eine einen",
}
FORM = {Concept.COLOUR, Concept.SIZE, Concept.MATERIAL}


def tongue(turn: Turn) -> str:
    """The question's language when we speak it, else the house's, else English.

    A wish is short, and often has one small word that tells: "un sac à moins de 500 €".
    """
    said = set(WORD.findall(turn.question.lower()))
    telling = [code for code, words in TELLING.items() if said & set(words.split())]
    own = telling[0] if len(telling) == 1 else ""
    for code in (own, language(turn.question, margin=1), turn.brand.language[:2]):
        if code in WORDS:
            return code
    return "en"


def lead(found: Found, shown: int, code: str, like: Product | None = None) -> str:
    """The sentence before the pieces; empty when they speak for themselves."""
    words, asked = WORDS[code], found.asked
    n, fits = found.total, bool(found.fits)
    if found.foreign and asked.price:
        said = words["foreign"].format(currency=currencies(found, code))
    elif asked.how_many:
        said = counted(found, shown, code)
    elif asked.order and fits:
        said = words["only" if n == 1 else asked.order.value].format(n=n)
    elif only_sold_out(found):
        said = words["sold_out"]
    elif like is not None and (fits or not asked.likeness):
        said = words["like" if asked.likeness else "not_so"].format(title=like.title)
    elif not fits:
        missed = {miss.price for hit in found.near for miss in hit.missed}
        only_price = asked.price and missed == {asked.price}
        said = words["range" if only_price else "nothing"].format(
            range=span(asked.price, code) if asked.price else ""
        )
    else:
        said = words["some"].format(n=n, k=shown) if n > shown else ""
    unread = words["unread"].format(words=", ".join(found.unread)) if found.unread else ""
    return " ".join(part for part in (unread, said) if part)


def only_sold_out(found: Found) -> bool:
    """Whether the nearest is all that was asked for, and lacks nothing but stock."""
    return bool(found.near and not found.fits and all(m.stock for m in found.near[0].missed))


def counted(found: Found, shown: int, code: str) -> str:
    words, n = WORDS[code], found.total
    if not n:
        return words["count_none"]
    said = words["count_all" if found.to_be_had == n else "count"]
    told = said.format(n=n, m=found.to_be_had)
    return f"{told} {words['among']}" if n > shown else told


def currencies(found: Found, code: str) -> str:
    """The names of the currencies that the pieces found are priced in."""
    ids = [hit.variant_id for hit in found.hits if hit.variant_id]
    codes = Variant.objects.filter(pk__in=ids).order_by().values_list("currency", flat=True)
    locale = locale_of(code)
    return ", ".join(
        str(get_currency_name(each, count=2, locale=locale)) for each in sorted(set(codes))
    )


def span(price: Price, code: str) -> str:
    """ "under €200", "between €100 and €300"."""
    words = WORDS[code]
    low, high = (money(each, price.currency, code) for each in (price.low, price.high))
    if price.low is not None and price.high is not None:
        return words["between"].format(low=low, high=high)
    if price.high is not None:
        return words["under" if price.strictly else "to"].format(high=high)
    return words["over" if price.strictly else "from"].format(low=low)


def money(amount: Decimal | None, currency: str, code: str) -> str:
    return "" if amount is None else display(amount, currency, code)


def line(product: Product, form: Variant, missed: Sequence[Miss], code: str, *, named: bool) -> str:
    """One piece by the form that answers: its name, price, stock, and what it misses.

    `named` tells the form where one is meant; else the stock is that of the piece as a whole.
    """
    words = WORDS[code]
    told = product.title
    if named and form.title and form.title != product.title:
        told = words["form"].format(title=told, form=form.title)
    is_piece = named and not is_service(product)
    stocked = words[form.availability] if is_piece else stock(product, code)
    facts = [label(form.price, form.currency, code), stocked]
    facts += [reason for miss in missed if (reason := why(miss, code))]
    return words["line"].format(name=told, facts=", ".join(facts))


def stock(product: Product, code: str) -> str:
    """Availability of a piece as a whole, and whether it differs from form to form.

    A service is in no stock: it is said to be one.
    """
    if is_service(product):
        return WORDS[code]["service"]
    best = Variant.Availability(product.availability)
    said = best.label.lower() if code == "en" else WORDS[code][best]
    states = {form.availability for form in product.variants.all()}
    partly = best == Variant.Availability.IN_STOCK and len(states) > 1
    return f"{said}, {WORDS[code]['partly']}" if partly else said


def why(miss: Miss, code: str) -> str:
    """What is missed, in words; empty for the stock, which is told anyway."""
    words = WORDS[code]
    if miss.price and miss.beyond is not None:
        far = display(abs(miss.beyond), miss.price.currency, code)
        return words["above" if miss.beyond >= 0 else "below"].format(much=far)
    if miss.wanted is None or miss.wanted.excluded:
        return ""
    which = {Concept.SIZE: "not_size", Concept.OTHER: "not_other", Concept.KIND: "not_other"}
    concept = Concept(miss.wanted.concept)
    return words[which.get(concept, "not_in")].format(said=miss.wanted.said.lower())
