"""Names and addresses that somebody tells of themselves: English, French, Italian, German."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from concierge.redaction.folded import fold
from concierge.redaction.found import Found
from concierge.redaction.words import ENDS, HONORIFICS, NOBODY

LETTERS = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
CAPITAL = rf"(?=[A-ZÀ-ÖØ-ÞŠŽČŁŚŐ]){LETTERS}"
SMALL = (
    r"(?:d[ae]|du|des?|d['’]|di|del(?:la|le|lo)?|dell['’]|dei|degli|vo[nm]|van|de[nr]|zu[mr]?|l[aeo]"
    r"|el|y|al|bin|ten|ter|a[fv]|dos|das)"
)
JOINING = re.compile(SMALL, re.IGNORECASE)
PART = rf"(?:[A-Z]\.|{CAPITAL})"
PROPER = rf"{PART}(?: (?:{SMALL} ?){{0,2}}{PART}){{0,3}}"
POSSESSIVE = re.compile(r"['’]s$")
ANYHOW = rf"{LETTERS}(?: {LETTERS}){{0,3}}"
ANY_END = ENDS | NOBODY
_said = tomllib.loads(Path(__file__).with_name("said.toml").read_text(encoding="utf-8"))


def _any(name: str) -> str:
    """What said.toml has under that name, in any of the languages, as one expression."""
    return "|".join(form for forms in _said[name].values() for form in forms)


SURE = re.compile(rf"\b(?:{_any('sure')})\s*:?\s+(?P<it>{ANYHOW})", re.IGNORECASE)
UNDER = re.compile(rf"\b(?:{_any('under')})\s*:?\s*(?P<it>{ANYHOW})", re.IGNORECASE)
LIKELY = re.compile(rf"\b(?:(?i:{_any('likely')})),? (?P<it>{PROPER})")
POINTED = re.compile(rf"\b(?:(?i:{_any('pointed')})),? (?P<it>{PROPER})")
FULL = re.compile(rf"\b(?:(?i:{_any('full')})),? (?P<it>{CAPITAL} (?:{SMALL} ){{0,2}}{PROPER})")
# After the words that end a letter: the rest of the line, or the next one.
APART = r"(?:[ \t]*[,.!:;–—-][ \t]*\n?|[ \t]*\n|[ \t])\s*"
FROM = r"(?:(?i:from|de la part de|von|da|ihre?|eure?|deine?|vostr[ao]|votre|yours?,?)\s+)?"
OVER = r"(?=[ \t]*(?:$|\n|[,;.(<«»\"]))"
CLOSING = re.compile(rf"\b(?i:{_any('closing')}){APART}{FROM}(?P<it>{PROPER}){OVER}")
CLOSING_SMALL = re.compile(
    rf"\b(?i:{_any('closing')})[ \t]*[,\n]\s*(?P<it>{LETTERS}(?: {LETTERS})?)[ .]*(?:$|\n)"
)
THANKS = re.compile(
    rf"\b(?i:{_any('thanks')})[ \t]*(?:[,.!–—-][ \t]*\n*|\n+)\s*(?P<it>{PROPER})[ .]*(?:$|\n)"
)
HERE = re.compile(
    rf"(?:^|[.!?,\n] ?)(?:(?i:hi|hello|hallo|moin|hey|servus)[, ]+)?(?P<it>{PROPER})"
    r" (?:here|hier|speaking|à l['’]appareil|au téléphone|al telefono|am (?:apparat|telefon))\b"
    r"(?=[,.;:!]|\s*$| again| from| nochmal| aus)"
)
# Before what they are to whoever writes, or what is told of them.
RELATED = re.compile(
    rf"(?<!\w)(?P<it>{PROPER}), (?:(?i:my|our|ma|mon|notre|mia|mio|nostra|nostro"
    r"|meine?[mnr]?|unsere?[mnr]?) [a-zà-ÿA-Z-]{3,}|(?:who|qui|che|die|der) [a-zà-ÿ]+)"
)
FOR_WHOM = re.compile(rf"\b(?i:for|to|pour|per|für|an|à|a) (?={PROPER},)")
# A line that is a name and nothing else, the last but for how to reach whose it is.
ALONE = re.compile(
    rf"(?:^|\n)[ \t]*(?P<it>{PROPER})[ \t]*"
    r"(?=(?:\n[^\n]*(?:@|\d(?:[ ()./-]?\d){6}|\((?:sent|envoy|inviat|gesendet))[^\n]*){0,3}\s*$)"
)
# After the last full stop, two words or more and nothing else.
LAST = re.compile(rf"[.!?][ \t]+(?P<it>{PART}(?: {PART}){{1,2}})\s*$")
# Before an address.
ADDRESSEE = re.compile(rf"(?P<it>{PART}(?: (?:{SMALL} )?{PART}){{1,2}})(?:,|\n|, at)\s*$")
# After an account or a card: whose it is.
HOLDER = re.compile(
    rf"(?:,| [-–/]| \() ?(?P<it>{CAPITAL}(?: (?:{SMALL} )?{PART}){{1,2}})(?=[.,;)]|\s*$)"
)
LONGEST_NAME = 60  # characters
TITLE = rf"(?:{_any('titles')})"
TITLED = re.compile(rf"\b{TITLE}\.? (?:{TITLE}\.? ){{0,3}}(?P<it>{PROPER})")
TITLED_SMALL = re.compile(rf"\b(?:{_any('small_titles')})\.? (?P<it>{LETTERS})")
FORM_LINE = re.compile(
    r"(?im)^\s*(?:(?:full |first |last |sur)?name|nom|prénom|nome|cognome|vorname|nachname)\s?:\s?"
    rf"(?P<it>{ANYHOW})"
)
# Before an address of mail in angle brackets.
SENDER = re.compile(rf"(?:\"(?P<quoted>[^\"\n<]{{2,60}})\"|(?P<it>{PROPER})) ?<(?=[^\s<>]+@)")


def introduced(text: str) -> Iterator[Found]:
    """Names that somebody gives as a person's: where they stand."""
    for form in (SURE, FORM_LINE, CLOSING_SMALL):
        for match in form.finditer(text):
            yield from cut(match, ANY_END)
    for form in (LIKELY, FULL, CLOSING):
        for match in form.finditer(text):
            yield from cut(match, NOBODY)
    if "<" in text:
        for match in SENDER.finditer(text):
            yield Found("NAME", *match.span("quoted" if match["quoted"] else "it"))


def pointed(text: str) -> Iterator[Found]:
    """Words that stand as a name does where somebody points at a person, or at a piece."""
    for match in UNDER.finditer(text):
        yield from cut(match, ANY_END)
    for form in (POINTED, THANKS, HERE, LAST):
        for match in form.finditer(text):
            yield from cut(match, NOBODY)
    for place in FOR_WHOM.finditer(text):
        if related := RELATED.match(text, place.end()):
            yield from cut(related, NOBODY)
    if "\n" in text:
        for match in ALONE.finditer(text):
            yield from cut(match, NOBODY)


def before(text: str, place: int) -> Found | None:
    """The name of two words or three that ends in a comma or a line before what stands there."""
    match = ADDRESSEE.search(text, max(0, place - LONGEST_NAME), place)
    return Found("NAME", *match.span("it")) if match else None


def holder(text: str, place: int) -> Found | None:
    """The name of two words or three behind an account or a card that ends at `place`."""
    match = HOLDER.match(text, place)
    return next(cut(match, NOBODY), None) if match else None


def titled(text: str) -> Iterator[Found]:
    """Names after "Mrs", "Monsieur" and the like, which may be somebody of the house's."""
    for match in TITLED.finditer(text):
        yield Found("NAME", *match.span("it"))
    for match in TITLED_SMALL.finditer(text):
        yield from cut(match, ANY_END)


def cut(match: re.Match[str], ends: frozenset[str]) -> Iterator[Found]:
    """As far as the name goes; nothing where no name begins."""
    start, end = match.start("it"), match.start("it")
    for word in re.finditer(rf"{LETTERS}\.?", match["it"]):
        if end == start and fold(word[0].strip(".")) in HONORIFICS:
            start = end = match.start("it") + word.end() + 1
            continue
        if JOINING.fullmatch(word[0]) and word.start():
            continue
        if fold(word[0].strip(".")) in ends:
            break
        if ends is ANY_END and word.start() and is_lower_after_name(match["it"], word):
            break
        end = match.start("it") + word.end()
        if possessive := POSSESSIVE.search(word[0]):
            end -= len(possessive[0])
            break
    if end > start:
        yield Found("NAME", start, end)


def is_lower_after_name(said: str, word: re.Match[str]) -> bool:
    """A small word after words with capitals is no more of the name."""
    return word[0].islower() and said[0].isupper()
