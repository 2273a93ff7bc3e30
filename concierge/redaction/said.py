"""Names and addresses that somebody tells of themselves: English, French, Italian, German."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from concierge.redaction.folded import fold
from concierge.redaction.found import Found
from concierge.redaction.words import ENDS, NOBODY

LETTERS = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
CAPITAL = rf"(?=[A-ZÀ-ÖØ-ÞŠŽČŁŚŐ]){LETTERS}"
SMALL = r"(?:de|du|des|d['’]|da|di|del|della|dei|von|van|der|den|zu|la|le|el|y|al|bin|ten|ter)"
JOINING = re.compile(SMALL, re.IGNORECASE)
PROPER = rf"(?:{CAPITAL}|[A-Z]\.)(?: (?:{SMALL} ?){{0,2}}(?:{CAPITAL}|[A-Z]\.)){{0,3}}"
POSSESSIVE = re.compile(r"['’]s$")
ANYHOW = rf"{LETTERS}(?: {LETTERS}){{0,3}}"
ANY_END = ENDS | NOBODY
_said = tomllib.loads(Path(__file__).with_name("said.toml").read_text(encoding="utf-8"))


def _any(name: str) -> str:
    """What said.toml has under that name, in any of the languages, as one expression."""
    return "|".join(form for forms in _said[name].values() for form in forms)


SURE = re.compile(rf"\b(?:{_any('sure')})\s*:?\s+(?P<it>{ANYHOW})", re.IGNORECASE)
LIKELY = re.compile(rf"\b(?:(?i:{_any('likely')})),? (?P<it>{PROPER})")
FULL = re.compile(rf"\b(?:(?i:{_any('full')})),? (?P<it>{CAPITAL} (?:{SMALL} ){{0,2}}{PROPER})")
CLOSING = re.compile(rf"(?i:{_any('closing')})\s?[,.!]?\s*\n+\s*(?P<it>{PROPER})\s*(?:$|\n)")
TITLED = re.compile(rf"\b(?:{_any('titles')})\.? (?P<it>{PROPER})")
FORM_LINE = re.compile(
    r"(?im)^\s*(?:(?:full |first |last |sur)?name|nom|prénom|nome|cognome|vorname|nachname)\s?:\s?"
    rf"(?P<it>{ANYHOW})"
)


def introduced(text: str) -> Iterator[Found]:
    """Names that somebody gives as a person's: where they stand."""
    for form in (SURE, FORM_LINE):
        for match in form.finditer(text):
            yield from cut(match, ANY_END)
    for form in (LIKELY, FULL, CLOSING):
        for match in form.finditer(text):
            yield from cut(match, NOBODY)


def titled(text: str) -> Iterator[Found]:
    """Names after "Mrs", "Monsieur" and the like, which may be somebody of the house's."""
    for match in TITLED.finditer(text):
        yield Found("NAME", *match.span("it"))


def cut(match: re.Match[str], ends: frozenset[str]) -> Iterator[Found]:
    """As far as the name goes; nothing where no name begins."""
    start, end = match.start("it"), match.start("it")
    for word in re.finditer(rf"{LETTERS}\.?", match["it"]):
        if JOINING.fullmatch(word[0]) and word.start():
            continue
        if fold(word[0].strip(".")) in ends:
            break
        if ends is ANY_END and word.start() and is_lower_after_name(match["it"], word):
            break
        end = start + word.end()
        if possessive := POSSESSIVE.search(word[0]):
            end -= len(possessive[0])
            break
    if end > start:
        yield Found("NAME", start, end)


def is_lower_after_name(said: str, word: re.Match[str]) -> bool:
    """A small word after words with capitals is no more of the name."""
    return word[0].islower() and said[0].isupper()
