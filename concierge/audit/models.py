"""What staff have read and changed of clients, and why they were let read it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concierge.clients.models import Visitor
from concierge.clients.sealed import SealedTextField


class Act(models.TextChoices):
    LISTED = "listed", "Looked at, without words"
    READ = "read", "Read"
    OPENED = "opened", "Opened, for a reason"
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"
    EXPORTED = "exported", "Exported"
    ERASED = "erased", "Erased"
    HELD = "held", "Put on hold"
    RELEASED = "released", "Hold ended"
    RESTORED = "restored", "Restored from a backup"


class Reason(models.TextChoices):
    """Why somebody of the staff reads what a client wrote."""

    ASKED = "asked", _("The client asks for help")
    COMPLAINT = "complaint", _("A complaint is looked into")
    WRONG = "wrong", _("The concierge may have answered wrongly")
    SAFETY = "safety", _("Fraud, a threat or somebody in danger")
    LAW = "law", _("The law asks for it")


class Role(models.TextChoices):
    PRODUCT = "product", _("The product itself")
    STAFF = "staff", _("Staff")
    ADMINISTRATOR = "administrator", _("Administrator")
    CLIENT = "client", _("The client")


class Entry(models.Model):
    """One deed in the log: who, when, what, which row and why, chained to the one before it.

    It holds codes, ids and digests, and no word that a person has written. Its table is made by
    its migration, with a trigger that lets rows in and none change or go; being unmanaged keeps it
    out of `flush`, which would otherwise empty it.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.BigIntegerField(null=True, help_text="The user's primary key.")
    role = models.CharField(max_length=20, choices=Role)
    act = models.CharField(max_length=20, choices=Act)
    kind = models.CharField(max_length=60, help_text="Of the row: chat.conversation, say.")
    row = models.CharField(max_length=64, blank=True, help_text="Its primary key.")
    brand_id = models.BigIntegerField("brand", null=True)
    reason = models.CharField(max_length=20, blank=True, choices=Reason)
    digest = models.CharField(max_length=64, blank=True, help_text="Of the reason's own words.")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "audit_entry"
        ordering = ["-number"]
        verbose_name = "deed"

    def __str__(self) -> str:
        return f"Entry {self.number}"


class Reading(models.Model):
    """A conversation whose words somebody of the staff has opened, until when and why.

    The sentence of the reason is sealed under the visitor's key, the salt of its digest lies
    beside it: both go with the visitor, and what the log still has tells nobody anything.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="readings")
    conversation = models.UUIDField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    reason = models.CharField(max_length=20, choices=Reason)
    words = SealedTextField(owner="visitor_id")
    salt = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["conversation", "who"], name="reading_of")]

    def __str__(self) -> str:
        return f"{self.conversation} {self.at:%Y-%m-%d %H:%M}"
