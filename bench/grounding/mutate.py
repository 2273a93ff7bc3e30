"""What a model gets wrong, done to true statements on purpose.

Each mutation makes a statement false: another number, another person, a "not" more or less, a
claim that nobody made. The words come from the lexicon's own classes and from lists of our own.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.grounding.passages import Statement
from concierge.answering import figures
from concierge.answering.lexicon import LANGUAGES, TOKEN, concepts_of, kinds, rows
from concierge.answering.spelled import SPELLINGS, spelled

PEOPLE = [
    "Adèle", "Baptiste", "Ottoline", "Lucien", "Hélène", "Odile", "Maximin", "Noor", "Mathilde",
    "Étienne", "Yuki", "Inès", "Clément", "Agathe", "Firmin", "Aimé",
]  # fmt: skip
LAST_NAMES = ["Vane", "Abadie", "Ferrand", "Jaubert", "Haddad", "Kerguelen", "Roux", "Tanabe"]
PLACES = ["Lyon", "Paris", "Millau", "Grasse", "Tokyo", "Charlieu", "Annonay", "Biella", "Como"]
CLAIMS = {
    "en": {
        "care": ["and may be machine washed", "and is waterproof", "and can be bleached"],
        "price": ["and costs 75 euros", "and holds its value as an investment"],
        "stock": ["and only a few remain in stock", "in a limited edition"],
        "sustainability": ["and is certified organic", "made of recycled plastic", "and is vegan"],
        "authenticity": ["with a certificate of authenticity", "patented by the house"],
        "composition": ["of pure gold", "with a polyester lining"],
        "origin": ["and is made in Portugal", "woven in Como"],
        "superlative": ["the finest in the world", "and is unique"],
        "guarantee": ["and comes with a lifetime warranty"],
    },
    "fr": {
        "care": ["et se lave en machine", "et il est imperméable"],
        "price": ["et coûte 75 euros", "et c'est un bon placement"],
        "stock": ["en édition limitée", "et il est épuisé"],
        "sustainability": ["et il est certifié biologique", "en plastique recyclé"],
        "authenticity": ["avec un certificat d'authenticité", "sous brevet"],
        "composition": ["en or massif", "avec une doublure en polyester"],
        "origin": ["fabriqué au Portugal", "tissé à Côme"],
        "superlative": ["le meilleur du monde", "et il est unique"],
        "guarantee": ["et garanti à vie"],
    },
    "it": {
        "care": ["e si lava in lavatrice", "ed è impermeabile"],
        "price": ["e costa 75 euro"],
        "stock": ["in edizione limitata", "ed è esaurito"],
        "sustainability": ["ed è biologico certificato", "in plastica riciclata"],
        "authenticity": ["con certificato di autenticità"],
        "composition": ["in oro massiccio"],
        "origin": ["prodotto in Portogallo"],
        "superlative": ["il migliore del mondo"],
        "guarantee": ["ed è garantito a vita"],
    },
    "de": {
        "care": ["und ist maschinenwaschbar", "und ist wasserfest"],
        "price": ["und kostet 75 Euro"],
        "stock": ["in limitierter Auflage", "und ist ausverkauft"],
        "sustainability": ["und ist zertifiziert biologisch", "aus recyceltem Kunststoff"],
        "authenticity": ["mit Echtheitszertifikat"],
        "composition": ["aus massivem Gold"],
        "origin": ["hergestellt in Portugal"],
        "superlative": ["und ist einzigartig auf der Welt"],
        "guarantee": ["mit lebenslanger Garantie"],
    },
}
SWAPS = {
    "en": "before after, more less, first last, always never, all some, only also, above below, "
    "inside outside, north south, early late, morning evening, dry wet, opened closed, "
    "bought sold, saved destroyed, left right, most few, twice once, without with",
    "fr": "avant après, plus moins, première dernière, toujours jamais, tous quelques, sans avec, "
    "sec mouillé",
    "it": "prima dopo, più meno, prima ultima, sempre mai, asciutto bagnato",
    "de": "vor nach, mehr weniger, ersten letzten, immer nie, trocken nass",
}
NOT = {
    "en": (r"\b(is|are|was|were|does|do|can|may|must|should|has|have|had)\b", r"\1 not"),
    "fr": (r"\b(est|sont|était|fut|a|ont|doit|doivent|peut)\b", r"n'\1 pas"),
    "it": (r"\b(è|sono|fu|ha|hanno|va|vanno|viene)\b", r"non \1"),
    "de": (r"\b(ist|sind|wurde|wird|hat|darf|kann|dauert|kostet)\b", r"\1 nicht"),
}
NO_NOT = {
    "en": (
        r"\b(should|must|is|are|was|were|does|do|can|has|have) (?:not|never)\b|\bnever ",
        r"\1 ",
    ),
    "fr": (r"\bn(?:e |')(\w+) (?:pas|jamais)\b", r"\1"),
    "it": (r"\bnon (\w+)(?: mai)?", r"\1"),
    "de": (r"\b(?:nicht|nie) ", ""),
}
SWAPPED = ("material", "colour", "technique", "month", "season", "kin", "direction", "country")
TRIES = 3  # mutants of each place and class


@dataclass(frozen=True, slots=True)
class Mutant:
    kind: str
    text: str


def mutants(statement: Statement, passage: str, rng: random.Random) -> list[Mutant]:
    """What can be done to a statement, each mutant once, none equal to the statement."""
    found: dict[str, Mutant] = {}
    for kind, text in _all(statement, passage, rng):
        if text != statement.text:
            found.setdefault(text, Mutant(kind, text))
    return list(found.values())


def _all(statement: Statement, passage: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    text, code = statement.text, statement.language
    for act in (_numbers, _spelled, _units, _classes, _swapped):
        yield from act(text, code, rng)
    yield from _names(text, passage, rng)
    yield from _denied(text, code)
    yield from _claimed(text, code, passage, rng)


def _numbers(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"(?<![\d.])\d+(?:,\d{3})*(?![\d.]*\d)", text):
        digits = match.group().replace(",", "")
        value = int(digits)
        other = {value + 1, value + rng.randint(2, 9), int(digits[::-1]), value * 10}
        for each in sorted(other - {value, 0})[:TRIES]:
            kind = "price" if _is_price(text, match.start(), code) else "number"
            yield kind, text[: match.start()] + str(each) + text[match.end() :]


def _is_price(text: str, at: int, code: str) -> bool:
    found = figures.figures(text, code)
    return any(f.start <= at < f.end and figures.is_price(f) for f in found)


def _spelled(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for number in spelled(text, code):
        if number.ordinal or number.decade or number.value < 2:
            continue
        for value in (number.value + 1, number.value + rng.randint(2, 30)):
            word = next(SPELLINGS[code][0](value))
            kind = "price" if _is_price(text, number.start, code) else "spelled number"
            yield kind, text[: number.start] + word + text[number.end :]


UNITS = {
    "en": "centimetres millimetres, weeks months, days weeks, grams kilograms, years months",
    "fr": "jours semaines, heures jours, degrés centimètres",
    "it": "giorni settimane",
    "de": "Tage Wochen",
}


def _units(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for one, other in _pairs(UNITS[code]):
        if re.search(rf"(?:\d|[a-z]) {one}\b", text):
            yield "unit", re.sub(rf"\b{one}\b", other, text, count=1)


def _pairs(listed: str) -> Iterator[tuple[str, str]]:
    for pair in listed.split(","):
        one, other = pair.split()
        yield one, other
        yield other, one


def _classes(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """A material for a material, a month for a month, of the words that are written out."""
    said = {c for word in TOKEN.findall(text) for c in concepts_of(word, code)}
    for match in TOKEN.finditer(text):
        for concept in concepts_of(match.group(), code):
            group = kinds()[concept].group
            if group not in SWAPPED:
                continue
            others = [w for c, w in words_of(group, code) if c not in said]
            for word in rng.sample(others, min(TRIES, len(others))):
                word = word.capitalize() if match.group()[0].isupper() else word
                kind = "date" if group == "month" else group
                yield kind, text[: match.start()] + word + text[match.end() :]


def words_of(group: str, code: str) -> list[tuple[str, str]]:
    """(concept, a whole word for it) of a class in one language."""
    column = LANGUAGES.index(code)
    found = []
    for concept, kind, columns in rows():
        forms = columns.split("|")[column].split()
        whole = [form for form in forms if form.isalpha()]
        if kind.group == group and whole:
            found.append((concept, whole[0]))
    return found


def _swapped(text: str, code: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for one, other in _pairs(SWAPS[code]):
        if re.search(rf"\b{one}\b", text):
            yield "comparison", re.sub(rf"\b{one}\b", other, text, count=1)


def _names(text: str, passage: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    lists = (("person", PEOPLE), ("person", LAST_NAMES), ("place", PLACES))
    for kind, names in lists:
        for name in names:
            if not re.search(rf"\b{name}\b", text):
                continue
            others = [each for each in names if each not in text]
            near = [each for each in others if each in passage]
            for other in [*near[:2], *rng.sample(others, TRIES)]:
                yield kind, re.sub(rf"\b{name}\b", other, text, count=1)


def _denied(text: str, code: str) -> Iterator[tuple[str, str]]:
    pattern, said = NO_NOT[code]
    if re.search(pattern, text, re.IGNORECASE):
        plain = re.sub(pattern, lambda m: m.expand(said) if m.groups() else "", text, count=1)
        yield "negation", " ".join(plain.split())
        return
    pattern, said = NOT[code]
    if re.search(pattern, text):
        yield "negation", re.sub(pattern, said, text, count=1)


def _claimed(text: str, code: str, passage: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for kind, claims in CLAIMS[code].items():
        claim = rng.choice(claims)
        told = {c for word in TOKEN.findall(passage) for c in concepts_of(word, "en")}
        added = {c for word in TOKEN.findall(claim) for c in concepts_of(word, code)}
        if added and added <= told:  # the passage may say so too
            continue
        yield f"{kind} added", f"{text.removesuffix('.')}, {claim}."
