"""Answers that the house itself has written, the questions they are for, what they rest on."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now, StrIndex, Substr
from django.utils import timezone

from archive.models import Brand, Document, DocumentVersion
from archive.models.passage import Embedding
from archive.viewer import Audience, Viewer
from catalog.models import Product
from concierge.approved.words import plain_words


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"


def due(at: str = "expires") -> Q:
    """Not over yet."""
    return Q(**{at: None}) | Q(**{f"{at}__gt": Now()})


class ApprovedAnswerQuerySet(models.QuerySet["ApprovedAnswer"]):
    def said_to(self, viewer: Viewer) -> Self:
        """Live ones that `viewer` may be told: the only way from a viewer to approved answers."""
        return self.filter(
            due(), brand_id=viewer.brand_id, status=Status.LIVE, audience__in=viewer.audiences
        )

    def count_hit(self) -> int:
        """One more question answered by them."""
        return self.update(hits=F("hits") + 1, last_hit=timezone.now())

    def count_near(self) -> int:
        """One more question that came near them and was not answered by them."""
        return self.update(near_hits=F("near_hits") + 1, last_near=timezone.now())


class ApprovedAnswer(models.Model):
    """What is said, word for word, to whoever asks one of its questions."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="approved_answers")
    text = models.TextField(
        "answer",
        blank=True,
        help_text="Said as it stands. [1] marks what the first quotation supports.",
    )
    language = models.CharField(max_length=8, default="en", help_text="Of the answer: en, fr, it.")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    expires = models.DateTimeField(
        null=True, blank=True, help_text="From then on it is no longer said. Empty: it stays."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    note = models.TextField(blank=True, help_text="For colleagues; nobody else sees it.")
    live_since = models.DateTimeField(null=True, editable=False)
    hits = models.PositiveIntegerField(default=0, editable=False)
    last_hit = models.DateTimeField(null=True, editable=False)
    near_hits = models.PositiveIntegerField("near it", default=0, editable=False)
    last_near = models.DateTimeField(null=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    products = models.ManyToManyField(Product, through="ShownPiece", related_name="+")

    objects = ApprovedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "approved answer"
        ordering = ["-hits", "-created"]
        indexes = [models.Index(fields=["brand", "status", "audience"], name="approved_door")]
        constraints = [
            models.UniqueConstraint(fields=["id", "brand"], name="approved_of_brand"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="approved_audience"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", live_since=None)
                | Q(status="live", live_since__isnull=False),
                name="approved_live_since",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(text=""), name="approved_says_something"
            ),
        ]

    def __str__(self) -> str:
        first = next(iter(self.wordings.all()), None)
        return first.text if first else f"Approved answer {self.pk}"

    @property
    def viewer(self) -> Viewer:
        """The narrowest who may be told it, and by whom all it rests on must be readable."""
        return Viewer.reading(self.brand_id, self.audience)

    @property
    def is_over(self) -> bool:
        return self.expires is not None and self.expires <= timezone.now()


class Wording(models.Model):
    """One way of asking for an answer."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", editable=False)
    answer = models.ForeignKey(ApprovedAnswer, models.CASCADE, related_name="wordings")
    text = models.CharField("question", max_length=500)
    language = models.CharField(max_length=8, default="en")
    key = models.CharField(
        max_length=64, editable=False, help_text="A digest of its words, in their order."
    )

    class Meta:
        ordering = ["answer", "pk"]
        indexes = [models.Index(fields=["brand", "key"], name="wording_key")]
        constraints = [
            models.UniqueConstraint(fields=["answer", "key"], name="wording_once"),
            models.UniqueConstraint(fields=["id", "brand"], name="wording_of_brand"),
        ]

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.read_as = self.__dict__.get("text")  # what its vectors were made of

    def __str__(self) -> str:
        return self.text

    def save(self, *given: object, **named: object) -> None:
        """The key and the brand follow from the rest; a question worded anew loses its vectors."""
        self.brand_id, self.key = self.answer.brand_id, key(self.text)
        super().save(*given, **named)  # type: ignore[arg-type]
        if self.read_as != self.text:
            self.embeddings.all().delete()
            self.read_as = self.text


def key(text: str) -> str:
    """The same for the same words, whatever their case, accents and punctuation."""
    return hashlib.sha256(" ".join(plain_words(text)).encode()).hexdigest()


class WordingEmbedding(Embedding):
    """Who may be told is the answer's to say, so that no copy of it stands here."""

    audience = None  # type: ignore[assignment]
    wording = models.ForeignKey(Wording, models.CASCADE, related_name="embeddings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wording", "model"], name="wording_embedding_model"),
        ]

    def __str__(self) -> str:
        return f"{self.wording_id} under {self.model}"


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def placed(self) -> Self:
        """With `found`: where the words begin in the document's text of today, from 1; 0: nowhere.

        A newer text of the document may hold them elsewhere, or no longer.
        """
        today = F("document__current__text")
        length = F("end") - F("start")
        here = Q(version=F("document__current"), cited_text=Substr(today, F("start") + 1, length))
        return self.annotate(
            found=models.Case(
                models.When(here, then=F("start") + 1), default=StrIndex(today, F("cited_text"))
            )
        )

    def sound_to(self, viewer: Viewer) -> Self:
        """Those whose words stand in a document that `viewer` may read."""
        readable = Document.objects.visible_to(viewer).filter(pk=OuterRef("document"))
        return self.placed().filter(Exists(readable), found__gt=0)


class Quotation(models.Model):
    """Words that an answer rests on: `version.text[start:end] == cited_text`."""

    answer = models.ForeignKey(ApprovedAnswer, models.CASCADE, related_name="quotations")
    number = models.PositiveIntegerField("mark", help_text="[1] in the answer is number 1.")
    document = models.ForeignKey(Document, models.RESTRICT, related_name="+")
    version = models.ForeignKey(DocumentVersion, models.RESTRICT, related_name="+", editable=False)
    start = models.PositiveIntegerField(editable=False)
    end = models.PositiveIntegerField(editable=False)
    cited_text = models.TextField("quoted words")

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="quotation_number"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quotation_span"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}]"


class ShownPiece(models.Model):
    """A piece beside an answer, in order. Its facts are read from its rows."""

    answer = models.ForeignKey(ApprovedAnswer, models.CASCADE, related_name="shown_pieces")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name="piece")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "piece"
        ordering = ["answer", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "product"], name="shown_piece_once")
        ]

    def __str__(self) -> str:
        return str(self.product)
