"""Quotations, days and moments as the language of the page writes them."""

import re
from datetime import date, datetime, tzinfo

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.ingestion.metadata import time_zone
from archive.models import Brand
from concierge.chat.render import MARKER, PIECE_MARKER

register = template.Library()

# Of Django's date formats; its own for English and Italian are not what a letter would say.
DAYS = {"en": "j F Y", "fr": "j F Y", "it": "j F Y", "de": "j. F Y"}
MOMENTS = {
    "en": "{day}, {time}",
    "fr": "{day} à {time}",
    "it": "{day}, ore {time}",
    "de": "{day}, {time}\u00a0Uhr",
}
FIRST = {"fr": "1er", "it": "1º"}  # the first of a month, where it is not a plain number


@register.filter
def quoted(words: str) -> str:
    """`words` between the quotation marks of the page's language."""
    return _("“%(words)s”") % {"words": words}


@register.filter
def unmarked(answer: str) -> str:
    """An answer as plain words: its quotations without the sign they begin with."""
    return PIECE_MARKER.sub("", re.sub(r"^> ", "", answer, flags=re.MULTILINE))


@register.filter
def bare(answer: str) -> str:
    """The same without the numbers of its sources, where those are not listed."""
    return MARKER.sub("", unmarked(answer))


@register.filter
def zone(brand: Brand) -> tzinfo:
    """Where the house is, for `{% timezone brand|zone %}`: all of a page goes by one clock."""
    return time_zone(brand)


@register.filter
def day(when: date | datetime | None) -> str:
    """“5 November 2026”, “5. November 2026”, “1er novembre 2026”; "" for nothing.

    A moment is told in the time zone that is active.
    """
    if not when:
        return ""
    code = language()
    own = timezone.localtime(when) if isinstance(when, datetime) else when
    told = formats.date_format(own, DAYS[code])
    told = told.lower() if code == "it" else told  # Django gives its months capitals
    return FIRST[code] + told[1:] if own.day == 1 and code in FIRST else told


@register.filter
def moment(when: datetime | str | None) -> str:
    """The day with its time: “5 November 2026, 14:30”; "" for nothing. `when` may be ISO 8601."""
    if not when:
        return ""
    if isinstance(when, str):
        when = datetime.fromisoformat(when)
    time = formats.date_format(timezone.localtime(when), "H:i")
    return MOMENTS[language()].format(day=day(when), time=time)


def language() -> str:
    """Of the page, as far as it is written in it; else English."""
    code = (get_language() or "")[:2]
    return code if code in DAYS else "en"
