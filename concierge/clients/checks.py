"""What the operator is told before a client meets it: keys that are missing."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from archive.wall.scope import everything
from concierge.clients.keys import SealError, ring
from concierge.clients.rotate import missing

LOST = (
    "Clients' keys are wrapped by {names}, which CLIENT_KEYS does not name: what those clients "
    "said cannot be read. Add the missing key behind the first (docs/privacy-keys.md)."
)


@register(Tags.security)
def keys_are_named(**_: Any) -> list[CheckMessage]:
    try:
        ring()
    except SealError as error:
        return [Error(str(error), id="clients.E001")]
    return []


@register(Tags.database)
def keys_open_what_is_kept(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Only where the database is asked for: `check --database default`, `migrate`."""
    if not databases:
        return []
    words = lost()
    return [Error(words, id="clients.E002")] if words else []


def lost() -> str:
    """The sentence on keys that are missing; "" where none is, or the database cannot tell."""
    try:
        with everything():
            names = missing()
    except (DatabaseError, SealError):
        return ""
    return LOST.format(names=", ".join(names)) if names else ""
