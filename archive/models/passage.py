"""Retrievable spans, their vectors and the words they are found by."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from pgvector.django import VectorField

from archive.models.brand import Brand
from archive.models.document import Document, DocumentVersion, readable
from archive.viewer import Viewer


class Lexemes(Func):
    """`(language, title, body)` as a tsvector, the title weighted A and the body D."""

    function = "archive_lexemes"
    output_field = SearchVectorField()


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, viewer: Viewer) -> "PassageQuerySet":
        """Those `viewer` may read: the only way from a viewer to passages."""
        return self.filter(readable(viewer))


class Passage(models.Model):
    """A span of its document's current version: `version.text[start:end] == text`.

    Who may see it is its document's to say. Triggers keep a copy on the row, so that no search
    joins documents; whatever else is written to those columns is replaced by the document's.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField(help_text="Its place in the document, from 0.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    title = models.TextField(blank=True, help_text="Document title and heading path.")
    page = models.PositiveIntegerField(null=True, blank=True)
    speaker = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, blank=True)
    words = models.PositiveIntegerField(default=0)
    search = models.GeneratedField(
        expression=Lexemes(F("language"), F("title"), F("text")),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    # The door, copied from the document by the database (migration 0005).
    audience = models.CharField(max_length=10, editable=False)
    status = models.CharField(max_length=10, editable=False)
    embargo_until = models.DateTimeField(null=True, editable=False)
    rights_until = models.DateTimeField(null=True, editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["document", "number"]
        indexes = [GinIndex(fields=["search"], name="passage_search")]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="passage_number"),
            models.UniqueConstraint(fields=["id", "brand"], name="passage_of_brand"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_span"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}[{self.start}:{self.end}]"


class Embedding(models.Model):
    """A vector under one named model; concrete for passages here, for products in the catalogue."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    model = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, editable=False)  # copied by a trigger
    vector = VectorField(help_text="Of unit length; as many dimensions as the model has.")

    class Meta:
        abstract = True


class PassageEmbedding(Embedding):
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="embeddings")
    sketch = models.BinaryField(
        null=True,
        help_text="Word-piece by word-piece; of models that tell (archive.embedding.sketch).",
    )

    class Meta:
        indexes = [
            models.Index(fields=["brand", "model", "audience"], name="passage_embedding_door")
        ]
        constraints = [
            models.UniqueConstraint(fields=["passage", "model"], name="passage_embedding_model"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} under {self.model}"


class Term(models.Model):
    """In how many passages (or products) of a brand a lexeme occurs: what BM25's idf needs."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    lexeme = models.TextField()
    frequency = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.lexeme}: {self.frequency}"


class Lexeme(Term):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "lexeme"], name="lexeme_of_brand")]
