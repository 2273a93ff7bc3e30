"""The words by which a brand's catalogue knows its own values."""

from django.db import models
from pgvector.django import VectorField

from archive.models import Brand


class CatalogName(models.Model):
    """One way to name one value of a brand's pieces, learned from its catalogue by
    `catalog.conditions.learn`.

    It says nothing of who may see the pieces that have the value: whoever reads it asks that of
    the rows.
    """

    class Aspect(models.TextChoices):
        KIND = "kind"
        CATEGORY = "category"
        OPTION = "option"
        ATTRIBUTE = "attribute"
        TAG = "tag"
        VENDOR = "vendor"
        TITLE = "title"

    class Concept(models.TextChoices):
        KIND = "kind"
        COLOUR = "colour"
        SIZE = "size"
        MATERIAL = "material"
        OTHER = "other"
        PIECE = "piece"

    class Way(models.TextChoices):
        """How the words name the value, the surest first."""

        WHOLE = "whole"
        PART = "part"  # of "Scarves & Shawls"; a word of a colour
        HEAD = "head"  # "bag" for a travel bag
        BESIDE = "beside"  # stands in the pictures' texts of the forms that have the value
        ABOVE = "above"  # a category further up the path

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="catalog_names")
    aspect = models.CharField(max_length=10, choices=Aspect)
    name = models.CharField(max_length=200, blank=True, help_text="Of the option or attribute.")
    value = models.CharField(max_length=500)
    concept = models.CharField(max_length=10, choices=Concept)
    way = models.CharField(max_length=10, choices=Way)
    words = models.CharField(max_length=300, help_text="Lexemes, in alphabetical order.")
    model = models.CharField(max_length=120, blank=True, help_text="Of the vector.")
    vector = VectorField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["brand", "words"], name="catalog_name_words")]

    def __str__(self) -> str:
        return f"{self.words}: {self.value}"


class NamesLearned(models.Model):
    """What a brand's names were last learned from, so that the same is not learned twice."""

    brand = models.OneToOneField(
        Brand, models.CASCADE, primary_key=True, related_name="names_learned"
    )
    source = models.CharField(max_length=64, help_text="SHA-256 of all that they are made from.")

    def __str__(self) -> str:
        return f"{self.brand_id}: {self.source[:8]}"
