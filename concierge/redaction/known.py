"""What the client and the house know already, found again in whatever way it is written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from concierge.redaction.folded import Folded, fold, spellings
from concierge.redaction.found import Found
from concierge.redaction.words import COMMON, HONORIFICS, PARTICLES

# What a name grows at its end: a possessive, the German cases.
ENDING = r"(?:'s|s'|'|s|es|ns|n|sche[nrs]?)?"
GAP = r"[\s.,_'-]{0,3}"
DIGIT_GAP = r"[\s./()-]{0,3}"
INITIALS = re.compile(
    rf"(?<![a-z0-9'])(?:[a-z]\.[ -]?){{1,3}}(?:(?:{'|'.join(sorted(PARTICLES))})[ ']){{0,2}}$"
)
# Before a word of every day that is a name, in small letters too.
POINTS = re.compile(
    r"(?:\bi'?m|\bit's|\bthis is|\bmy name is|\bc'est|\bje suis|\bqui e|\bich bin"
    r"|\bhier ist) $"
)
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞŠŽČŁŚŐ][^\W\d_]+")
LEAST_SURE = 6  # letters of a name that is known again with one of them wrong
LEAST_DIGITS = 6  # of a telephone number that is worth looking for

KnownKind = Literal["name", "email", "phone", "address", "other"]


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known of the client, as it was written down."""

    kind: KnownKind
    value: str


class Sought:
    """Known things ready to be looked for."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = tuple(dict.fromkeys(each for each in known if each.value.strip()))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of the names, folded, in each of their spellings."""
        said = (each.value for each in self._known if each.kind == "name")
        return frozenset(
            form
            for name in said
            for word in (*words_of(name), *run_together(name))
            for form in spellings(word)
        )

    @cached_property
    def _particles(self) -> re.Pattern[str] | None:
        """The small words of the names, as they stand before a part of one."""
        said = (fold(each.value) for each in self._known if each.kind == "name")
        small = {word for name in said for word in re.findall(r"[a-z]+", name)} & PARTICLES
        return (
            re.compile(rf"(?<![a-z0-9'])(?:(?:{'|'.join(sorted(small))})[ '])+$") if small else None
        )

    def found(self, text: Folded, original: str) -> Iterator[Found]:
        for each in self._known:
            if each.kind != "name":
                for match in pattern(each).finditer(text.text):
                    yield Found(KIND[each.kind], *text.span(*match.span()))
        if self.names:
            yield from self._names(text, original)

    def misspelt(self, original: str) -> Iterator[Found]:
        """Words written as names are that have one letter other than a name's, more or less."""
        long = [name for name in self.names if len(name) >= LEAST_SURE]
        for match in CAPITALISED.finditer(original) if long else ():
            said = fold(match[0])
            if len(said) < LEAST_SURE or said in COMMON | self.names:
                continue
            if any(is_near(said, name) for name in long):
                yield Found("NAME", *match.span())

    def _names(self, text: Folded, original: str) -> Iterator[Found]:
        """Names, those parts together that stand together; a word of every day only beside them."""
        for run in runs(self._named(text), text.text):
            start, end = run[0].start("it"), run[-1].end("it")
            if self._particles and (small := self._particles.search(text.text, 0, start)):
                start = small.start()
            if initials := INITIALS.search(text.text, max(0, start - 16), start):
                start = initials.start()
            first, last = text.span(start, end)
            sure = len(run) > 1 or any(self._is_telling(each, text, original) for each in run)
            if sure:
                yield Found("NAME", first, last)

    def _named(self, text: Folded) -> list[re.Match[str]]:
        return list(alternation(self.names).finditer(text.text))

    def _is_telling(self, match: re.Match[str], text: Folded, original: str) -> bool:
        if match["it"] not in COMMON:
            return True
        if match[0].endswith("'s") or POINTS.search(text.text[: match.start()]):
            return True
        start, _ = text.span(*match.span("it"))
        if not original[start].isupper():
            return False
        before = text.text[: match.start()].rstrip(" .").rpartition(" ")[2].strip("(\"'«„“,")
        return before in HONORIFICS or is_within(original, start)


def is_within(text: str, place: int) -> bool:
    """Whether something of the same sentence stands before `place`."""
    before = text[:place].rstrip()
    return bool(before) and before[-1] not in '.!?\n:"«“'


KIND = {"email": "EMAIL", "phone": "PHONE", "address": "ADDRESS", "other": "ID", "name": "NAME"}


def words_of(name: str) -> list[str]:
    parts = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name)
    return [
        part
        for part in parts
        if len(part) > 1 and fold(part) not in PARTICLES and fold(part) not in HONORIFICS
    ]


def run_together(name: str) -> list[str]:
    """ "LoPresti" of "Lo Presti": its small words with what follows them."""
    parts = re.findall(r"[^\W_]+", name)
    pairs = pairwise(parts)
    return [one + other for one, other in pairs if fold(one) in PARTICLES and len(other) > 1]


def is_near(said: str, name: str) -> bool:
    """Whether one letter, not the first, is missing, too many, another, or two have changed
    places; both are folded."""
    if said[0] != name[0] or abs(len(said) - len(name)) > 1 or said == name:
        return False
    same = next((n for n, (a, b) in enumerate(zip(said, name, strict=False)) if a != b), -1)
    one, other = (said[same:], name[same:]) if same >= 0 else (said[-1:], name[-1:])
    if same < 0 or one[1:] == other or one == other[1:] or one[1:] == other[1:]:
        return True
    return one[:2] == other[1::-1] and one[2:] == other[2:]


@lru_cache(maxsize=256)
def alternation(names: frozenset[str]) -> re.Pattern[str]:
    """Any of them as a word, or run together with another of them."""
    longest = sorted(names, key=lambda each: (-len(each), each))
    some = "|".join(re.escape(each) for each in longest)
    return re.compile(rf"(?<![a-z0-9])(?P<it>(?:{some})(?:(?:{some}))?){ENDING}(?![a-z0-9])")


def runs(matches: Sequence[re.Match[str]], text: str) -> list[list[re.Match[str]]]:
    """Those with nothing but spaces, particles and initials between them."""
    grouped: list[list[re.Match[str]]] = []
    for match in matches:
        if grouped:
            between = text[grouped[-1][-1].end("it") : match.start("it")]
            parts = re.findall(r"[a-z]+", between)
            joins = len(between) <= 20 and not re.search(r"[^a-z\s.,'-]|\.\s+[a-z]{2}", between)
            if joins and all(part in PARTICLES or len(part) == 1 for part in parts):
                grouped[-1].append(match)
                continue
        grouped.append([match])
    return grouped


@lru_cache(maxsize=512)
def pattern(known: Known) -> re.Pattern[str]:
    """What a known address or number looks like in a folded text."""
    if known.kind == "email":
        return re.compile(email(known.value))
    if known.kind == "phone":
        return re.compile(phone(known.value))
    if known.kind == "address":
        return re.compile(address(known.value))
    return re.compile(rf"(?<![a-z0-9]){spread(known.value)}(?![a-z0-9])")


def email(value: str) -> str:
    signs = {"@": r"\s?(?:@|[\[(]?\s?(?:at|arobase|chiocciola|a)\s?[\])]?)\s?",
             ".": r"\s?(?:\.|[\[(]?\s?(?:dot|point|punto|punkt)\s?[\])]?)\s?"}  # fmt: skip
    return "".join(signs.get(each, re.escape(each)) for each in fold(value).strip())


def phone(value: str) -> str:
    """By its own digits, with whatever country before them; nothing for too few of them."""
    numbers = re.sub(r"\D", "", re.sub(r"\(0\)", "", value))
    abroad = value.strip().startswith("+") or numbers.startswith("00")
    numbers = numbers.lstrip("0")
    if len(numbers) < LEAST_DIGITS:
        return r"(?!)"
    own = numbers[-9:] if abroad and len(numbers) > 10 else numbers
    digits = DIGIT_GAP.join(own)
    return rf"(?<!\d)(?:(?:\+|00)?{DIGIT_GAP}(?:\d{DIGIT_GAP}){{1,4}})?{digits}(?!\d)"


def address(value: str) -> str:
    """The whole of it, its street with the number or without, its code with the town."""
    parts = [part for part in re.split(r"[,;\n]+", fold(value)) if part.strip()]
    ways = [GAP.join(map(street_word, re.findall(r"[a-z0-9]+", fold(value))))]
    ways += [
        GAP.join(map(street_word, re.findall(r"[a-z0-9]+", part)))
        for part in parts
        if re.search(r"\d", part) and re.search(r"[a-z]{3}", part)
    ]
    if len(parts) > 1 and re.fullmatch(r"\s*\d{1,4}\s*", parts[0]):  # "14, rue ..."
        ways.append(GAP.join(map(street_word, re.findall(r"[a-z0-9]+", " ".join(parts[:2])))))
    ways += [GAP.join(map(street_word, words)) for part in parts if (words := street(part))]
    longest = sorted((way for way in ways if way), key=len, reverse=True)
    return rf"(?<![a-z0-9])(?:{'|'.join(longest)})(?![a-z0-9])"


def street(part: str) -> list[str]:
    """The words of a street without its number; none for a town, which may be the house's too."""
    words = re.findall(r"[a-z]+", re.sub(r"[a-z]*\d+[a-z]?\b", " ", part))
    return words if STREET.search(part) and sum(map(len, words)) >= LEAST_LETTERS else []


LEAST_LETTERS = 8  # of a street that is somebody's by its name alone
STREET = re.compile(
    r"\b(?:rue|avenue|allee|boulevard|quai|chemin|impasse|passage|cours|route|street|road|lane"
    r"|drive|square|terrace|gardens|via|viale|vicolo|corso|largo|piazza|calle"
    r"|[a-z]*(?:strasse|weg|platz|gasse|allee|ufer|damm|ring))\b"
)
SHORT = {
    "strasse": "str(?:asse)?",
    "street": "st(?:reet)?",
    "avenue": "av(?:e|enue)?",
    "rue": "r(?:ue)?",
    "boulevard": "b(?:oulevar|l?v)?d",
    "road": "r(?:oa)?d",
    "piazza": "p(?:iazza|zza)",
    "place": "pl(?:ace)?",
    "impasse": "imp(?:asse)?",
    "allee": "all(?:ee)?",
    "chemin": "ch(?:em)?(?:in)?",
    "passage": "pass(?:age)?",
    "route": "r(?:ou)?te",
    "faubourg": "f(?:aubour|b)?g",
    "square": "sq(?:uare)?",
    "lane": "l(?:a)?n(?:e)?",
    "drive": "dr(?:ive)?",
    "court": "c(?:our)?t",
    "crescent": "cres(?:cent)?",
    "terrace": "ter(?:race|r)?",
    "gardens": "g(?:ar)?d(?:e)?ns",
    "viale": "v(?:ia|\\.)?le",
    "corso": "c(?:or|\\.)?so",
    "vicolo": "vic(?:olo|\\.lo)?",
    "platz": "pl(?:atz)?",
    "apartment": "ap(?:artmen)?t",
    "appartement": "ap(?:partemen|p)?t",
}
SHORT_ENDINGS = {
    "strasse": r"\s?str(?:asse)?",
    "platz": r"\s?pl(?:atz)?",
    "gasse": r"\s?g(?:asse)?",
}


def street_word(word: str) -> str:
    for ending, short in SHORT_ENDINGS.items():
        if word.endswith(ending) and word != ending:
            return re.escape(word.removesuffix(ending)) + short
    return SHORT.get(word, re.escape(word))


def spread(value: str) -> str:
    """Its letters and digits, with gaps between them."""
    return r"[\s./_-]{0,2}".join(re.escape(each) for each in fold(value) if each.isalnum())
