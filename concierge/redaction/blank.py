"""Personal parts blanked for good: in logs, and in what is compared with a question kept so."""

import re
from ipaddress import ip_address
from typing import Any

from concierge.redaction.folded import WORDS, fold
from concierge.redaction.found import BLANKS, Found, apart
from concierge.redaction.recognise import forms, identifiers
from concierge.redaction.said import introduced
from concierge.redaction.veil import replaced

DEEPEST = 6  # levels of what a log line carries
# Without one of these a line for operators has nothing of anybody's, and is not looked through.
SIGNS = re.compile(
    r"@|%40|\+\s?\d|\d(?:[ .()/-]{0,2}\d){8,}|[A-Za-z]{2}\d{2} ?[A-Za-z0-9]{4}|\d-?[A-Z]\b|\bname\b"
    r"|\d{3}-\d{2}-\d{4}|\s(?:at|arobase|chiocciola)\s",
    re.IGNORECASE,
)
MARK = re.compile(r"[0-9a-fA-F-]{32,36}")  # of a request, a conversation
OPERATORS = frozenset({"ORDER", "TEXT"})  # what a log counts and numbers itself
ALIKE = 0.6  # of the words of a question that its blanked form still has


def blanked(text: str) -> str:
    """With words in brackets for what is personal by its form, or as somebody told it."""
    found = apart([*identifiers(text), *introduced(text)])
    return replaced(text, found, lambda kind, words: BLANKS[kind])


def is_blanked(kept: str, said: str) -> bool:
    """Whether `kept` has the words of `said`, blanked by more than is known here.

    Only what is left of them can be compared: of two that differ in names alone, both are.
    """
    if said in kept or blanked(said) in kept:
        return True
    words, there = WORDS.findall(fold(said)), set(WORDS.findall(fold(kept)))
    return "[" in kept and sum(word in there for word in words) >= ALIKE * len(words) > 0


def logged(text: str) -> str:
    """A line for operators: addresses of machines, links and numbers of rows stay."""
    if not SIGNS.search(text) or MARK.fullmatch(text):
        return text
    found = [each for each in (*forms(text), *introduced(text)) if not is_machines(text, each)]
    return replaced(text, apart(found), lambda kind, words: BLANKS[kind])


def is_machines(text: str, found: Found) -> bool:
    said = text[found.start : found.end]
    if found.kind == "LINK":
        return "@" not in said.partition("//")[2].partition("/")[0]
    if found.kind == "IP":
        return is_inside(said)
    return found.kind in OPERATORS


def is_inside(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


def logged_value(value: Any, depth: int = 0) -> Any:
    """The same for whatever a line carries; numbers and truths are left as they are."""
    if isinstance(value, str):
        return logged(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth < DEEPEST and isinstance(value, dict):
        return {logged(str(key)): logged_value(each, depth + 1) for key, each in value.items()}
    if depth < DEEPEST and isinstance(value, list | tuple | set | frozenset):
        return [logged_value(each, depth + 1) for each in value]
    return logged(str(value))
