"""A row of any model for one house, made from what its columns ask for."""

import datetime
import decimal
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from archive.models import Brand
from concierge.audit.chain import Deed, append
from concierge.audit.models import Act

# What a constraint asks for, beyond what the columns say.
ALSO: dict[str, dict[str, Any]] = {
    "archive.Passage": {"start": 0, "end": 5},
    "archive.Source": {"kind": "folder", "schedule": ""},
    "catalog.Product": {"status": "draft"},
    "catalog.Variant": {"currency": "EUR"},
    "approved.ApprovedAnswer": {"text": "As the house says it."},
    "chat.Citation": {"start": 0, "end": 5},
    "voice.VoiceVersion": {"number": 1, "language": "en"},
}
# Columns that may be empty, and are filled all the same.
FILLED = {"django_celery_beat.PeriodicTask": ["interval"]}
MADE: dict[type, Any] = {
    models.UUIDField: uuid.uuid4,
    models.DateTimeField: timezone.now,
    models.DateField: datetime.date.today,
    models.DecimalField: lambda: decimal.Decimal(1),
    models.FloatField: lambda: 0.5,
    models.BooleanField: lambda: True,
    models.JSONField: dict,
    models.IntegerField: lambda: 1,
}


SHORT = 100  # characters, below which an optional text has a form of its own


@dataclass
class House:
    """One house, its seal (a word that stands in all texts of its rows), a row of each model."""

    brand: Brand | None
    seal: str
    rows: dict[str, models.Model] = field(default_factory=dict)

    def row(self, model: type[models.Model]) -> models.Model:
        """This house's row of the model, made on first asking."""
        label = model._meta.label
        if model is Brand:
            return self.brand
        if label not in self.rows:
            self.rows[label] = self.new(model)
        return self.rows[label]

    def new(self, model: type[models.Model]) -> models.Model:
        label = model._meta.label
        if label in BY_HAND:
            return BY_HAND[label](self)
        given: dict[str, Any] = {}
        for each in model._meta.concrete_fields:
            if needed(each) or each.name in FILLED.get(label, ()):
                given[each.name] = self.value(each)
        return model._default_manager.create(**given | ALSO.get(label, {}))

    def value(self, column: models.Field) -> Any:
        if isinstance(column, models.ForeignKey):
            return self.row(column.related_model)
        if column.choices:
            return column.flatchoices[0][0]
        for kind, make in MADE.items():
            if isinstance(column, kind):
                return make()
        return self.seal[: column.max_length or None]


def deed(of: House) -> models.Model:
    assert of.brand is not None
    return append(Deed(Act.LISTED, "chat.conversation", "", of.brand.pk))


# What the product alone makes, in its own way.
BY_HAND: dict[str, Callable[[House], models.Model]] = {"audit.Entry": deed}


def needed(column: models.Field) -> bool:
    own = column.auto_created or getattr(column, "auto_now_add", False)
    own = own or getattr(column, "auto_now", False) or column.generated
    if own or column.null or column.has_default():
        return column.name == "brand"
    if isinstance(column, models.CharField | models.TextField):
        short = column.max_length is not None and column.max_length < SHORT
        return not column.blank or (column.editable and not column.choices and not short)
    return not column.blank
