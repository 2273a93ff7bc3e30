"""Conversations, their messages and what supports them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archive.models import Brand, DocumentVersion, Passage
from archive.viewer import Audience, Viewer
from catalog.face import Face
from catalog.models import Product, Variant
from concierge.clients.models import Visitor
from concierge.clients.sealed import SealedJSONField, SealedTextField


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, visitor: Visitor | None) -> "ConversationQuerySet":
        """Those held by this person: another's are as if they did not exist."""
        if visitor is None:
            return self.none()
        return self.filter(visitor__in=Visitor.objects.same_person(visitor))


class Conversation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="conversations")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="conversations")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    summary = SealedTextField(
        blank=True, owner="visitor_id", help_text="What was said earlier, and by whom."
    )
    summarised = models.PositiveIntegerField(
        default=0, help_text="The number of the last message that the summary holds."
    )
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-updated"]
        indexes = [models.Index(fields=["visitor", "brand", "-updated"], name="conversation_of")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def viewer(self) -> Viewer:
        return Viewer.reading(self.brand_id, self.audience)


class Message(models.Model):
    """One turn of speech. An answer is the concierge's message, pointing at its question."""

    class Role(models.TextChoices):
        CLIENT = "client", "Client"
        CONCIERGE = "concierge", "Concierge"
        ADVISOR = "advisor", "Advisor"

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        STREAMING = "streaming", "Streaming"
        COMPLETE = "complete", "Complete"
        FAILED = "failed", "Failed"
        STOPPED = "stopped", "Stopped"

    OPEN = (State.PENDING, State.STREAMING)
    SAID = (State.COMPLETE, State.STOPPED)  # their words are part of what was said

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField(help_text="Its place in the conversation, from 1.")
    role = models.CharField(max_length=10, choices=Role)
    state = models.CharField(max_length=10, choices=State, default=State.COMPLETE)
    text = SealedTextField(blank=True, owner="conversation.visitor_id")
    client_key = models.UUIDField(
        null=True, blank=True, help_text="Made by the page, so that a resent question is one."
    )
    question = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="answer"
    )
    rung = models.CharField(max_length=40, blank=True)
    refused = models.BooleanField(default=False, help_text="The archive does not say.")
    kind = models.CharField(max_length=20, blank=True, help_text="What was asked for.")
    person = models.BooleanField(default=False, help_text="A person was offered.")
    voice_score = models.FloatField(
        null=True, blank=True, help_text="From 0 to 1: how well it keeps to the house's voice."
    )
    voice_faults = SealedJSONField(
        default=list,
        blank=True,
        owner="conversation.visitor_id",
        help_text="[{rule, words}]: where it did not keep to the house's voice.",
    )
    voice_rules = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="Of the faults."
    )
    support = models.FloatField(
        null=True, blank=True, help_text="From 0 to 1: how likely what was found answers."
    )
    steps = models.JSONField(default=list, help_text="[{rung, outcome, reason, ms}], in order.")
    timings_ms = models.JSONField(default=dict)
    prompt_version = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)
    products = models.ManyToManyField(Product, through="Card", related_name="+")

    class Meta:
        ordering = ["conversation", "number"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="message_open",
                condition=Q(state__in=["pending", "streaming"]),
            ),
            models.Index(
                fields=["finished"],
                name="message_scored",
                condition=Q(voice_score__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number"),
            models.UniqueConstraint(
                fields=["conversation", "client_key"], name="message_client_key"
            ),
            models.CheckConstraint(
                condition=Q(role="concierge") | Q(question__isnull=True),
                name="message_answers_a_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} #{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_settling(self) -> bool:
        """Stopped, and whoever was writing it has yet to say what stands of it."""
        return (
            self.state == self.State.STOPPED
            and self.lease_until is not None
            and self.lease_until > timezone.now()
        )

    @property
    def may_change(self) -> bool:
        return self.is_open or self.is_settling


class Citation(models.Model):
    """The exact words an answer rests on: `version.text[start:end] == cited_text`."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField(help_text="The marker in the answer, from 1.")
    version = models.ForeignKey(DocumentVersion, models.RESTRICT, related_name="citations")
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, blank=True, related_name="citations"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    cited_text = models.TextField()
    page = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["message", "number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="citation_number"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="citation_span"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}]"

    @property
    def time(self) -> str:
        """When in a recording the quoted turn begins, "12:40" say; "" outside recordings."""
        return self.version.time_at(self.start)


class Card(models.Model):
    """A piece shown beside an answer, in order; as one of its forms, where the question means one.

    Its facts are read from its rows.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="cards")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="card_position"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.product_id}"

    @property
    def face(self) -> Face:
        return Face(self.product, self.variant)
