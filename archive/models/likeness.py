"""Documents that say the same, and which of them a person keeps."""

from django.conf import settings
from django.db import models

from archive.models.brand import Brand
from archive.models.document import Document, DocumentVersion


class Likeness(models.Model):
    """A cluster of copies within one brand."""

    class Kind(models.TextChoices):
        EXACT = "exact", "The same text"
        NEAR = "near", "Nearly the same text"
        VARIANT = "variant", "Much the same, with other numbers or names"

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="likenesses")
    kind = models.CharField(max_length=10, choices=Kind)
    found = models.DateTimeField(auto_now_add=True)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    batch = models.UUIDField(
        null=True, blank=True, help_text="Of the changes that withdrew what was not kept."
    )

    class Meta:
        ordering = ["-found"]
        verbose_name = "cluster of copies"
        verbose_name_plural = "copies"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class Alike(models.Model):
    """A document's place in a likeness."""

    likeness = models.ForeignKey(Likeness, models.CASCADE, related_name="members")
    document = models.ForeignKey(Document, models.CASCADE, related_name="likenesses")
    containment = models.FloatField(help_text="Share of the shorter text in the other, 0 to 1.")
    digest = models.CharField(
        max_length=32, blank=True, help_text="Of the document's words when it was found."
    )
    kept = models.BooleanField(null=True, help_text="What a person chose; null: nothing yet.")

    class Meta:
        ordering = ["likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["likeness", "document"], name="alike_document")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.likeness_id}"


class Signature(models.Model):
    """A version's text in the numbers by which it is compared: archive.likeness.sketch."""

    version = models.OneToOneField(
        DocumentVersion, models.CASCADE, primary_key=True, related_name="signature"
    )
    method = models.PositiveSmallIntegerField(help_text="Of making it; another is made anew.")
    digest = models.BinaryField(help_text="Of all words, 16 bytes.")
    sentences = models.BinaryField(help_text="Unsigned numbers of 8 bytes, the lowest first.")
    least = models.BinaryField(help_text="Unsigned numbers of 4 bytes, the lowest first.")
    anchors = models.BinaryField(help_text="Unsigned numbers of 8 bytes, the lowest first.")
    size = models.PositiveIntegerField(help_text="Different 5-grams.")

    def __str__(self) -> str:
        return f"of {self.version_id}"


class Comparing(models.Model):
    """When a brand's documents were last compared, when that was asked for, and who does it."""

    brand = models.OneToOneField(Brand, models.CASCADE, primary_key=True, related_name="comparing")
    asked = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True, help_text="What was asked for by then.")
    attempts = models.PositiveIntegerField(default=0, help_text="Since it was asked for.")
    lease_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.brand_id}: {self.asked:%Y-%m-%d %H:%M}"
