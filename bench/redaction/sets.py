"""Sets of texts with what is personal in them marked: the given one and our own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from concierge.redaction.known import Known

OWN = Path(__file__).parent
HALVES = (
    *("tuned", "held_out", "blind", "blind_second", "blind_third", "blind_fourth"),
    *("blind_fifth", "blind_sixth", "blind_seventh", "blind_eighth"),
)
GIVEN = Path("../shared/data/pii/sentences.jsonl")
# The labels of the given set that have a form of their own; the others are words of a language:
# names, places, organisations, titles, dates, ages, and addresses as that set cuts them in pieces.
STRUCTURED = frozenset(
    {
        *("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS"),
        *("US_SSN", "US_DRIVER_LICENSE", "DOMAIN_NAME", "ZIP_CODE"),
    }
)
FACT, KNOWN = "FACT", "KNOWN"
MARK = re.compile(r"\{\{(?P<kind>[A-Z ]+):(?P<words>.+?)\}\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """`text[start:end]` is of `kind`; `KNOWN NAME` is what the house knows, FACT its own."""

    kind: str
    start: int
    end: int

    @property
    def is_personal(self) -> bool:
        return self.kind != FACT


@dataclass(frozen=True, slots=True)
class Utterance:
    text: str
    marks: tuple[Marked, ...]
    language: str = ""
    known: tuple[Known, ...] = field(default=())


def own(half: str) -> Iterator[Utterance]:
    for line in (OWN / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        known = tuple(Known(kind, value) for kind, value in told.get("known", ()))
        text, marks = unmarked(told["text"])
        yield Utterance(text, marks, told["language"], known)


def unmarked(text: str) -> tuple[str, tuple[Marked, ...]]:
    parts: list[str] = []
    marks: list[Marked] = []
    last = length = 0
    for match in MARK.finditer(text):
        before, words = text[last : match.start()], match["words"]
        start = length + len(before)
        marks.append(Marked(match["kind"], start, start + len(words)))
        parts += [before, words]
        length, last = start + len(words), match.end()
    return "".join([*parts, text[last:]]), tuple(marks)


def given() -> Iterator[Utterance]:
    for line in GIVEN.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        marks = (Marked(each["type"], each["start"], each["end"]) for each in told["spans"])
        yield Utterance(told["text"], tuple(marks), "en")
