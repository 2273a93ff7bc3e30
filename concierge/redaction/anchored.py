"""Addresses by their code of the post: from it backwards, as far as the words can be of one."""

import re
from collections.abc import Iterator

from concierge.redaction.folded import fold
from concierge.redaction.found import Found
from concierge.redaction.places import (
    CODE,
    HAS_STREET,
    STREET_EN,
    STREET_FR,
    STREET_IT,
    TOWN,
)
from concierge.redaction.words import ENDS, FLATS, STREETS, WITHIN

# Letters after the digit in the second half of a British code: never C, I, K, M, O, V.
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
SURE = re.compile(
    rf"\b(?:[A-Z]{{1,2}}\d[\dA-Z]? ?{INWARD}"
    rf"|(?i:[a-z]{{1,2}}\d[\da-z]? (?!\d(?:st|nd|rd|th)){INWARD})"
    r"|[A-Z]{2} \d{5}(?:-\d{4})?|[ABCEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d"
    r"|(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT) \d{4})(?![\w-])"
)
# A code with its town, which in small letters is known by the street before it alone.
SMALL_TOWN = r"[a-zà-ÿ][a-zà-ÿ'’-]{2,20}"
NO_TOWN = (
    r"(?!(?i:eur|gbp|usd|chf|jpy|euros?|pounds?|dollars?|francs?|franken|lire|yen|mark|st[üu]ck|pi[èe]ces"
    r"|pezzi|exemplare|exemplaires|copies|cm|mm|kg)\b)"
)
OTHER_CODE = r"(?:\d{2}|\d{4})-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}"  # PT, PL, CZ, SE, GR, NL
CODED = re.compile(
    rf"(?<![\w.,/-])(?:(?:{CODE}|(?P<other>{OTHER_CODE}))"
    rf" {NO_TOWN}(?:{TOWN}(?: \([A-Z]{{2}}\))?|(?P<small>{SMALL_TOWN}))"
    rf"|(?P<before>{SMALL_TOWN}) \d{{5}}(?![\w-]))"
)
FOUR = 4  # digits of a code that may be those of a year
WORD = re.compile(r"\S+")
HOUSE = re.compile(r"(?:n[°º.]?)?\d{1,5}(?:[a-z]|[/-][\da-z]{1,4})?", re.IGNORECASE)
NAMED = re.compile(r"[(\"'«]?(?:[dl]['’])?[A-ZÀ-ÖØ-Þ][\w’'-]*[.)]?")
# A number and a street in whatever letters, the last words of a part.
ANY_STREET = re.compile(
    rf"(?<!\S)\d{{1,5}}[a-d]?(?: (?:bis|ter|quater))?"
    rf" (?:(?:{STREET_FR}|{STREET_IT})(?: [^\s\d]+){{1,5}}|(?:[^\s\d]+ ){{1,3}}{STREET_EN})\s*$"
    rf"|(?<!\S)(?:{STREET_FR}|{STREET_IT})(?: [^\s\d]+){{1,4}} \d{{1,4}}(?: ?[a-d]| rosso)?\s*$"
    r"|(?<!\S)(?-i:[^\s\dA-ZÄÖÜ]+)(?:stra(?:ß|ss)e|str\.?|weg|gasse|platz|allee|ufer|damm)"
    r" \d{1,4} ?[a-d]?\s*$",
    re.IGNORECASE,
)
# "Am Alten Markt 3", "Zur Mühle 1": nothing before these is of the street.
FIRST = frozenset({"Am", "An", "Im", "In", "Zum", "Zur", "Auf", "Unter", "Hinterm", "Beim"})
SPAN = 140  # characters before a code that are looked at
MOST_PARTS = 5  # between commas
MOST_WORDS = 5  # of a street, beside its number


def anchored(text: str) -> Iterator[Found]:
    for match in SURE.finditer(text):
        start, _ = begins(text, match.start())
        yield Found("ADDRESS", start, match.end())
    for match in CODED.finditer(text):
        code = match.start()
        start, numbered = begins(text, code)
        before = fold(text[start:code])
        has_street = HAS_STREET.search(before) is not None
        small = match["small"] or match["before"]
        if match["other"] and not has_street:
            continue
        if small and (not has_street or fold(small) in ENDS):
            continue
        has_five = sum(each.isdigit() for each in match[0]) > FOUR
        named = has_five and FLATS.intersection(before.split())
        if (numbered and (has_five or has_street)) or named:
            yield Found("ADDRESS", start, match.end())


def begins(text: str, code: int) -> tuple[int, bool]:
    """Where the address begins whose code stands at `code`, and whether a house has a number."""
    least = max(0, code - SPAN)
    end, start, numbered, placed = code, code, False, False
    for part in reversed(re.split(r"[,\n]", text[least:code])[-MOST_PARTS:]):
        first, whole, has_number = walked(part)
        if end == code and re.fullmatch(rf"\s*{SMALL_TOWN}\s*", part):
            end -= len(part) + 1
            continue
        is_flat = FLATS.intersection(fold(part).replace(".", " ").split())
        if placed and not is_flat and (numbered or not has_number):
            break
        if first is not None:
            start = end - len(part) + first
            numbered = numbered or has_number
            placed = numbered or placed or bool(HAS_STREET.search(part))
        if not whole:
            break
        end -= len(part) + 1
    return start, numbered


def walked(part: str) -> tuple[int | None, bool, bool]:
    """Where in `part` its last words begin to be of an address, whether all are, and a number."""
    street = ANY_STREET.search(part)
    if street:
        return street.start(), not part[: street.start()].strip(), True
    start: int | None = None
    number: int | None = None
    for place, word in enumerate(reversed(list(WORD.finditer(part)))):
        said = word[0]
        plain = fold(said).strip(".'")
        if HOUSE.fullmatch(said):
            if number is not None:
                return start, False, True
            number, start = place, word.start()
        elif number and plain not in FLATS:  # a number before its street
            return start, False, True
        elif place > MOST_WORDS or (
            said[-1] == "." and len(said) > 3 and plain not in WITHIN | FLATS | STREETS
        ):
            return start, False, number is not None
        elif NAMED.fullmatch(said) or plain in FLATS or plain in STREETS:
            start = word.start()
            if said in FIRST:
                return start, False, number is not None
        elif plain not in WITHIN:
            return start, False, number is not None
    return start, True, number is not None
