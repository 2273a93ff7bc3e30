"""What a client tells of themselves that is worth remembering, told by patterns alone.

The patterns are in `memories.toml`. Nothing is kept here: whoever keeps it asks for consent first.
"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from archive.sentences import sentences
from concierge.clients.models import Memory
from concierge.clients.unkept import is_feeling, keepable, numbers, unkept

PATTERNS = Path(__file__).with_name("memories.toml")
LONGEST = 2000  # characters of a message that are read
MOST = 5  # things of one message
KEPT = 300  # characters of one
# Of these a part tells nothing.
WHOLE = frozenset({Memory.Kind.NAME, Memory.Kind.EMAIL, Memory.Kind.PHONE})

TASTE = 4  # words of a taste that surely asks for nothing: “I only wear silver”
TO_REMEMBER = re.compile(
    r"\b(?:remember|keep in mind|retenez|souvenez|rappelez|notez|ricord|annot"
    r"|merken|merk dir|notieren)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
# Between the clauses of a sentence.
PARTS_END = re.compile(
    r"[,;:]\s+(?:(?:and|but|so|et|mais|e|ma|und|aber)\s+)?|\s+[–—-]\s+|\s+(?:and|et|e|und)\s+"
)
# What stands between two things that are told, and before them.
_BETWEEN = (
    "and also but by the way hello hi good morning afternoon evening day dear thank thanks you "
    "please yes no well ok okay so et aussi mais bonjour bonsoir merci oui non alors au fait e ed "
    "anche ma buongiorno buonasera salve grazie sì no dunque und auch aber guten tag morgen abend "
    "hallo danke ja nein also übrigens please "
    # “Please remember …”, “…, remember it”
    "remember note keep mind in that this it for me retenez notez gardez souvenez vous rappelez "
    "que cela ça le la ceci s'il plaît ricordi ricordati ricorda annoti prenda nota "
    "che lo questo favore per merken merk notieren sie sich dir das dass es"
)
BETWEEN = frozenset(_BETWEEN.split())

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre"
    "|januar|februar|märz|juni|juli|oktober|dezember"
)
MONTH = rf"(?:{MONTHS})"
# A word of a name: a stop belongs to a title and to initials, and ends the sentence after others.
CALLED = (
    r"(?:(?:Dr|Mrs?|Ms|Prof|St|Mme|Mlle|Dott(?:\.ssa)?|Sig(?:\.ra)?|Ing|Avv|Hr|Sr|Jr)\."
    r"|(?:[A-ZÀ-Þ]\.)+|[A-ZÀ-Þ][\w'-]*)"
)
# What a size is told of, right behind it: “size 6 gloves”.
WORN = (
    r"gloves?|shoes?|boots?|rings?|belts?|hats?|shirts?|dress(?:es)?|bracelets?|gants?|chaussures?"
    r"|bagues?|ceintures?|guanti|scarpe|anell[oi]|handschuhe?n?|schuhe?n?|ringe?n?"
)
PARTS = {
    "VALUE": r"(?:(?:\d{1,3}(?:[.,]\d{1,2})?(?:\s?[½¼¾]|\s1/2)?(?:\s?(?:cm|mm|inch(?:es)?))?)"
    r"|(?:x{0,3}[sl]|m)(?![\w'-]))(?!\s?(?:%|€|eur|years|ans|anni|jahre))"
    rf"(?: (?:in|en|for|pour|di|per|nei|bei|für) [^\W\d_]{{3,}}| (?:{WORN})\b)?",
    "DATE": rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.|º|°)?(?: of| de| di)? ?{MONTH}\b"
    rf"|{MONTH} \d{{1,2}}\b|(?:in|en|im|a|ad|au mois de) {MONTH}\b|\d{{1,2}}[./]\d{{1,2}}\b)"
    r"(?:,? \d{4}\b)?",
    "CLAUSE": r"[^,.;:!?\n]{2,120}",
    "SENTENCE": r"[^.;!?\n]{3,250}",
    "ADDRESS": r"(?P<kept>[^;!?\n]{4,160}?)(?=[;!?\n]|\. |\.?$)",
    "NUMBER": r"(?P<kept>\+?\d[\d ()./-]{6,}\d)",
    "MAIL": r"(?P<kept>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    "WORDS": rf"(?P<kept>(?-i:{CALLED}"
    rf"(?: (?:(?:de|di|da|du|von|van|der|la|le) )?{CALLED}){{0,4}}))",
}
NAMED = re.compile("|".join(PARTS))
APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of a message: what kind it is, and the client's words for it."""

    kind: Memory.Kind
    text: str
    start: int = 0  # in the message


@cache
def patterns() -> tuple[tuple[Memory.Kind, re.Pattern[str]], ...]:
    """In the file's order; those of all languages, because a client may mix them."""
    return tuple((kind, pattern) for kind, _, pattern in told_patterns())


@cache
def told_patterns() -> tuple[tuple[Memory.Kind, str, re.Pattern[str]], ...]:
    """The same, each with its language; "any" for those of all."""
    tables = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
    return tuple(
        (Memory.Kind(kind), language, compiled(line.strip()))
        for kind, languages in tables.items()
        for language, lines in languages.items()
        for line in lines.splitlines()
        if line.strip()
    )


def compiled(line: str) -> re.Pattern[str]:
    whole = NAMED.sub(lambda found: PARTS[found[0]], line)
    return re.compile(rf"(?<!\w)(?:{whole})", re.IGNORECASE)


def recognised(message: str) -> list[Told]:
    """What the message tells that may be remembered, in its order; nothing twice.

    What is to be remembered in so many words is kept under what it is, where that is known.
    """
    read = message[:LONGEST]
    found = []
    for each in told_of(message):
        end = keepable(read, each.start, each.start + len(each.text))
        text = read[each.start : end].rstrip(" ,")
        is_whole = end == each.start + len(each.text)
        if not text or (each.kind in WHOLE and not is_whole):
            continue
        if not is_feeling(text, is_taste=each.kind == Memory.Kind.TASTE):
            found.append(replace(each, text=text))
    return found


def withheld(message: str) -> bool:
    """Whether it holds a number that is never remembered, or tells a secret or of health."""
    read = message[:LONGEST]
    barred = unkept(read)
    if barred and (numbers(read) or TO_REMEMBER.search(read)):
        return True
    spans = [(each.start, each.start + len(each.text)) for each in told_of(message)]
    return any(begin < end and start < finish for start, end in spans for begin, finish in barred)


def told_of(message: str) -> list[Told]:
    """All that the message tells, also what may not be remembered."""
    text = message[:LONGEST].translate(APOSTROPHES)
    found: list[tuple[int, int, Told]] = []
    for kind, pattern in patterns():
        for match in pattern.finditer(text):
            start, end = span(match)
            if any(begin < end and start < finish for begin, finish, _ in found):
                continue
            kept = message[start:end].strip(" ,")[:KEPT]
            start += len(text[start:end]) - len(text[start:end].lstrip(" ,"))
            if kept:
                found.append((start, end, Told(finer(kind, text[start:end]), kept, start)))
    return [told for _, _, told in sorted(found, key=lambda each: each[0])][:MOST]


def only_tells(message: str) -> bool:
    """Whether the message tells of its writer and does nothing else: it asks for nothing.

    A longer word on taste alone may well be a question for the house: “I love the Heron of 1934”.
    """
    told = told_of(message)
    if "?" in message or all(is_long_taste(each) for each in told):
        return False
    rest = message[:LONGEST].translate(APOSTROPHES)
    for _, pattern in patterns():
        rest = pattern.sub(" ", rest)
    return not set(WORD.findall(rest.casefold())) - BETWEEN


def asking_part(message: str, among: Collection[Memory.Kind] = tuple(Memory.Kind)) -> str:
    """The message without what only tells of its writer, a thing of these kinds; whole where no
    other sentence is left.

    Of a sentence that asks, the clauses before the question: “My name is Ada, who drew it?”
    """
    spans = [message[start:end] for start, end in sentences(message[:LONGEST])]
    kept = [part for each in spans if (part := unless_told(each, among))]
    if not kept or kept == spans:
        return message
    rest = " ".join(kept) + message[LONGEST:]
    return rest[:1].upper() + rest[1:] if message[:1].isupper() else rest


def unless_told(sentence: str, among: Collection[Memory.Kind]) -> str:
    """What of a sentence does more than tell things of these kinds; "" for none of it."""

    def tells(text: str) -> bool:
        return only_tells(text) and all(each.kind in among for each in told_of(text))

    if tells(sentence):
        return ""
    ends = list(PARTS_END.finditer(sentence)) if "?" in sentence else []
    behind = [sentence[each.end() :] for each in ends if tells(sentence[: each.start()])]
    return next((part for part in reversed(behind) if not tells(part)), sentence)


def told_in(message: str) -> tuple[str, ...]:
    """The languages in which the message tells something, in the file's order."""
    text = message[:LONGEST].translate(APOSTROPHES)
    found = [code for _, code, pattern in told_patterns() if pattern.search(text)]
    return tuple(dict.fromkeys(code for code in found if code != "any"))


def is_long_taste(told: Told) -> bool:
    return told.kind == Memory.Kind.TASTE and len(told.text.split()) > TASTE


def span(match: re.Match[str]) -> tuple[int, int]:
    """Of what is kept."""
    return match.span("kept" if "kept" in match.re.groupindex else 0)


def finer(kind: Memory.Kind, text: str) -> Memory.Kind:
    if kind != Memory.Kind.OTHER:
        return kind
    inner = (each for each, pattern in patterns() if each != kind and pattern.search(text))
    return next(inner, kind)
