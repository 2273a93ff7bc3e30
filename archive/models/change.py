"""Who did what to a document, when, and how to undo it."""

import uuid

from django.conf import settings
from django.db import models

from archive.models.brand import Brand
from archive.models.document import Document


class Change(models.Model):
    """Fields of one document before and after; acts on many documents share a `batch`."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    title = models.CharField(max_length=300, help_text="Of the document, should it be deleted.")
    act = models.CharField(max_length=40, help_text="published, withdrawn, edited, ...")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: the product itself, at a schedule's asking say.",
    )
    at = models.DateTimeField(auto_now_add=True)
    batch = models.UUIDField(default=uuid.uuid4)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="undone"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["batch"], name="change_batch"),
            models.Index(fields=["-at", "-id"], name="change_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.act}"
