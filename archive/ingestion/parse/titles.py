"""Titles and dates, where a file does not state them."""

import re

YEAR = re.compile(
    r"(1[5-9]\d\d|20\d\d)(?:[-_](0[1-9]|1[0-2])(?:[-_](0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def from_name(stem: str) -> str:
    """A file name's stem in words: "care-of_silk" is "Care of silk"."""
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def readable(title: str) -> str:
    """`title`, in words if it is an address."""
    title = " ".join(title.split())
    return from_name(title) if SLUG.fullmatch(title) else title


def date_in_name(stem: str) -> str:
    """The date a file name begins with, in ISO 8601, or ""."""
    found = YEAR.match(stem)
    return "-".join(part for part in found.groups() if part) if found else ""


def partial_date(text: str) -> str:
    """The ISO 8601 date at the start of `text` ("2024-05-02T10:00Z"), or ""."""
    found = DATE.match(text.strip())
    return found.group() if found else ""
