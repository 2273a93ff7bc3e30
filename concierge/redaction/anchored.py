"""Addresses by their code of the post: from it backwards, as far as the words can be of one."""

import re
from collections.abc import Iterator

from concierge.redaction.folded import fold
from concierge.redaction.found import Found
from concierge.redaction.places import CODE, HAS_STREET, TOWN
from concierge.redaction.words import FLATS, WITHIN

# Letters after the digit in the second half of a British code: never C, I, K, M, O, V.
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
SURE = re.compile(
    rf"\b(?:[A-Z]{{1,2}}\d[\dA-Z]? ?{INWARD}"
    rf"|(?i:[a-z]{{1,2}}\d[\da-z]? (?!\d(?:st|nd|rd|th)){INWARD})"
    r"|[A-Z]{2} \d{5}(?:-\d{4})?|[ABCEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d)(?![\w-])"
)
CODED = re.compile(rf"(?<![\w.,/-])(?:{CODE} {TOWN}|\d{{4}} ?[A-Z]{{2}} {TOWN})")
FOUR = 4  # digits of a code that may be those of a year
WORD = re.compile(r"\S+")
HOUSE = re.compile(r"(?:n[°º.]?)?\d{1,5}(?:[a-z]|[/-][\da-z]{1,4})?", re.IGNORECASE)
NAMED = re.compile(r"[(\"'«]?(?:[dl]['’])?[A-ZÀ-ÖØ-Þ][\w’'-]*[.)]?")
# "Am Alten Markt 3", "Zur Mühle 1": nothing before these is of the street.
FIRST = frozenset({"Am", "An", "Im", "In", "Zum", "Zur", "Auf", "Unter", "Hinterm", "Beim"})
SPAN = 140  # characters before a code that are looked at
MOST_PARTS = 5  # between commas
MOST_WORDS = 5  # of a street, beside its number


def anchored(text: str) -> Iterator[Found]:
    for match in SURE.finditer(text):
        start, numbered = begins(text, match.start())
        is_whole = numbered or HAS_STREET.search(text, start, match.start())
        yield Found("ADDRESS", start if is_whole else match.start(), match.end())
    for match in CODED.finditer(text):
        start, numbered = begins(text, match.start())
        if not numbered:
            continue
        has_five = sum(each.isdigit() for each in match[0]) > FOUR
        if has_five or HAS_STREET.search(text, start, match.start()):
            yield Found("ADDRESS", start, match.end())


def begins(text: str, code: int) -> tuple[int, bool]:
    """Where the address begins whose code stands at `code`, and whether a house has a number."""
    least = max(0, code - SPAN)
    end, start, numbered, placed = code, code, False, False
    for part in reversed(re.split(r"[,\n]", text[least:code])[-MOST_PARTS:]):
        first, whole, has_number = walked(part)
        if placed and not FLATS.intersection(fold(part).replace(".", " ").split()):
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
    start: int | None = None
    number: int | None = None
    words = list(WORD.finditer(part))
    for place, word in enumerate(reversed(words)):
        said = word[0]
        plain = fold(said).strip(".'")
        if HOUSE.fullmatch(said):
            if number is not None:
                return start, False, True
            number, start = place, word.start()
        elif number and plain not in FLATS:  # a number before its street
            return start, False, True
        elif place > MOST_WORDS or (
            said[-1] == "." and len(said) > 3 and plain not in WITHIN | FLATS
        ):
            return start, False, number is not None
        elif NAMED.fullmatch(said) or plain in FLATS:
            start = word.start()
            if said in FIRST:
                return start, False, number is not None
        elif plain not in WITHIN:
            return start, False, number is not None
    return start, True, number is not None
