"""What a document is, in one line."""

from datetime import date

from django import template
from django.utils import formats
from django.utils.translation import pgettext

from archive.models import Document
from concierge.chat.templatetags.worded import day, language

register = template.Library()

# Kinds that most houses have; any other is shown as the house wrote it.
COMMON_KINDS = (
    *("Press release", "Interview", "Transcript", "Craft note", "History", "Collection"),
    *("Care guide", "Lookbook", "Portrait", "Letter", "Notebook", "Document"),
)


@register.filter
def provenance(document: Document) -> str:
    """Kind and date, for example "Press release, October 2024"."""
    kind = document.kind.replace("_", " ").replace("-", " ").capitalize()
    told = pgettext("document", kind) if kind in COMMON_KINDS else kind
    return ", ".join(part for part in (told, in_words(document.date)) if part)


def in_words(partial: str) -> str:
    """A date known to the year, month or day, in words of the reader's language."""
    parts = [int(part) for part in partial.split("-") if part]
    match parts:
        case [year]:
            return str(year)
        case [year, month]:
            told = formats.date_format(date(year, month, 1), "F Y")
            return told.lower() if language() == "it" else told
        case [year, month, number]:
            return day(date(year, month, number))
    return ""
