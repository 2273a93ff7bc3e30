"""What is known of a document besides its text, checked before it is believed."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive

from archive.ingestion.clean import Cleaned
from archive.ingestion.parse import titles
from archive.models import Brand, Document, IngestionItem
from archive.models.document import PARTIAL_DATE
from archive.viewer import Audience

TEXTS = (
    "title",
    "kind",
    "date",
    "season",
    "collection",
    "language",
    "rights",
    "licence",
    "audience",
)
MOMENTS = ("embargo_until", "rights_until")
LONGEST: dict[str, int] = {name: getattr(Document, name).field.max_length for name in TEXTS}
FIELDS = (*TEXTS, "people", *MOMENTS)


class MetadataError(ValueError):
    """Something said of a document that cannot be right; the text is one plain sentence."""


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` without its empty fields, in JSON's types. Raises MetadataError."""
    if unknown := sorted(set(given) - set(FIELDS)):
        raise MetadataError(f"“{unknown[0]}” is not known of documents; {', '.join(FIELDS)} are.")
    fields = {name: given[name] for name in FIELDS if given.get(name) not in (None, "", [])}
    for name in TEXTS:
        if name in fields:
            fields[name] = text(name, fields[name])
    if "people" in fields:
        fields["people"] = people(fields["people"])
    for name in MOMENTS:
        if name in fields and moment(fields[name], UTC) is None:
            raise MetadataError(f"“{fields[name]}” is no {name}: write it as 2027-05-01.")
    return fields


def text(name: str, given: Any) -> str:
    value = " ".join(str(given).split())
    if name == "audience" and value not in Audience.values:
        raise MetadataError(f"“{value}” is no audience; {', '.join(Audience.values)} are.")
    longest = LONGEST[name]
    if len(value) > longest:
        raise MetadataError(f"“{value[:40]}…” is too long for {name}: {longest} characters.")
    if name == "date" and not re.fullmatch(PARTIAL_DATE, value):
        raise MetadataError(f"“{value}” is no date: write it as 1934, 1934-05 or 1934-05-02.")
    return value


def people(value: Any) -> list[str]:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise MetadataError("People are given as a list of names.")
    return [name.strip()[:120] for name in names if name.strip()]


def moment(value: Any, zone: tzinfo) -> datetime | None:
    """The moment `value` names in ISO 8601; a day begins at midnight in `zone`."""
    try:
        found = parse_datetime(str(value))
        if found is None and (day := parse_date(str(value))):
            found = datetime(day.year, day.month, day.day, tzinfo=zone)
    except ValueError:
        return None
    return found.replace(tzinfo=zone) if found and is_naive(found) else found


def known(item: IngestionItem, cleaned: Cleaned) -> dict[str, Any]:
    """Fields of the document that `item` becomes.

    What came with the file wins over what the file states of itself; what is only guessed from
    its words fills what nobody has written. Raises MetadataError.
    """
    stated = checked(cleaned.metadata) | checked(item.metadata)
    zone = time_zone(item.run.brand)
    stated |= {name: moment(stated[name], zone) for name in MOMENTS if name in stated}
    guessed = {
        "title": cleaned.title,
        "language": cleaned.language or item.run.brand.language,
        "date": cleaned.date,
    }
    document = Document.objects.filter(brand=item.run.brand, key=item.key).first()
    if document:
        written = {name: getattr(document, name) for name in guessed}
        if is_guess(document):
            del written["title"]
        guessed |= {name: value for name, value in written.items() if value}
    return guessed | stated


def is_guess(document: Document) -> bool:
    """Whether the title is still the one the last version's file suggested."""
    version = document.current
    if version is None:
        return True
    stem = version.file_name.rpartition(".")[0]
    headings = {version.text[each["start"] : each["end"]] for each in version.headings[:3]}
    return document.title in {titles.from_name(stem), *headings, *map(titles.readable, headings)}


def time_zone(brand: Brand) -> tzinfo:
    try:
        return ZoneInfo(brand.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
