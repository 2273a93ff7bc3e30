"""Personal parts blanked for good: in logs, notices, questions kept for curators, vectors."""

import re
from typing import Any

from concierge.redaction.facts import NONE, Facts
from concierge.redaction.found import apart
from concierge.redaction.recognise import identifiers
from concierge.redaction.said import introduced, titled
from concierge.redaction.veil import replaced

WORDS = {
    "EMAIL": "[address]", "ADDRESS": "[address]", "LINK": "[link]", "NAME": "[name]",
    "BIRTH": "[date]", "IP": "[address]", "TEXT": "",
}  # fmt: skip
NUMBER = "[number]"
DEEPEST = 6  # levels of what a log line carries


def blanked(text: str, facts: Facts = NONE) -> str:
    """With words in square brackets for what is personal by its form or as somebody told it."""
    found = [*identifiers(text), *introduced(text)]
    found += [each for each in titled(text) if not facts.is_own_person(text[each.start : each.end])]
    kept = apart(each for each in found if not facts.spares(text, each))
    return replaced(text, kept, lambda kind, words: WORDS.get(kind, NUMBER))


# Where an identifier in a line for operators may hide: what they need, names of files and of
# machines, versions, counts and durations, is left to be read.
SHOWN = re.compile(
    r"@|://\S*@|%40|\+\s?\d|\d(?:[ .()/-]{0,2}\d){8,}|[A-Za-z]{2}\d{2}[ ]?[A-Za-z0-9]{4}"
)


def blanked_value(value: Any, depth: int = 0) -> Any:
    """The same for whatever a log line carries: texts in it blanked, numbers as they are."""
    if isinstance(value, str):
        return blanked(value) if SHOWN.search(value) else value
    if depth == DEEPEST or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {blanked_value(k, depth): blanked_value(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [blanked_value(each, depth + 1) for each in value]
    return blanked_value(str(value), depth)
