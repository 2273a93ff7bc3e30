"""Documents that say the same, and which of them a person keeps."""

from django.conf import settings
from django.db import models

from archive.models.brand import Brand
from archive.models.document import Document


class Likeness(models.Model):
    """A cluster of copies within one brand."""

    class Kind(models.TextChoices):
        EXACT = "exact", "The same text"
        NEAR = "near", "Nearly the same text"
        VARIANT = "variant", "The same text with other numbers or names"

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="likenesses")
    kind = models.CharField(max_length=10, choices=Kind)
    found = models.DateTimeField(auto_now_add=True)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-found"]
        verbose_name_plural = "likenesses"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class Alike(models.Model):
    """A document's place in a likeness."""

    likeness = models.ForeignKey(Likeness, models.CASCADE, related_name="members")
    document = models.ForeignKey(Document, models.CASCADE, related_name="likenesses")
    containment = models.FloatField(help_text="Share of the shorter text in the other, 0 to 1.")
    kept = models.BooleanField(null=True, help_text="What a person chose; null: nothing yet.")

    class Meta:
        ordering = ["likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["likeness", "document"], name="alike_document")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.likeness_id}"
