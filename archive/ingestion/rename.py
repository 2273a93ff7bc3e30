"""A document's new title and language, carried to its passages."""

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from archive.ingestion.language import passage_language
from archive.models import Document


def rename(document: Document, before: str) -> None:
    """Words are found under the new title at once; vectors follow with the next version."""
    passages = document.passages.filter(title__startswith=before)
    passages.update(title=Concat(Value(document.title), Substr(F("title"), len(before) + 1)))
    spoken: dict[str, list[int]] = {}
    for number, text in document.passages.values_list("pk", "text"):
        spoken.setdefault(passage_language(text, document.language), []).append(number)
    for language, numbers in spoken.items():
        document.passages.filter(pk__in=numbers).exclude(language=language).update(
            language=language
        )
