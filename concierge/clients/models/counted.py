"""What is left of people who left nothing: how many there were."""

from datetime import date

from django.db import models
from django.db.models import F

from archive.models import Brand
from archive.wall.scope import everything


class DayCountQuerySet(models.QuerySet["DayCount"]):
    def add(self, brand_id: int, what: str, day: date) -> None:
        """One more, on that day."""
        row = DayCount(brand_id=brand_id, what=what, day=day)
        with everything():  # a client's own journey counts, and reads nothing by it
            self.bulk_create([row], ignore_conflicts=True)
            self.filter(brand=brand_id, what=what, day=day).update(count=F("count") + 1)


class DayCount(models.Model):
    """How many, on one day at one house: no row says who, or when in the day."""

    class What(models.TextChoices):
        UNANSWERED = "unanswered", "Questions left open whose words are not for curators"
        OFF_RECORD = "off_record", "Conversations off the record"

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    what = models.CharField(max_length=12, choices=What)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = DayCountQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "what", "day"], name="day_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.what}: {self.count}"
