"""Which embedding model searches use."""

from django.db import models
from django.utils import timezone


class EmbedderInUse(models.Model):
    """One row for the whole house, so that a change of model is one statement, seen by the next
    search of every process. Without a row, searches use the model that EMBEDDER names."""

    ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ROW, editable=False)
    name = models.CharField(max_length=200, help_text="As EMBEDDER names it.")
    dimensions = models.PositiveIntegerField(default=0, help_text="Asked for; 0: the model's own.")
    base_url = models.CharField(max_length=500, blank=True, help_text="Of an endpoint; no key.")
    model = models.CharField(max_length=120, help_text="What its vectors are stored under.")
    since = models.DateTimeField(default=timezone.now)
    trouble = models.TextField(blank=True, help_text="Why the change to another has halted.")

    class Meta:
        verbose_name_plural = "embedder in use"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_embedder_in_use"),
        ]

    def __str__(self) -> str:
        return self.model
