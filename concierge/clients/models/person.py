"""Who is in the chat, and what they have allowed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models import Brand


class Client(models.Model):
    """A known person: somebody who has signed in, at one house."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="clients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="clients")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "user"], name="client_of_brand")]

    def __str__(self) -> str:
        return str(self.id)


class VisitorQuerySet(models.QuerySet["Visitor"]):
    def same_person(self, visitor: "Visitor") -> "VisitorQuerySet":
        """This visitor, and those of the same client, or of the same browser at the same house."""
        same = Q(pk=visitor.pk)
        if visitor.browser:
            same |= Q(browser=visitor.browser, brand=visitor.brand_id)
        if visitor.client_id:
            same |= Q(client=visitor.client_id)
        return self.filter(same)


class Visitor(models.Model):
    """Somebody at one house, known by the cookie of one browser until they sign in.

    One without a browser is whoever works on this machine. Off the record, a visitor has one
    conversation and is forgotten after it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="visitors")
    browser = models.UUIDField(null=True, blank=True, editable=False)
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="visitors"
    )
    off_record = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = VisitorQuerySet.as_manager()

    class Meta:
        # Asked for with each request, off the record or on it.
        indexes = [models.Index(fields=["browser"], name="visitor_by_browser")]
        constraints = [
            models.UniqueConstraint(
                fields=["browser", "brand"],
                name="visitor_of_browser",
                condition=Q(off_record=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Key(models.Model):
    """What everything a visitor said is sealed with, itself wrapped: concierge/clients/keys.py."""

    visitor = models.OneToOneField(Visitor, models.CASCADE, primary_key=True, related_name="key")
    wrapped = models.BinaryField()
    wrapper = models.CharField(max_length=16, help_text="The key of the environment it is under.")
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["wrapper"], name="key_wrapper")]

    def __str__(self) -> str:
        return str(self.visitor_id)


class Purpose(models.TextChoices):
    """What a client may say yes to."""

    SERVE = "serve", "Serve"
    PERSONALISE = "personalise", "Personalise"
    IMPROVE = "improve", "Improve"
    TRAIN = "train", "Train"


class Consent(models.Model):
    """A dated yes to one purpose, in one wording, until it is taken back.

    One that was never given is a no, on the date it was said.
    """

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    version = models.PositiveIntegerField(help_text="Of the words that were agreed to.")
    language = models.CharField(max_length=8)
    place = models.CharField(max_length=20, help_text="Where it was asked.")
    conversation = models.UUIDField(
        null=True, blank=True, help_text="The conversation it was asked in, where it was in one."
    )
    given = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["conversation"], name="consent_asked_in")]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "purpose"],
                name="consent_standing",
                condition=Q(withdrawn__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(given__isnull=False) | Q(withdrawn__isnull=False),
                name="consent_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"
