"""How the console says what is so: people, moments, values, and who may read a document."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.ingestion.metadata import time_zone
from archive.models import Brand, Change, Document
from archive.models.document import Status
from archive.review.edit import column
from archive.viewer import Audience

THE_PRODUCT = "The product itself"
SOMEBODY = "Somebody else"  # of another house, or gone
READERS = {
    Audience.PUBLIC: "Everyone",
    Audience.CLIENT: "Clients",
    Audience.ADVISOR: "Advisors",
    Audience.ATELIER: "The atelier",
}
ACTS = {
    "created": "Came in",
    "updated": "New text",
    "submitted": "Handed in for review",
    "taken back": "Taken back to draft",
    "published": "Published",
    "withdrawn": "Withdrawn",
    "restored": "Shown again",
    "reviewed again": "To be reviewed again",
    "edited": "Edited",
    "edited together": "Edited with others",
    "deleted": "Deleted",
    "undone": "Undid",
}


def who(row: models.Model, field: str) -> str:
    """The person that `row` names; one whom the reader may not see, or who has left, is nobody's
    name."""
    if getattr(row, f"{field}_id") is None:
        return THE_PRODUCT
    try:
        person = getattr(row, field)
    except ObjectDoesNotExist:
        person = None
    return named(person) if person else SOMEBODY


def named(person: AbstractBaseUser) -> str:
    name: str = getattr(person, "get_full_name", str)()
    return name or person.get_username()


def act(word: str) -> str:
    return ACTS.get(word, word.capitalize())


def moment(at: datetime, brand: Brand) -> str:
    """“3 May 2027, 09:00 (Europe/Paris)”: a brand's own time, its zone named."""
    zone = time_zone(brand)
    return f"{at.astimezone(zone):%-d %B %Y, %H:%M} ({zone})"


def value(name: str, given: Any, brand: Brand) -> str:
    """A tracked field's value, in JSON's types, as a person reads it."""
    if given in (None, "", []):
        return "nothing"
    if isinstance(given, list):
        return ", ".join(map(str, given))
    if name.endswith("_until") and (at := parse_datetime(str(given))):
        return moment(at, brand)
    if name in ("status", "audience"):
        choices = dict(column(name).flatchoices)
        return str(choices.get(given, given))
    return str(given)


def field(name: str) -> str:
    if name == "version":
        return "Text"
    return str(column(name).verbose_name).capitalize()


def differences(change: Change) -> list[tuple[str, str, str]]:
    """(field, before, after) of what a person may want to know of a change."""
    if change.act in ("created", "deleted"):
        return []
    return [
        (
            field(name),
            value(name, change.before.get(name), change.brand),
            value(name, after, change.brand),
        )
        for name, after in change.after.items()
        if name != "version"
    ]


def readers(document: Document) -> str:
    """Who reads the document now, and since or until when, in one or two sentences."""
    now = timezone.now()
    group = READERS[Audience(document.audience)]
    reads = "reads" if group in ("Everyone", "The atelier") else "read"
    if document.status == Status.WITHDRAWN:
        return "Nobody reads it: it is withdrawn."
    if document.status != Status.PUBLISHED:
        standing = "in review" if document.status == Status.REVIEW else "a draft"
        return f"Nobody reads it yet: it is {standing}. Meant for: {group.lower()}."
    if document.rights_until and document.rights_until <= now:
        return (
            f"Nobody reads it: its rights ended on {moment(document.rights_until, document.brand)}."
        )
    until = ""
    if document.rights_until:
        until = f", until its rights end on {moment(document.rights_until, document.brand)}"
    if document.embargo_until and document.embargo_until > now:
        since = moment(document.embargo_until, document.brand)
        return f"Nobody reads it yet. From {since} on, {group.lower()} {reads} it{until}."
    return f"{group} {reads} it{until}."
