"""What kind of thing is said, told by patterns alone: no model, no database, no memory.

The patterns are in `topics.toml`. Whatever none of them knows is a question for the archive: to
decline one that could be answered is the worst mistake.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["heritage", "pieces", "care", "own", "small_talk", "out_of_scope", "unsafe"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ARCHIVE: frozenset[Kind] = frozenset({"heritage", "pieces", "care"})

TOPICS = Path(__file__).with_name("topics.toml")
LONGEST = 1000  # characters of a message that are read
# What stands between one courtesy and the next, or after the last.
BETWEEN = re.compile(r"^[\s,.;:!?…)(*\"'–—-]+|^(?:and|et|e|und)\s+(?=\S)")
STOP = re.compile(r"\s?[,.;:!?\u2026)\u2013\u2014-]")
PARTED = re.compile(r"^[\s,.;:!?\u2026)(*\"'\u2013\u2014-]+")
BEGIN = re.compile(r"(?<!\w)\w|[^\w\s]")
GREETING = "greeting"
EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]")
WORD = re.compile(r"[^\W_]+")
VOWEL = re.compile(r"[aeiouy]")
APOSTROPHES = re.compile(r"[’‘`´ʼ]")


@dataclass(frozen=True, slots=True)
class Recognised:
    """`topic` is a table of topics.toml, `languages` those of its patterns; empty for none."""

    kind: Kind
    topic: str = ""
    languages: tuple[str, ...] = ()


QUESTION = Recognised("heritage")
NODDED = Recognised("small_talk", "acknowledged")
UNCLEAR = Recognised("small_talk", "unclear")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop")
NEXT = frozenset(row[at : at + 2] for row in ROWS for at in range(len(row) - 1))
START = 4  # letters from the start of a row that are no word
LETTERS = 5  # of another word struck at random, at least; German "Wert" lies in a row
BESIDE = 0.8  # of its letters, the share that lies beside the one before
MUTE = 6  # letters without a vowel that are no word


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    kind: Kind
    whole: bool  # its patterns make up a message, alone or one after another
    patterns: dict[str, re.Pattern[str]]  # by language

    def found(self, text: str) -> tuple[int, tuple[str, ...]]:
        """Where the longest match ends, and the languages that have one as long; 0 without one."""
        ends = {
            language: match.end()
            for language, pattern in self.patterns.items()
            if (match := pattern.match(text) if self.whole else pattern.search(text))
        }
        last = max(ends.values(), default=0)
        same = last if self.whole else 0
        return last, tuple(language for language, end in ends.items() if end >= same)


@cache
def topics() -> tuple[Topic, ...]:
    """Those of the file, in its order."""
    tables = tomllib.loads(TOPICS.read_text(encoding="utf-8"))
    return tuple(
        Topic(
            name=name,
            kind=table["kind"],
            whole=table.get("whole", False),
            patterns={
                language: compiled(lines)
                for language, lines in table.items()
                if language not in {"kind", "whole"}
            },
        )
        for name, table in tables.items()
    )


def compiled(lines: str) -> re.Pattern[str]:
    ways = "|".join(f"(?:{line.strip()})" for line in lines.splitlines() if line.strip())
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)")


def recognised(text: str) -> Recognised:
    """The kind of a message. Courtesies before a question leave it a question."""
    plain = folded(text)
    rest, courtesies = without_courtesies(plain)
    if not rest and courtesies:
        return min(courtesies, key=lambda each: order()[each.topic])
    if says_nothing(plain):
        return NODDED if EMOJI.search(text) else UNCLEAR
    for said in (plain, rest) if rest != plain else (plain,):
        if found := next(matches(said), None):
            return found
    return QUESTION


def says_nothing(plain: str) -> bool:
    """Whether it is signs alone, or letters struck at random: "?", "asdfghjkl", "aaaaaa"."""
    words = WORD.findall(plain)
    return all(map(is_struck, words)) and not any(c.isdigit() for c in plain)


def is_struck(word: str) -> bool:
    if len(word) >= START and (len(set(word)) == 1 or any(row.startswith(word) for row in ROWS)):
        return True
    beside = sum(one + two in NEXT for one, two in pairwise(word))
    is_mute = word.isascii() and len(word) >= MUTE and not VOWEL.search(word)
    return is_mute or (len(word) >= LETTERS and beside >= BESIDE * (len(word) - 1))


def matches(text: str) -> Iterator[Recognised]:
    """The topics that stand anywhere in `text`, in the file's order."""
    for topic in topics():
        if not topic.whole:
            end, languages = topic.found(text)
            if end:
                yield Recognised(topic.kind, topic.name, languages)


def beyond(text: str, name: str) -> str:
    """`text`, folded, without what the topic `name` is recognised by; whole for no such topic."""
    plain = folded(text)
    for topic in topics():
        if topic.name == name:
            for pattern in topic.patterns.values():
                plain = pattern.sub(" ", plain)
    return plain


def without_courtesies(text: str) -> tuple[str, list[Recognised]]:
    """What is left of `text` behind the greetings and thanks it begins with, and those."""
    courtesies: list[Recognised] = []
    rest = trimmed(text)
    while found := courtesy_at(rest):
        end, courtesy = found
        courtesies.append(courtesy)
        rest = trimmed(rest[end:])
    return rest, courtesies


def courtesy_at(text: str) -> tuple[int, Recognised] | None:
    """The longest courtesy that `text`, folded, begins with, and where it ends."""
    found = [
        (end, Recognised(topic.kind, topic.name, languages))
        for topic in topics()
        if topic.whole
        for end, languages in [topic.found(text)]
        if end
    ]
    return max(found, key=lambda each: each[0], default=None)


def behind_greeting(text: str) -> str:
    """`text` from where it asks: without the greeting before a question, and the courtesies that a
    stop parts from it; whole where nothing else is said."""
    rest = trimmed(folded(text))
    begun = rest
    while found := courtesy_at(rest):
        end, courtesy = found
        if courtesy.topic != GREETING and not STOP.match(rest[end:]):
            break
        rest = PARTED.sub("", rest[end:])
    if not rest or rest == begun:
        return text
    starts = (each.start() for each in BEGIN.finditer(text[:LONGEST]))
    at = next((at for at in starts if folded(text[at:LONGEST]) == rest), 0)
    # "Hello, who drew it?" and "Who drew it?" are to be the same.
    return (text[at].upper() if text[0].isupper() else text[at]) + text[at + 1 :]


def trimmed(text: str) -> str:
    while match := BETWEEN.match(text):
        text = text[match.end() :]
    return text


@cache
def order() -> dict[str, int]:
    return {topic.name: number for number, topic in enumerate(topics())}


def folded(text: str) -> str:
    """Lower case, without accents and emoji, with plain apostrophes and single spaces."""
    plain = APOSTROPHES.sub("'", EMOJI.sub(" ", text[:LONGEST]))
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.casefold().split()).rstrip(" ?.!…")
