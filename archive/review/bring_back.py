"""An earlier text of a document, brought in again from its kept original as the new one."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from archive.ingestion.kept import hold, is_kept
from archive.ingestion.run import start_kept
from archive.models import DocumentVersion, IngestionItem, IngestionRun


class NotKeptError(Exception):
    """The original is gone; the text is one plain sentence."""


def bring_back(version: DocumentVersion, by: AbstractBaseUser | None = None) -> IngestionRun:
    """A run of that one file, with what was said of it when it came. Raises NotKeptError."""
    document = version.document
    with transaction.atomic():
        hold()
        if not version.file or not is_kept(str(version.file.name)):
            raise NotKeptError(f"The original of text no. {version.number} is not kept any more.")
        item = IngestionItem(
            key=document.key,
            address=version.address,
            file_name=version.file_name,
            file=version.file.name,
            content_hash=version.content_hash,
            size=version.item.size if version.item else 0,
            metadata=version.item.metadata if version.item else {},
        )
        origin = f"Text no. {version.number} of {document.title}"
        return start_kept(document.brand_id, [item], origin, by)
