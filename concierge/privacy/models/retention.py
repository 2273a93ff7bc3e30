"""How long each kind of thing is kept, and what must be kept all the same."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models import Brand
from concierge.chat.models import Conversation
from concierge.clients.models import Visitor
from concierge.clients.sealed import SealedTextField

DECADE = 3650  # days


class Period(models.Model):
    """How many whole days a house keeps one kind of thing; a kind without one has the default."""

    class Kind(models.TextChoices):
        CONVERSATIONS = "conversations", _("Conversations")
        MEMORIES = "memories", _("What the house remembers of you")
        GAPS = "gaps", _("Questions the house could not answer")
        VISITORS = "visitors", _("A browser with nothing left to its name")
        READINGS = "readings", _("Who of the house has read your words")
        CALLS = "calls", _("Which model was asked, when and what it cost")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="periods")
    kind = models.CharField(max_length=20, choices=Kind)
    days = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(DECADE)],
        help_text="Whole days, which end at midnight where the house is.",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "period"
        ordering = ["brand__name", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "kind"],
                name="period_of_kind",
                violation_error_message="This brand has a period for that kind already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days} days"


class Hold(models.Model):
    """A person, or one conversation of theirs, that the law obliges the house to keep for now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="holds")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="holds")
    conversation = models.ForeignKey(
        Conversation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="holds",
        help_text="Empty: everything of the person.",
    )
    why = SealedTextField(owner="visitor_id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateField(
        null=True, blank=True, help_text="Its last day. Empty: until somebody ends it."
    )
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "legal hold"
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["visitor"], name="hold_standing", condition=models.Q(ended=None))
        ]

    def __str__(self) -> str:
        return f"Hold of {self.at:%Y-%m-%d}"
