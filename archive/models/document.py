"""Archival items and the versions of their text."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from archive.models.brand import Brand
from archive.viewer import Audience, Viewer

PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"  # ISO 8601 to the year, month or day


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


def readable(viewer: Viewer) -> Q:
    """The one condition under which `viewer` may read a document, or a passage of it.

    The time is the database's, at each statement: what the condition says does not grow old.
    """
    return (
        Q(brand_id=viewer.brand_id, status=Status.PUBLISHED)
        & Q(audience__in=sorted(viewer.audiences))
        & (Q(embargo_until=None) | Q(embargo_until__lte=Now()))
        & (Q(rights_until=None) | Q(rights_until__gt=Now()))
    )


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, viewer: Viewer) -> "DocumentQuerySet":
        return self.filter(readable(viewer))


class Document(models.Model):
    """One archival item. Its text is the text of its current version."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="documents")
    key = models.CharField(max_length=300, help_text="What names it at its source, a path say.")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40, blank=True, default="document")
    date = models.CharField(max_length=10, blank=True, help_text="1934, 1934-05 or 1934-05-02.")
    season = models.CharField(max_length=60, blank=True)
    collection = models.CharField(max_length=120, blank=True)
    people = ArrayField(models.CharField(max_length=120), blank=True, default=list)
    language = models.CharField(max_length=8, blank=True)
    rights = models.CharField("rights holder", max_length=300, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    rights_until = models.DateTimeField(null=True, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    embargo_until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    current = models.OneToOneField(
        "archive.DocumentVersion", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(fields=["brand", "status", "audience"], name="document_door"),
            GinIndex(fields=["people"], name="document_people"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["brand", "key"], name="document_key"),
            # What passages refer to, so that the database itself keeps brands apart.
            models.UniqueConstraint(fields=["id", "brand"], name="document_of_brand"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="document_audience"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="document_status"),
            models.CheckConstraint(
                condition=Q(date="") | Q(date__regex=PARTIAL_DATE), name="document_date"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """What a citation shows is `text[start:end]`; empty before the first version."""
        return self.current.text if self.current else ""


class DocumentVersion(models.Model):
    """The text of a document as one source file gave it. Never changed once written."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the source bytes.")
    text = models.TextField()
    pages = models.JSONField(default=list, help_text="[{number, start, end}], by start.")
    headings = models.JSONField(default=list, help_text="[{level, start, end}], by start.")
    turns = models.JSONField(
        default=list, help_text="[{speaker, start, end, seconds}], by start, of a transcript."
    )
    unread_pages = models.JSONField(default=list, help_text="Numbers of the pages without text.")
    item = models.ForeignKey(
        "archive.IngestionItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of the run that brought it in.",
    )
    address = models.TextField(blank=True, help_text="Where the bytes came from.")
    file_name = models.CharField(max_length=300)
    file = models.FileField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"

    def page_at(self, offset: int) -> int | None:
        """The number of the page that holds the character at `offset`, if there are pages."""
        return next((p["number"] for p in reversed(self.pages) if p["start"] <= offset), None)

    def time_at(self, offset: int) -> str:
        """When in a recording the turn at `offset` begins: "12:40", "1:02:05", or ""."""
        said = next((t for t in reversed(self.turns) if t["start"] <= offset < t["end"]), None)
        if said is None or said["seconds"] is None:
            return ""
        minutes, seconds = divmod(int(said["seconds"]), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
