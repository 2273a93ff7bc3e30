"""What a feed brought, and the rows it could not."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from archive.models import Brand


class CatalogImport(models.Model):
    """One feed read once. The counts are of products; rejected counts rows of the file."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="catalog_imports")
    file_name = models.CharField(max_length=300)
    form = models.CharField(max_length=20, help_text="shopify, google or jsonld.")
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    withdrawn_count = models.PositiveIntegerField(default=0)
    notice = models.CharField(
        max_length=500, blank=True, help_text="Why products stayed that the file does not name."
    )
    keys = ArrayField(
        models.TextField(),
        blank=True,
        default=list,
        help_text="The products this feed answers for, until a later version of it does.",
    )
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started:%Y-%m-%d %H:%M})"

    @property
    def read_count(self) -> int:
        """Products of the file that could be read, new, changed or as they were."""
        return self.created_count + self.updated_count + self.unchanged_count


class RejectedRow(models.Model):
    catalog_import = models.ForeignKey(CatalogImport, models.CASCADE, related_name="rejected")
    line = models.PositiveIntegerField(help_text="Of the file, from 1.")
    key = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["catalog_import", "line"]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
