"""One row of each model, made of whatever its columns take."""

import datetime
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from archive.models import Brand
from concierge.clients.keys import key_for
from concierge.clients.models import Key, Visitor

BROWSER = uuid.UUID(int=7)

# What a constraint asks for beyond a column's type.
OWN: dict[str, dict[str, Any]] = {
    "audit.Entry": {"number": 1},
    "archive.Brand": {"slug": "maison", "name": "Maison", "language": "en"},
    "archive.Document": {"status": "published"},
    "archive.Passage": {"start": 0, "end": 1},
    "approved.ApprovedAnswer": {"status": "live", "live_since": timezone.now(), "text": "Yes."},
    "approved.Quotation": {"start": 0, "end": 1},
    "catalog.Variant": {"currency": "EUR"},
    "chat.Citation": {"start": 0, "end": 1},
    "chat.Message": {"role": "client"},
    "chat.Conversation": {"audience": "public"},
    "clients.Consent": {"given": timezone.now()},
    "clients.Visitor": {"browser": BROWSER},
    "llm.Spending": {"scope": "brand:0"},
}


class Rows:
    """Makes each row once, with those it refers to."""

    def __init__(self) -> None:
        self.made: dict[type[models.Model], models.Model] = {}

    def of(self, model: type[models.Model]) -> models.Model:
        if model is Key:  # it must open what is sealed
            key_for(self.of(Visitor).pk)
            return Key.objects.get()
        if model not in self.made:
            values = {
                field.name: self.value(field)
                for field in model._meta.concrete_fields
                if self.is_asked(field)
            }
            row = model(**{**values, **OWN.get(model._meta.label, {})})
            row.save(force_insert=True)
            self.made[model] = row
        return self.made[model]

    @staticmethod
    def is_asked(field: models.Field) -> bool:
        generated = getattr(field, "generated", False) or (
            field.primary_key and not field.is_relation
        )
        refers = field.is_relation and field.related_model._meta.label in OWNED
        refers = refers or field.name == BRAND
        return not generated and (refers or not (field.null or field.blank or field.has_default()))

    def value(self, field: models.Field) -> Any:
        if field.name == BRAND:  # told without a key, so that it outlives the house
            return self.of(Brand).pk
        if field.is_relation:
            return self.of(field.related_model)
        if field.choices:
            return field.choices[0][0]
        kinds = {
            "UUIDField": uuid.uuid4,
            "DateTimeField": timezone.now,
            "DateField": datetime.date.today,
            "BinaryField": lambda: b"1",
            "JSONField": dict,
            "ArrayField": list,
            "BooleanField": bool,
            "VectorField": lambda: [1.0, 0.0],
        }
        kind = type(field).__name__
        if kind in kinds:
            return kinds[kind]()
        return "x" if "Char" in kind or "Text" in kind or "Slug" in kind or "File" in kind else 1


BRAND = "brand_id"
OWNED = {"archive.Brand", "clients.Client"}
