"""What cleaning left out of a document's text, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F

from archive.models.document import Document


class Drop(models.Model):
    """A stretch of a file that is not in the document's text, until a person restores it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="drops")
    rule = models.CharField(max_length=40, help_text="running_head, boilerplate, ...")
    value = models.CharField(max_length=120, help_text="What the rule measured, in words.")
    text = models.TextField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the text as compared.")
    page = models.PositiveIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1, help_text="How often it stood there.")
    created = models.DateTimeField(auto_now_add=True)
    restored = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["document", F("page").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "rule", "fingerprint"], name="drop_fingerprint"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text[:60]}"
