"""Each house's voice, one row a version: the newest of a language is the one that is spoken."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models import Brand
from concierge.voice.manner import Manner, from_json


class VoiceVersionQuerySet(models.QuerySet["VoiceVersion"]):
    def of(self, brand: Brand | int) -> Self:
        return self.filter(brand=brand)

    def spoken(self) -> Self:
        """The newest of each brand and language."""
        return self.order_by("brand_id", "language", "-number").distinct("brand_id", "language")


class VoiceVersion(models.Model):
    """The voice as it was saved once. Never changed: an edit is a further version."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="voice_versions")
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField(help_text="From 1, for each language.")
    values = models.JSONField(help_text="Of the form of concierge.voice.manner.as_json.")
    note = models.CharField(max_length=200, blank=True, help_text="What was changed, and why.")
    restored = models.PositiveIntegerField(
        null=True, blank=True, help_text="The number of the earlier version that this one repeats."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = VoiceVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "voice"
        ordering = ["brand", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "language", "number"], name="voice_number"),
            models.CheckConstraint(condition=Q(number__gt=0), name="voice_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.brand}, {self.language} {self.number}"

    @property
    def manner(self) -> Manner:
        return from_json(self.values, self.language, self.number)


def manners_of(brand: Brand) -> tuple[Manner, ...]:
    """How the house speaks, its own language first. One query."""
    spoken = VoiceVersion.objects.of(brand).spoken()
    found = [version.manner for version in spoken]
    return tuple(sorted(found, key=lambda each: (each.language != brand.language[:2],)))
