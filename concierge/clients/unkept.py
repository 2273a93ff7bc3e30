"""What is never remembered of a client, whatever stands around it and whoever allows it.

Numbers of cards, accounts and papers, passwords and codes, and what is told of health; abuse, and
what is felt for the house or its concierge, which is no taste. The forms of numbers are the
redaction's, the words are in `unkept.toml`.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from concierge.redaction.recognise import forms

PATTERNS = Path(__file__).with_name("unkept.toml")
FORMS = frozenset({"CARD", "IBAN", "ID"})  # kinds of the redaction
WORDS = "words"  # the table of what is said of it
NUMBER = "number"
MATTERS = ("secret", "health")
# Where one thing that is told ends and the next begins.
APART = re.compile(r"[,;:.!?\n(–—]|\s(?:and|but|et|mais|e|ed|ma|und|aber)\s", re.IGNORECASE)
PARTS = {
    "PAPER": r"[A-Z]{0,6}\d(?:[ ./-]?[A-Z]{0,3}\d){2,}",
    "REST": r"(?:(?!\s(?:and|but|et|mais|e|ed|ma|und|aber)\s)[^.,;!?\n]){0,60}",
}
NAMED = re.compile("|".join(PARTS))
# “…, remember it” is no part of what is told.
ASIDE = re.compile(
    r"(?:[,;]|\s(?:and|et|e|und))\s*(?:please |bitte |per favore |s'il vous plaît )?"
    r"(?:remember|note|keep|don't forget|retenez|notez|gardez|souvenez|n'oubliez|ricord|annot"
    r"|non dimentic|merken|merk|notier|behalten)[^,;\d]{0,40}$",
    re.IGNORECASE,
)
APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


@cache
def tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(PATTERNS.read_text(encoding="utf-8"))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """By matter, those of all languages, because a client may mix them."""
    return {
        matter: re.compile(rf"(?<!\w)(?:{'|'.join(lines(languages))})", re.IGNORECASE)
        for matter, languages in tables().items()
        if matter != WORDS
    }


def kindly(language: str) -> str:
    """What a client is told who has written such a thing."""
    said = tables()[WORDS]
    return said.get(language[:2], said["en"])


def lines(languages: dict[str, str]) -> list[str]:
    told = [line for some in languages.values() for line in some.splitlines() if line]
    return [NAMED.sub(lambda found: PARTS[found[0]], line) for line in told]


def unkept(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of `text` that are never remembered, in their order; they may overlap."""
    plain = text.translate(APOSTROPHES)
    found = numbers(text)
    for matter in MATTERS:
        found += [each.span() for each in patterns()[matter].finditer(plain)]
    return tuple(sorted(found))


def numbers(text: str) -> list[tuple[int, int]]:
    """The spans of cards, accounts and papers, by their form or by the word before them."""
    found = [(each.start, each.end) for each in forms(text) if each.kind in FORMS]
    plain = text.translate(APOSTROPHES)
    return found + [each.span() for each in patterns()[NUMBER].finditer(plain)]


def may_be_kept(text: str, *, is_taste: bool = False) -> bool:
    """Whether `text`, alone, may stand among what is remembered."""
    return not unkept(text) and not is_feeling(text, is_taste=is_taste)


def is_feeling(text: str, *, is_taste: bool) -> bool:
    """Whether it is abuse or, where it was taken for a taste, a word on the house."""
    plain = text.translate(APOSTROPHES)
    matters = ("abuse", "sentiment") if is_taste else ("abuse",)
    return any(patterns()[matter].search(plain) for matter in matters)


def keepable(message: str, start: int, end: int) -> int:
    """Where what may be remembered of `message[start:end]` ends; `start` where none of it may."""
    text = message.translate(APOSTROPHES)
    barred = [span for span in unkept(message) if span[0] < end and start < span[1]]
    if barred:
        breaks = [each.start() for each in APART.finditer(text, start, max(start, barred[0][0]))]
        end = breaks[-1] if breaks else start
    aside = ASIDE.search(text[start:end])
    return start + aside.start() if aside else end
