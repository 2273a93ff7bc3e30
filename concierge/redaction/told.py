"""What was written down of somebody, as single names, addresses and numbers."""

from collections.abc import Iterator
from typing import get_args

from concierge.redaction.found import Found
from concierge.redaction.known import Known, KnownKind
from concierge.redaction.recognise import identifiers
from concierge.redaction.said import introduced, titled

KINDS: dict[str, KnownKind] = {
    "NAME": "name", "EMAIL": "email", "PHONE": "phone", "ADDRESS": "address",
}  # fmt: skip
LONGEST_NAME = 5  # words; what is longer is a sentence


def told(kind: str, text: str) -> Iterator[Known]:
    """`text` as it was kept under `kind`; "" for a text of anything.

    A sentence is known by what has a form in it, or is given in it as somebody's name.
    """
    text = text.strip()
    found = [*identifiers(text), *introduced(text), *titled(text)]
    named = [each for each in found if wanted(each) in (kind or wanted(each), "other")]
    for each in named:
        yield Known(wanted(each), text[each.start : each.end])
    is_short = kind != "name" or len(text.split()) <= LONGEST_NAME
    if text and not named and is_short and kind in get_args(KnownKind):
        yield Known(kind, text)  # type: ignore[arg-type]


def wanted(found: Found) -> KnownKind:
    return KINDS.get(found.kind, "other")
