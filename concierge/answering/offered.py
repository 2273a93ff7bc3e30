"""Whether each price and stock of a sentence is that of the piece, and of the form, it is said of.

A piece's facts begin with its price and stock, and may tell those of its forms, a line each. A
sentence is read clause by clause: what it says of a price or of stock belongs to the piece last
named and to the forms that the clause names ("in Encre", "size 7", "50 ml"). What the facts do
not tell of a form is not known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from concierge.answering import figures
from concierge.answering.folding import folded
from concierge.answering.lexicon import LANGUAGES, TOKEN, find
from concierge.answering.reading import read
from concierge.answering.support import ALL_STOPS, SHORTEST, stem
from concierge.answering.turn import Piece

WORD = re.compile(r"[^\W_]+")
CUT = re.compile(
    r"[,;:]\s|\.\s|\b(?:and|et|e|ed|und|but|while|whereas|mais|ma|aber|tandis que|mentre"
    r"|während)\b",
    re.IGNORECASE,
)
VALUES = re.compile(r" / |/|; ")  # what parts the values of a form: "Encre / 7"
PARTLY = re.compile(r"not in every form|pas dans toutes|non in tutte|nicht in jeder")
FORMS = re.compile(r"^(?:Forms|Versions|Versioni|Ausführungen)\s?: (.+)$", re.MULTILINE)
FROM = re.compile(
    r"\b(?:from|starts? at|starting at|à partir de|dès|a partire da|da|ab)\s+(?:only\s+)?\D{0,4}$",
    re.IGNORECASE,
)
EVERY = re.compile(
    r"\b(?:all|every|each|tou(?:te)?s|chaque|tutt[ei]|ogni|alle[nr]?|jede[rmn]?)\b", re.IGNORECASE
)
EACH = re.compile(r"\b(?:each|apiece|chacune?|ciascun[oa]?|jeweils|pro Stück|l'unité)\b", re.I)
NOT_HAD = re.compile(
    r"(?:\b(?:is|are) |\b)(?:not|(?<=is)n['’]t|(?<=are)n['’]t)(?: currently| now| yet)?"
    r" (?:in stock|available)\b"
    r"|\bn['’](?:est|sont) (?:pas|plus) (?:en stock|disponibles?)\b"
    r"|\bnon (?:è|sono)(?: più)? disponibil[ei]\b"
    r"|\bnicht (?:vorrätig|verfügbar|lieferbar|auf Lager)\b",
    re.IGNORECASE,
)
OUT = {"en": "is out of stock", "fr": "est épuisé", "it": "è esaurito", "de": "ausverkauft"}
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
CURRENCIES = {
    "EUR": "eur euro euros", "USD": "usd dollar dollars dollari", "GBP": "gbp pound pounds livre "
    "livres sterling sterline pfund", "CHF": "chf franc francs franken franchi", "JPY": "jpy yen",
}  # fmt: skip
NAMED = {word: code for code, words in CURRENCIES.items() for word in words.split()}
Known = frozenset[str]  # numbers in their plain form
BESIDE = 14  # characters beside an amount in which its currency stands


@dataclass(frozen=True, slots=True)
class Form:
    """What the facts tell of one form; `stock` is None where they do not."""

    values: frozenset[str]
    prices: frozenset[str] = frozenset()
    stock: bool | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the facts tell of a piece; `prices` are as its first line has them."""

    prices: frozenset[str]
    currencies: frozenset[str]
    is_from: bool
    stock: bool | None
    is_partly: bool
    forms: tuple[Form, ...]
    is_each: bool
    is_service: bool = False  # its price may begin with "from", as the archive tells it

    @property
    def values(self) -> frozenset[str]:
        return frozenset[str]().union(*(form.values for form in self.forms))


@dataclass
class _Said:
    """Where in a sentence one is: the piece that is spoken of and what waits for one."""

    piece: Piece | None
    values: frozenset[str] = frozenset()
    stock: bool | None = None
    waiting: list[str] = field(default_factory=list)  # clauses before any piece was named


def is_sound(text: str, pieces: Sequence[Piece], language: str) -> bool:
    """Whether all that `text` says of the price and stock of `pieces` is as their facts have it."""
    if not pieces:
        return True
    if any(_is_misnamed(text, piece, pieces) for piece in pieces):
        return False
    said = _Said(pieces[0] if len(pieces) == 1 else None)
    for clause, named in clauses(text, pieces):
        if len(named) > 1:
            said.piece = None
        elif named and named[0] != said.piece:
            said.piece, said.values, said.stock = named[0], frozenset(), None
        if said.piece is None and not named:
            said.waiting.append(clause)
            continue
        owners = named if len(named) > 1 else [said.piece] if said.piece else list(pieces)
        waiting, said.waiting = said.waiting, []
        if not all(_is_so(each, owners, said, language) for each in [*waiting, clause]):
            return False
    return all(_is_so(clause, list(pieces), said, language) for clause in said.waiting)


def _is_misnamed(text: str, piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether the title stands there with another number than any that the facts give it."""
    *words, last = WORD.findall(piece.title)
    if not words or not last.isdigit():
        return False
    base = r"\W+".join(map(re.escape, map(folded, words)))
    numbers = re.findall(rf"\b{base}\W{{1,2}}(\d{{1,3}})(?![\d.,]*\d|\s?[€$£%])", folded(text))
    known = folded("\n".join(f"{each.title}\n{each.facts}" for each in pieces))
    return any(not re.search(rf"\b{base}\W{{1,2}}{number}\b", known) for number in numbers)


def segments(text: str, pieces: Sequence[Piece]) -> list[tuple[Piece, str]]:
    """What the sentence says of each piece, from its name to the next; empty for one piece."""
    found = mentions(text, tuple(pieces))
    if len({piece for _, _, piece in found}) < 2:
        return []
    starts = [0, *(start for start, _, _ in found[1:]), len(text)]
    return [
        (piece, text[start:end].rstrip(" ,;"))
        for (_, _, piece), start, end in zip(found, starts, starts[1:], strict=False)
    ]


def unnamed(text: str, pieces: Sequence[Piece]) -> str:
    """The sentence without the titles it names, which may be of another language."""
    for start, end, _ in reversed(mentions(text, tuple(pieces))):
        text = text[:start] + text[end:]
    return text


def had(text: str, language: str) -> str:
    """The sentence with "is not in stock" as "is out of stock"."""
    return NOT_HAD.sub(OUT.get(language, OUT["en"]), text)


def clauses(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """The clauses of a sentence, the names of pieces blanked, with the pieces that each names."""
    found = mentions(text, tuple(pieces))
    blank = text
    for start, end, _ in found:
        blank = blank[:start] + " " * (end - start) + blank[end:]
    position = 0
    cuts = [match.start() for match in CUT.finditer(blank)]
    for cut in [*cuts, len(text)]:
        named = [piece for start, _, piece in found if position <= start < cut]
        yield blank[position:cut], list(dict.fromkeys(named))
        position = cut


@lru_cache(maxsize=2048)
def mentions(text: str, pieces: tuple[Piece, ...]) -> list[tuple[int, int, Piece]]:
    """Where `text` names which piece: by its whole title, or by a word that only one title has."""
    words = [(folded(match.group()), *match.span()) for match in WORD.finditer(text)]
    found: dict[int, tuple[int, int, Piece]] = {}
    for piece in sorted(pieces, key=lambda each: -len(each.title)):
        title = [folded(word) for word in WORD.findall(piece.title)]
        for at in range(len(words) - len(title) + 1):
            stretch = words[at : at + len(title)]
            if [word for word, _, _ in stretch] == title and not any(
                start <= stretch[0][1] < end for start, end, _ in found.values()
            ):
                found[stretch[0][1]] = (stretch[0][1], stretch[-1][2], piece)
    if len(pieces) > 1:
        for word, start, end in words:
            inside = any(first <= start < last for first, last, _ in found.values())
            if not inside and (only := _only(word, text[start], pieces)):
                found[start] = (start, end, only)
    return [found[start] for start in sorted(found)]


def _only(word: str, first: str, pieces: tuple[Piece, ...]) -> Piece | None:
    """The one piece whose title has a word; for a capital, the one whose facts have it."""
    if len(word) < SHORTEST or not word.isalpha() or word in ALL_STOPS:
        return None
    key = stem(word)
    titled = [piece for piece in pieces if key in _stems(piece.title)]
    if titled:
        return titled[0] if len(titled) == 1 else None
    told = [piece for piece in pieces if first.isupper() and key in _stems(_described(piece))]
    return told[0] if len(told) == 1 else None


def _described(piece: Piece) -> str:
    return "\n".join(line for line in piece.facts.splitlines()[1:] if not FORMS.match(line))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in TOKEN.findall(text))


def _is_so(clause: str, pieces: list[Piece], said: _Said, language: str) -> bool:
    """Whether one clause is true of one of `pieces` at least, of the forms it names."""
    offers = [offer_of(piece) for piece in pieces]
    values = frozenset[str]().union(*(_values_in(clause, offer.values) for offer in offers))
    amounts = [f for f in figures.figures(clause, language) if figures.is_price(f)]
    stock = _stock_in(clause, language)
    meant = values or said.values
    if amounts or stock is not None:
        said.values, said.stock = (frozenset() if not values else said.values), stock
    elif values:
        said.values = values if said.stock is None else said.values
        stock = said.stock
    return any(
        all(_is_priced(offer, amount, clause, meant) for amount in amounts)
        and (stock is None or _is_had(offer, stock, clause, meant))
        for offer in offers
    )


def _is_priced(offer: Offer, amount: figures.Figure, clause: str, values: frozenset[str]) -> bool:
    currency = currency_of(clause, amount)
    if currency and offer.currencies and currency not in offer.currencies:
        return False
    if EACH.search(clause) and not offer.is_each:
        return False
    told = [offer.prices, *(form.prices for form in offer.forms)]
    if (
        FROM.search(clause, 0, amount.start)
        and not (offer.is_from or offer.is_service)
        and len(set(told) - {Known()}) < 2
    ):
        return False
    if values:
        meant = [form for form in _meant(offer, values) if form.prices]
        if meant:
            return any(amount.readings & form.prices for form in meant)
        return bool(amount.readings & offer.prices) and not offer.is_from
    return bool(amount.readings & frozenset[str]().union(*told))


def _is_had(offer: Offer, stock: bool, clause: str, values: frozenset[str]) -> bool:
    if not values:
        if stock and offer.is_partly and EVERY.search(clause) and "not" not in clause:
            return False
        return offer.stock is None or offer.stock == stock
    known = [form for form in _meant(offer, values) if form.stock is not None]
    if not known:
        return offer.stock == stock and not offer.is_partly
    if not stock:
        return not any(form.stock for form in known)
    return all(
        any(form.stock for form in known if value in form.values)
        for value in values
        if any(value in form.values for form in known)
    )


def _meant(offer: Offer, values: frozenset[str]) -> list[Form]:
    """The forms that have most of `values`."""
    most = max((len(values & form.values) for form in offer.forms), default=0)
    return [form for form in offer.forms if most and len(values & form.values) == most]


def _values_in(clause: str, values: frozenset[str]) -> frozenset[str]:
    """Those of the values of forms that a clause names: colours, sizes, measures."""
    said = folded(clause)
    return frozenset(value for value in values if _value_pattern(value).search(said))


@lru_cache(maxsize=2048)
def _value_pattern(value: str) -> re.Pattern[str]:
    escaped = r"\s?".join(map(re.escape, value.split()))
    if value[0].isdigit() and not value[-1].isalpha():
        escaped = rf"(?:size|taille|taglia|gro(?:ss|ß)e|gr\.|in|en|la|il|die)\s+{escaped}"
        return re.compile(rf"\b{escaped}(?![\w.,]*\d|\s?(?:€|eur|\$|%))")
    return re.compile(rf"(?<!\w){escaped}(?!\w)")


def _stock_in(clause: str, language: str) -> bool | None:
    """Whether a clause says that something is in stock (True), is out of it, or neither."""
    text = had(clause, language)
    said = read(text, language).concepts
    if "out_of_stock" in said:
        return False
    return True if "in_stock" in said else None


def currency_of(text: str, amount: figures.Figure) -> str:
    """The ISO code of the currency beside an amount; empty where none stands there."""
    after = text[amount.end : amount.end + BESIDE]
    before = text[max(0, amount.start - 4) : amount.start]
    found = re.match(r"[\s\u00a0\u202f.]*([€$£¥]|[^\W\d_]+)(?:\s+([^\W\d_]+))?", after)
    for word in found.groups() if found else ():
        if word and (code := SYMBOLS.get(word) or NAMED.get(folded(word))):
            return code
    sign = re.search(r"([€$£¥]|[A-Za-z]{3})[\s\u00a0\u202f]?$", before)
    return (SYMBOLS.get(sign[1]) or NAMED.get(folded(sign[1]), "")) if sign else ""


@lru_cache(maxsize=512)
def offer_of(piece: Piece) -> Offer:
    """The price, stock and forms of a piece, read from its facts."""
    title, own, told = folded(piece.title), "", []
    for line in piece.facts.splitlines():
        if folded(line).startswith(title) and ":" in line[len(piece.title) :]:
            told.append(line[len(piece.title) :])
        else:
            own = own or line
    listed = FORMS.search(piece.facts)
    names = listed[1].split("; ") if listed else []
    forms = [_form(line) for line in told]
    known = {form.values for form in forms}
    forms += [Form(values) for name in names if (values := _values(name)) not in known]
    money = [f for f in figures.figures(own, "en") if figures.is_price(f)]
    return Offer(
        prices=Known().union(*(each.readings for each in money)),
        currencies=frozenset(filter(None, (currency_of(own, each) for each in money))),
        is_from=any(FROM.search(own, 0, each.start) for each in money),
        stock=_state(own),
        is_partly=bool(PARTLY.search(own)),
        forms=tuple(form for form in forms if form.values),
        is_each=bool(EACH.search(own)),
        is_service=piece.is_service,
    )


def _form(line: str) -> Form:
    """ " in Encre / 7: €320, in stock" """
    name, _, facts = line.partition(":")
    money = [f for f in figures.figures(facts, "en") if figures.is_price(f)]
    prices = Known().union(*(each.readings for each in money[:1]))
    return Form(_values(re.sub(r"^\s*(?:in|,)\s+", "", name)), prices, _state(facts))


def _values(name: str) -> frozenset[str]:
    return frozenset(folded(part.strip()) for part in VALUES.split(name) if part.strip())


def _state(line: str) -> bool | None:
    said = {each.concept for code in LANGUAGES for each in find(TOKEN.findall(line), code)}
    if "out_of_stock" in said:
        return False
    return True if "in_stock" in said else None
