"""The words a house writes, as a client would type them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func

from archive.models.brand import Brand


class Deletions(Func):
    """What is left of a word's beginning without one, or in long words two, of its letters."""

    function = "archive_deletions"
    output_field = ArrayField(models.TextField())


class Word(models.Model):
    """A word in the brand's passages or products, its accents folded, and what it is stemmed to.

    One row for each stem, as languages stem differently; it goes when the last text that has the
    stem has gone.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    source = models.CharField(max_length=63, help_text="The table whose rows have it.")
    language = models.CharField(
        max_length=2, blank=True, help_text="Whose stemmer it went through."
    )
    word = models.TextField()
    lexeme = models.TextField()
    weight = models.SmallIntegerField(
        help_text="Binary logarithm of how many rows hold the lexeme, rounded down."
    )

    class Meta:
        indexes = [
            models.Index(fields=["brand", "lexeme"], name="word_lexeme"),
            GinIndex(Deletions(F("word")), name="word_deletions", fastupdate=False),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "word", "lexeme", "language", "source"], name="word_of_brand"
            )
        ]

    def __str__(self) -> str:
        return self.word
