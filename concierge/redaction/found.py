"""What was found in a text, and the kinds of it."""

from collections.abc import Iterable
from dataclasses import dataclass

# What each kind covers is in docs/redaction.md. Of two that overlap the first is the name of both.
KINDS = (
    "TEXT",  # words that look like a placeholder of ours
    "LINK",
    "EMAIL",
    "IBAN",
    "CARD",
    "ID",  # national numbers, passports, licences, taxes
    "BIRTH",
    "IP",
    "PHONE",
    "ORDER",
    "ADDRESS",
    "NAME",
)

# What stands in the place of each where nobody puts it back.
BLANKS = dict.fromkeys(KINDS, "[number]") | {
    "EMAIL": "[address]", "ADDRESS": "[address]", "IP": "[address]", "LINK": "[link]",
    "NAME": "[name]", "BIRTH": "[date]", "TEXT": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """`text[start:end]` is personal, of a kind among KINDS."""

    kind: str
    start: int
    end: int


def apart(found: Iterable[Found]) -> list[Found]:
    """In the order of the text, each clear of the next: what overlaps is one, of the first kind."""
    merged: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        last = merged[-1] if merged else None
        if last and each.start < last.end:
            kind = min(last.kind, each.kind, key=KINDS.index)
            merged[-1] = Found(kind, last.start, max(last.end, each.end))
        elif each.end > each.start:
            merged.append(each)
    return merged
