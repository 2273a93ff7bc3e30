"""What a document is, in one line."""

from datetime import date

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from archive.models import Document

register = template.Library()

# Kinds that most houses have, for the translators; any other is shown as the house wrote it.
COMMON_KINDS = (
    *(gettext_noop("Press release"), gettext_noop("Interview"), gettext_noop("Transcript")),
    *(gettext_noop("Craft note"), gettext_noop("History"), gettext_noop("Collection")),
    *(gettext_noop("Care guide"), gettext_noop("Lookbook"), gettext_noop("Portrait")),
    *(gettext_noop("Letter"), gettext_noop("Notebook"), gettext_noop("Document")),
)


@register.filter
def provenance(document: Document) -> str:
    """Kind and date, for example "Press release, October 2024"."""
    kind = (
        _(document.kind.replace("_", " ").replace("-", " ").capitalize()) if document.kind else ""
    )
    return ", ".join(part for part in (kind and _(kind), in_words(document.date)) if part)


def in_words(partial: str) -> str:
    """A date known to the year, month or day, in words of the reader's language."""
    parts = [int(part) for part in partial.split("-") if part]
    match parts:
        case [year]:
            return str(year)
        case [year, month]:
            return formats.date_format(date(year, month, 1), "F Y")
        case [year, month, day]:
            return formats.date_format(date(year, month, day), "j F Y")
    return ""
