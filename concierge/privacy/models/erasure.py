"""Erasures asked for and carried out, and what they need to find."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from archive.models import Brand


class Erasure(models.Model):
    """One person to be forgotten, and then the receipt. Random numbers are all it has of them."""

    class Reason(models.TextChoices):
        CLIENT = "client", "The client asked for it"
        HOUSE = "house", "The house asked for it"
        RETENTION = "retention", "The time to keep it was over"
        OFF_RECORD = "off_record", "A conversation off the record ended"
        REPLAY = "replay", "A restored backup had brought it back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, related_name="erasures")
    reason = models.CharField(max_length=12, choices=Reason)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of the staff; empty where it was the client or the product itself.",
    )
    visitors = ArrayField(models.UUIDField())
    clients = ArrayField(models.UUIDField())
    digest = models.CharField(max_length=64, help_text="A keyed digest of the visitors' numbers.")
    whom = models.JSONField(default=dict, help_text="Numbers of rows, until all are gone.")
    found = models.JSONField(default=dict, help_text="How much there was, by place.")
    asked = models.DateTimeField(default=timezone.now)
    line = models.PositiveIntegerField(default=0, help_text="Of the ledger; 0: not yet there.")
    held_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when a process is at it."
    )
    attempts = models.PositiveIntegerField(default=0)
    finished = models.DateTimeField(null=True, blank=True)
    settled = models.DateTimeField(
        null=True, blank=True, help_text="When it was last looked for anything that came after."
    )
    receipt = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-asked"]
        indexes = [
            models.Index(
                fields=["asked"], name="erasure_unsettled", condition=models.Q(settled=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked:%Y-%m-%d %H:%M}"


class LedgerMark(models.Model):
    """How much of the ledger this database knows of: one restored from a backup knows less."""

    line = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.line)


class BrowserSession(models.Model):
    """Which browser a session is of: its own row names that only in a sealed form."""

    session_key = models.CharField(max_length=40, primary_key=True)
    browser = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.browser)
