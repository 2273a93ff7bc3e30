"""Letting readers in, and keeping them out again."""

from django.db.models import QuerySet
from django.utils import timezone

from archive.models import Document
from archive.models.document import Status


def publish(documents: QuerySet[Document]) -> int:
    """Show those that wait and have a text; how many. A withdrawn one stays withdrawn."""
    waiting = documents.filter(status__in=(Status.DRAFT, Status.REVIEW), current__isnull=False)
    return waiting.update(status=Status.PUBLISHED, updated=timezone.now())


def restore(documents: QuerySet[Document]) -> int:
    """Show withdrawn ones again: a person's decision, never an ingestion's."""
    withdrawn = documents.filter(status=Status.WITHDRAWN, current__isnull=False)
    return withdrawn.update(status=Status.PUBLISHED, updated=timezone.now())


def withdraw(documents: QuerySet[Document]) -> int:
    """Hide them from every reader at once; how many."""
    shown = documents.exclude(status=Status.WITHDRAWN)
    return shown.update(status=Status.WITHDRAWN, updated=timezone.now())
