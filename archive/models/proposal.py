"""What the product would do to a document, and asks a person first."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.brand import Brand
from archive.models.document import Document
from archive.models.ingestion import IngestionItem
from archive.models.source import Source


class Proposal(models.Model):
    """Withdraw what disappeared at its source, or replace an approved text by a changed one."""

    class Act(models.TextChoices):
        WITHDRAW = "withdraw", "Withdraw"
        REPLACE = "replace", "Replace the text"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        OVERTAKEN = "overtaken", "Overtaken"  # the source has changed its mind

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="proposals")
    act = models.CharField(max_length=10, choices=Act)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    item = models.ForeignKey(
        IngestionItem, models.SET_NULL, null=True, blank=True, help_text="That brought the text."
    )
    text = models.TextField(blank=True, help_text="The changed text, for comparison.")
    reason = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "act"], condition=Q(answer=""), name="proposal_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.document_id}"
