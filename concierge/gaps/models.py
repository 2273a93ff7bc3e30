"""What people ask and the archive does not tell."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from pgvector.django import VectorField

from archive.models import Brand, Passage
from concierge.approved.models import ApprovedAnswer
from concierge.clients.models import Visitor
from concierge.clients.sealed import SealedTextField


class Status(models.TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    DISMISSED = "dismissed", "Dismissed"


class GapQuerySet(models.QuerySet["Gap"]):
    """Each act gives how many gaps it changed; `reopen` undoes either of the others.

    `by` is the primary key of who does it.
    """

    def dismiss(self, by: int | None) -> int:
        """Not for this house to answer."""
        return self._settle(Status.DISMISSED, by)

    def mark_answered(self, by: int | None) -> int:
        """The archive tells it now; asked once more in vain, the gap opens again."""
        return self._settle(Status.ANSWERED, by)

    def reopen(self) -> int:
        return self.exclude(status=Status.OPEN).update(
            status=Status.OPEN, settled=None, settled_by=None, updated=timezone.now()
        )

    def _settle(self, status: Status, by: int | None) -> int:
        now = timezone.now()
        return self.exclude(status=status).update(
            status=status, settled=now, settled_by_id=by, updated=now
        )

    def of(self, brand_id: int) -> Self:
        return self.filter(brand_id=brand_id)


class Gap(models.Model):
    """A question that was asked in vain, however often and in whatever words.

    It knows the words, blanked, and not in which conversation they were said. Who asked is kept
    apart, in `Asking`, so that their words can be taken out with them.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="gaps")
    question = models.TextField(help_text="As first asked, addresses and numbers blanked.")
    key = models.CharField(max_length=64, help_text="A digest of its words, in no order.")
    model = models.CharField(max_length=120, blank=True, help_text="That made the vector.")
    vector = VectorField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    count = models.PositiveIntegerField("asked", default=1)
    first_asked = models.DateTimeField(default=timezone.now)
    last_asked = models.DateTimeField(default=timezone.now)
    support = models.FloatField(help_text="From 0 to 1: how likely the archive answers it.")
    nearest = models.ForeignKey(
        Passage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="nearest"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved = models.ForeignKey(
        ApprovedAnswer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="gaps",
        verbose_name="approved answer",
        help_text="Written for it.",
    )
    note = models.TextField(blank=True, help_text="For colleagues; nobody else sees it.")
    updated = models.DateTimeField(auto_now=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = "knowledge gap"
        ordering = ["-count", "-last_asked"]
        indexes = [
            models.Index(fields=["brand", "status", "-count"], name="gap_list"),
            models.Index(fields=["updated"], name="gap_updated"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["brand", "key"], name="gap_of_words"),
            models.CheckConstraint(
                condition=Q(status="open", settled__isnull=True)
                | Q(~Q(status="open"), settled__isnull=False),
                name="gap_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"Gap {self.pk}"

    def settle(self, by: int | None) -> None:
        """Save what a curator changed and no more: it may be asked again at this very moment."""
        is_open = self.status == Status.OPEN
        self.settled, self.settled_by_id = (None, None) if is_open else (timezone.now(), by)
        self.save(update_fields=["note", "status", "settled", "settled_by", "updated"])


class Asking(models.Model):
    """A visitor who asked what a gap asks, in their own words: a client forgotten takes them along.

    The gap shows the words of those whose key it has.
    """

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="askings")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="askings")
    text = SealedTextField(owner="visitor_id")
    key = models.CharField(max_length=64, help_text="A digest of its words, in no order.")
    model = models.CharField(max_length=120, blank=True, help_text="That made the vector.")
    vector = VectorField(null=True, blank=True)
    language = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gap", "visitor"], name="asking_once")]

    def __str__(self) -> str:
        return f"{self.gap_id}, {self.count} times"
