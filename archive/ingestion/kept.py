"""The kept bytes of files: one copy of each content, for as long as a row names it."""

from collections.abc import Collection, Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from archive.models import DocumentVersion, IngestionItem

LOCK = "hashtext('archive.kept')"


def is_kept(name: str) -> bool:
    return Path(settings.MEDIA_ROOT, name).is_file()


def wanted(names: Iterable[str]) -> set[str]:
    """Those that a version or an item of a run still refers to."""
    rows = (
        model.objects.filter(file__in=list(names)).values_list("file", flat=True)
        for model in (DocumentVersion, IngestionItem)
    )
    return {name for some in rows for name in some}


def hold() -> None:
    """Let no kept file go before this transaction ends, in which rows come to name some."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({LOCK})")


def discard(names: Collection[str]) -> None:
    """Remove from MEDIA_ROOT those of `names` that no row refers to any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        for name in set(names) - wanted(names):
            Path(settings.MEDIA_ROOT, name).unlink(missing_ok=True)
