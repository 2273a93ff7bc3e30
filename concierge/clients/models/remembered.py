"""What the house remembers of somebody."""

from typing import Any

from django.conf import settings
from django.db import models

from concierge.clients.models.person import Visitor
from concierge.clients.sealed import Sealed, SealedTextField
from concierge.clients.unkept import unkept


class NeverKeptError(ValueError):
    """A number of a card or of papers, a secret, or a matter of health."""


class Memory(models.Model):
    """One thing a client has told of themselves, kept for the next conversation."""

    class Kind(models.TextChoices):
        NAME = "name", "Name"
        EMAIL = "email", "E-mail"
        PHONE = "phone", "Telephone"
        ADDRESS = "address", "Address"
        SIZE = "size", "Size"
        TASTE = "taste", "Taste"
        OCCASION = "occasion", "Occasion"
        OTHER = "other", "Other"

    class Origin(models.TextChoices):
        SAID = "said", "Said in a conversation"
        WRITTEN = "written", "Written by the client"
        HOUSE = "house", "Entered by the house"

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="memories")
    kind = models.CharField(max_length=10, choices=Kind)
    text = SealedTextField(owner="visitor_id")
    origin = models.CharField(max_length=10, choices=Origin)
    message = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The message it was said in."
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "memories"
        ordering = ["kind", "created"]

    def __str__(self) -> str:
        return self.kind

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises NeverKeptError where the text is what is never remembered, whoever wrote it.

        What is sealed already was looked at when it was written.
        """
        fields = kwargs.get("update_fields")
        is_written = (fields is None or "text" in fields) and not isinstance(self.text, Sealed)
        if is_written and unkept(self.text):
            raise NeverKeptError(self.kind)
        super().save(*args, **kwargs)


class Note(models.Model):
    """What somebody of the house has written about a client, for colleagues."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = SealedTextField(owner="visitor_id")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d}"
