"""What the nightly passes have done."""

from django.db import models


class Pass(models.Model):
    """One pass over the files. It is unfinished while `left` says what is still to be done."""

    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)
    done = models.JSONField(default=list, help_text="What was done, one sentence each.")
    left = models.JSONField(default=list, help_text="What was not, one sentence each, and why.")

    class Meta:
        verbose_name_plural = "passes"
        ordering = ["-started"]

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M}"


class Rewritten(models.Model):
    """Up to where a table's file holds nothing that was deleted."""

    table = models.CharField(max_length=63, unique=True)
    at = models.DateTimeField()
    deleted = models.BigIntegerField(help_text="Rows deleted by then, as the server counts them.")
    counted_since = models.DateTimeField(help_text="When that server was started.")

    def __str__(self) -> str:
        return self.table
