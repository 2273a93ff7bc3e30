"""What staff should know, until somebody has seen to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.brand import Brand
from archive.models.document import Document
from archive.models.ingestion import IngestionItem
from archive.models.source import Source


class Notice(models.Model):
    """One sentence about a document, an item or a source; the same one is not told twice."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="notices")
    about = models.CharField(max_length=40, help_text="parked, unread_pages, source_failed, ...")
    subject = models.CharField(max_length=300, help_text="What it is about: a key, a name.")
    text = models.TextField()
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    item = models.ForeignKey(
        IngestionItem, models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    created = models.DateTimeField(auto_now_add=True)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "about", "subject"],
                condition=Q(settled=None),
                name="notice_open",
            )
        ]

    def __str__(self) -> str:
        return self.text
