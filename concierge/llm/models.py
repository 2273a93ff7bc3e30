"""The usage ledger: prices, calls, and the budgets that calls are made within."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

NOT_NEGATIVE = [MinValueValidator(0)]


class Price(models.Model):
    """What a million tokens of a model cost, in US dollars, from a day on until the next price."""

    model = models.CharField(
        max_length=120, help_text="As the provider names it; without its date it is every date's."
    )
    input = models.DecimalField(max_digits=12, decimal_places=6, validators=NOT_NEGATIVE)
    cached = models.DecimalField(
        "read from cache", max_digits=12, decimal_places=6, validators=NOT_NEGATIVE
    )
    stored = models.DecimalField(
        "written to cache", max_digits=12, decimal_places=6, validators=NOT_NEGATIVE
    )
    output = models.DecimalField(max_digits=12, decimal_places=6, validators=NOT_NEGATIVE)
    valid_from = models.DateField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["model", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "valid_from"],
                name="price_from",
                violation_error_message="This model has a price from that day already.",
            ),
            models.CheckConstraint(
                condition=Q(input__gte=0, cached__gte=0, stored__gte=0, output__gte=0),
                name="price_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} from {self.valid_from:%-d %B %Y}"


class Call(models.Model):
    """One upstream call: what it was for, what it took and what it cost."""

    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=64, blank=True, help_text="The answer it was made for.")
    brand = models.ForeignKey("archive.Brand", models.SET_NULL, null=True, blank=True)
    visitor = models.CharField(
        max_length=32, blank=True, help_text="A keyed fingerprint, gone with the visitor."
    )
    outcome = models.CharField(max_length=40, help_text="ok, or the kind of failure.")
    input_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    stored_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    estimated = models.BooleanField(
        default=False, help_text="The provider told no usage: tokens are counted from the words."
    )
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)  # USD
    first_token_ms = models.PositiveIntegerField(null=True, blank=True)
    total_ms = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]
        permissions = [("watch_calls", "Can watch what is sent to providers")]
        indexes = [
            models.Index(fields=["created"], name="call_created"),
            models.Index(fields=["brand", "created"], name="call_of_brand"),
            models.Index(fields=["visitor"], name="call_of_visitor", condition=~Q(visitor="")),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model} {self.outcome}"


class Budget(models.Model):
    """What a brand may spend on models, in US dollars; an empty field is the settings' default."""

    brand = models.OneToOneField("archive.Brand", models.CASCADE, related_name="budget")
    visitor_day = models.DecimalField(
        "a visitor, a day",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    address_day = models.DecimalField(
        "an address, a day",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text="Of the network: a hotel or an office has one for everybody in it.",
    )
    day = models.DecimalField(
        "the brand, a day",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    month = models.DecimalField(
        "the brand, a month",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["brand__name"]

    def __str__(self) -> str:
        return f"Budget of {self.brand}"


class Contract(models.Model):
    """What a brand allows its words to be sent to; a brand without one allows all there is."""

    brand = models.OneToOneField("archive.Brand", models.CASCADE, related_name="contract")
    providers = ArrayField(
        models.CharField(max_length=40),
        blank=True,
        default=list,
        help_text="None named: each that the installation has a key for.",
    )
    regions = ArrayField(
        models.CharField(max_length=20),
        blank=True,
        default=list,
        help_text="Where they may compute, “eu” say. None named: anywhere.",
    )
    zero_retention = models.BooleanField(
        "nothing may be kept",
        default=False,
        help_text="Only providers whose contract says that they keep nothing they are sent.",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "provider contract"
        ordering = ["brand__name"]

    def __str__(self) -> str:
        return f"Provider contract of {self.brand}"


class Spending(models.Model):
    """What one scope has spent of its cap since `since`, and what its calls now may still take.

    `scope` is `installation`, `brand:ID`, `month:ID`, `visitor:FINGERPRINT` or
    `address:FINGERPRINT`.
    """

    scope = models.CharField(max_length=60)
    since = models.DateField(help_text="The day, or the first of the month, in UTC.")
    cap = models.DecimalField(max_digits=12, decimal_places=6)  # USD, when last asked of
    spent = models.DecimalField(max_digits=12, decimal_places=6, default=0)  # USD
    reserved = models.DecimalField(max_digits=12, decimal_places=6, default=0)  # USD

    class Meta:
        ordering = ["scope", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "since"], name="spending_of"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} since {self.since}"


class Reservation(models.Model):
    """A call that has been allowed and has not ended yet: the most it can cost, and who pays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    amount = models.DecimalField(max_digits=12, decimal_places=6)  # USD
    spendings = ArrayField(models.BigIntegerField())
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=64, blank=True)
    brand = models.ForeignKey("archive.Brand", models.SET_NULL, null=True, blank=True)
    visitor = models.CharField(max_length=32, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["made"], name="reservation_made")]

    def __str__(self) -> str:
        return f"{self.provider} {self.model} {self.amount}"
