"""Where documents come from on a schedule, and what each place held the last time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.brand import Brand
from archive.models.document import Document, Status
from archive.viewer import Audience


class Source(models.Model):
    """A place that is listed again and again: a folder, a website, a feed, a shop."""

    class Kind(models.TextChoices):
        FOLDER = "folder", "A folder"
        STORE = "store", "An object store or other file system"
        SITE = "site", "A website, by its sitemap"
        PAGES = "pages", "Web pages, one address a line"
        FEED = "feed", "An RSS or Atom feed"
        SHOP = "shop", "A shop's product feed"

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="sources")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.TextField(help_text="A path or an address; of web pages, one a line.")
    schedule = models.CharField(
        max_length=100, blank=True, help_text="Minute, hour, day, month, weekday; empty: by hand."
    )
    enabled = models.BooleanField(default=True)
    document_kind = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    rights = models.CharField("rights holder", max_length=300, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    arrives = models.CharField(
        "new documents arrive as",
        max_length=10,
        choices=[(value, Status(value).label) for value in ("draft", "review", "published")],
        default=Status.REVIEW,
    )
    created = models.DateTimeField(auto_now_add=True)
    scheduled = models.DateTimeField(
        null=True, blank=True, help_text="Since when the schedule is as it is."
    )
    wanted = models.DateTimeField(null=True, blank=True, help_text="When a run was asked for.")
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(
        default=0, help_text="Leases in a row that were not given back."
    )
    leases = models.PositiveIntegerField(default=0, help_text="Tells one lease from a later one.")

    class Meta:
        ordering = ["brand", "name"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="source_name"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="source_audience"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """One file or page of a source, as it was found the last time."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="listings")
    key = models.CharField(max_length=300, help_text="The document's key.")
    address = models.TextField()
    etag = models.CharField(max_length=300, blank=True)
    stamp = models.CharField(
        max_length=200, blank=True, help_text="What the list said of its state: a time, a size."
    )
    last_modified = models.CharField(max_length=100, blank=True, help_text="As the server wrote.")
    size = models.BigIntegerField(null=True, blank=True, help_text="Bytes.")
    content_hash = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="listings"
    )
    created = models.DateTimeField(auto_now_add=True)
    asked = models.DateTimeField(
        null=True, blank=True, help_text="When its bytes were last asked for."
    )
    seen = models.DateTimeField(help_text="When the source last held it.")
    missing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["source", "key"]
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="listing_key")]

    def __str__(self) -> str:
        return self.key
