"""What came in, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.brand import Brand
from archive.models.document import Document
from archive.viewer import Audience


class IngestionRun(models.Model):
    """One pass over some files, with an outcome per item."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="ingestion_runs")
    origin = models.CharField(max_length=300, help_text="What was asked for, a folder say.")
    kind = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, blank=True)
    publish = models.BooleanField(default=False)
    submit = models.BooleanField(
        default=False, help_text="Whether what it brings in is handed in for review."
    )
    hold = models.BooleanField(
        default=False,
        help_text="Whether a changed text of an approved document waits for a person.",
    )
    source = models.ForeignKey(
        "archive.Source", models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    gathering = models.BooleanField(
        default=False, help_text="Whether its source is still being read: more items may come."
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    notes = models.JSONField(default=list, help_text="Sentences on what was left out, and why.")
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0, help_text="To end it.")
    lease_until = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created"]
        indexes = [
            models.Index(fields=["id"], name="run_unfinished", condition=Q(finished=None)),
        ]

    def __str__(self) -> str:
        return f"{self.origin} ({self.created:%Y-%m-%d %H:%M})"


class IngestionItem(models.Model):
    """One file of a run. The row says what is to be done; the queue only nudges."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        WORKING = "working", "Working"
        CREATED = "created", "Created"
        UPDATED = "updated", "New version"
        UNCHANGED = "unchanged", "Unchanged"
        HELD = "held", "Waits for a person"
        UNPACKED = "unpacked", "Unpacked"
        FAILED = "failed", "Failed"

    ENDED = (
        State.CREATED,
        State.UPDATED,
        State.UNCHANGED,
        State.HELD,
        State.UNPACKED,
        State.FAILED,
    )

    LEFT = (State.WAITING, State.WORKING)
    STEPS = ("fetch", "parse", "clean", "split", "embed", "index")

    run = models.ForeignKey(IngestionRun, models.CASCADE, related_name="items")
    key = models.CharField(max_length=300)
    address = models.TextField(blank=True, help_text="Where its source found it.")
    file_name = models.CharField(max_length=300)
    file = models.FileField(max_length=300)
    content_hash = models.CharField(max_length=64)
    size = models.BigIntegerField(default=0, help_text="Bytes, where they were counted.")
    metadata = models.JSONField(default=dict, help_text="Document fields given with the file.")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="members"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=10, blank=True, help_text="The last step begun.")
    timings = models.JSONField(
        default=dict, help_text="{step: milliseconds} of the last attempt, of STEPS."
    )
    reason = models.TextField(blank=True, help_text="Why it failed, for a curator.")
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="ingestion_items"
    )
    passages = models.PositiveIntegerField(default=0)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "id"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="item_unfinished",
                condition=Q(state__in=["waiting", "working"]),
            ),
            models.Index(
                fields=["run"],
                name="item_left",
                condition=Q(state__in=["waiting", "working"]),
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="item_key")]

    def __str__(self) -> str:
        return self.file_name
