"""The usage ledger."""

from django.db import models


class Call(models.Model):
    """One upstream call: what it was for, what it took and what it cost."""

    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=64, blank=True, help_text="The answer it was made for.")
    outcome = models.CharField(max_length=40, help_text="ok, or the kind of failure.")
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)  # USD
    first_token_ms = models.PositiveIntegerField(null=True, blank=True)
    total_ms = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]
        indexes = [models.Index(fields=["created"], name="call_created")]

    def __str__(self) -> str:
        return f"{self.provider} {self.model} {self.outcome}"
