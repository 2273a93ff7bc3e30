"""What a client has thrown away, for the minute in which they may think better of it; exports."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone

from concierge.clients.models import Visitor
from concierge.clients.sealed import SealedTextField


class SetAside(models.Model):
    """Rows that were removed, as a serialiser tells them: their words are sealed inside as they
    were, and go with the client's key."""

    class What(models.TextChoices):
        MEMORY = "memory", "A memory"
        PAIR = "pair", "A question and its answer"
        CONVERSATION = "conversation", "A conversation"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="set_aside")
    what = models.CharField(max_length=12, choices=What)
    rows = models.TextField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "thing set aside"
        verbose_name_plural = "things set aside"

    def __str__(self) -> str:
        return f"{self.what} until {self.until:%H:%M:%S}"


class Export(models.Model):
    """What a client takes away, made in the background, and kept for a day under their key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="exports")
    asked = models.DateTimeField(auto_now_add=True)
    done = models.PositiveIntegerField(default=0, help_text="Conversations that are in it.")
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    content = SealedTextField(owner="visitor_id", blank=True, help_text="The ZIP, in base64.")
    language = models.CharField(max_length=8, blank=True, help_text="Of its page to read.")
    finished = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-asked"]

    def __str__(self) -> str:
        return f"{self.asked:%Y-%m-%d %H:%M}"

    def is_over(self, now: datetime | None = None) -> bool:
        return self.until <= (now or timezone.now())

    @property
    def percent(self) -> int:
        return 100 * self.done // max(self.total, 1)
