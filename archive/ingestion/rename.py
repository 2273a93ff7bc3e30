"""A document's new title and language, carried to its passages."""

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from archive.models import Document


def rename(document: Document, before: str) -> None:
    """Words are found under the new title at once; vectors follow with the next version."""
    passages = document.passages.filter(title__startswith=before)
    passages.update(title=Concat(Value(document.title), Substr(F("title"), len(before) + 1)))
    document.passages.update(language=document.language)
