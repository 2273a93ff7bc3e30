"""Which parts of a text are personal by their form, whoever wrote them."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from concierge.redaction.accounts import accounts
from concierge.redaction.anchored import anchored
from concierge.redaction.births import births
from concierge.redaction.forms import NUMBERED, Written, written
from concierge.redaction.found import KINDS, Found, apart
from concierge.redaction.living import living
from concierge.redaction.phones import telephones
from concierge.redaction.places import addresses
from concierge.redaction.plain import plain
from concierge.redaction.presidio import recognised

# Without one of these nothing here has a form: the text is not looked at further.
SIGNS = re.compile(r"\d|@|/|www\.|\[|\b(?:at|arobase|chiocciola|ät|arroba)\b", re.IGNORECASE)


def identifiers(text: str) -> list[Found]:
    """In their order, none within another; places are those of `text` as it was given."""
    return apart(forms(text))


def forms(text: str) -> list[Found]:
    """The same before those that overlap are made one."""
    read = plain(text)
    found = [*living(read.text)]
    if SIGNS.search(read.text):
        found += signed(read.text)
    return [
        Found(each.kind, *read.span(each.start, each.end))
        for each in found
        if each.end > each.start
    ]


def signed(text: str) -> list[Found]:
    """What has a digit or a sign."""
    found = [*written(text), *written(text, own_forms())]
    if "@" in text or NUMBERED.search(text):
        found += recognised(text)
    if any(each.isdigit() for each in text):
        found += [*telephones(text), *births(text), *addresses(text)]
        found += [*anchored(text), *accounts(text)]
    return found


def own_forms() -> tuple[Written, ...]:
    """Those that the house has added, in the file that REDACTION_PATTERNS names."""
    return added(settings.REDACTION_PATTERNS) if settings.REDACTION_PATTERNS else ()


@lru_cache(maxsize=1)
def added(path: str) -> tuple[Written, ...]:
    """`CARD = ["..."]`: kinds with the regular expressions of each. Raises ImproperlyConfigured."""
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        forms = [Written(kind, re.compile(each)) for kind, some in told.items() for each in some]
    except (OSError, ValueError, TypeError, re.error) as error:
        raise ImproperlyConfigured(f"REDACTION_PATTERNS: {path} cannot be read: {error}") from error
    if strange := {form.kind for form in forms} - set(KINDS):
        known = ", ".join(KINDS)
        raise ImproperlyConfigured(
            f"REDACTION_PATTERNS: {path} names {', '.join(sorted(strange))}; kinds are {known}."
        )
    return tuple(forms)
