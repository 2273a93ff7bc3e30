"""What cleaning left out of a document's text, and why."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from archive.models.brand import Brand
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
    left_out = models.BooleanField(
        default=True, help_text="Whether the document's present text is without it."
    )
    created = models.DateTimeField(auto_now_add=True)
    restored = models.DateTimeField(null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["document", F("page").asc(nulls_first=True), "pk"]
        verbose_name = "stretch left out"
        verbose_name_plural = "left out"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "rule", "fingerprint"], name="drop_fingerprint"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text[:60]}"


class BoilerplateQuerySet(models.QuerySet["Boilerplate"]):
    def unwanted(self) -> "BoilerplateQuerySet":
        """Those that somebody has left out of every document."""
        return self.filter(left_out=True)


class Boilerplate(models.Model):
    """A paragraph at the edge of many documents of a brand: it goes where a person says so."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    text = models.TextField()
    fingerprint = models.CharField(max_length=64, help_text="As of a drop.")
    documents = ArrayField(models.BigIntegerField(), default=list, help_text="That hold it.")
    left_out = models.BooleanField(null=True, help_text="null: nobody has decided.")
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    found = models.DateTimeField(auto_now_add=True)

    objects = BoilerplateQuerySet.as_manager()

    class Meta:
        ordering = ["-found"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "fingerprint"], name="boilerplate_fingerprint")
        ]

    def __str__(self) -> str:
        return self.text[:80]
