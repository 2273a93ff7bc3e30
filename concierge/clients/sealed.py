"""Columns that only their visitor's key opens."""

import base64
import binascii
import json
import uuid
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from concierge.clients import keys

LOOKUPS = frozenset({"exact", "isnull"})
DUMPED = "sealed:"  # before what a serialiser is given


class Sealed(bytes):
    """What may be written to a sealed column."""


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Plain text in the model, `concierge.clients.keys.seal` of it in the database.

    `owner` is the path from the row to its visitor's primary key, "conversation.visitor_id" say.
    It can be compared with "" alone. `update()` has no row to find an owner by: give it
    `sealed(text, visitor, field)`. Text whose key was destroyed reads as "".
    """

    def __init__(self, *args: Any, owner: str, **options: Any) -> None:
        self.owner = owner
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, list(args), options | {"owner": self.owner}

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def place(self) -> str:
        """What is sealed for this column opens in no other."""
        return f"{self.model._meta.db_table}.{self.attname}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        text = self.written(value)
        if not text:
            return Sealed(b"")
        owner: Any = model_instance
        for name in self.owner.split("."):
            owner = getattr(owner, name)
        return Sealed(keys.seal(text, owner, self.place))

    def written(self, value: Any) -> str:
        """The value as the text that is sealed; "" for an empty one."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value again."""
        return text

    def value_to_string(self, obj: models.Model) -> str:
        """For a serialiser, which is given no words: what is sealed, in base64."""
        blob = self.pre_save(obj, add=False)
        return DUMPED + base64.b64encode(blob or b"").decode()

    def to_python(self, value: Any) -> Any:
        """Takes what `value_to_string` gave, where it was sealed for this very place."""
        if not isinstance(value, str) or not value.startswith(DUMPED):
            return value
        try:
            blob = base64.b64decode(value.removeprefix(DUMPED), validate=True)
            keys.unseal(blob, self.place)
        except keys.ForgottenError:
            return Sealed(blob)
        except (keys.SealError, binascii.Error, ValueError):
            return value
        return Sealed(blob)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        if value == b"" or not self.written(value):
            return Sealed(b"")
        raise FieldError(f"{self.place} is sealed: write it by sealed(), and do not search in it.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        try:
            return self.read(keys.unseal(bytes(value), self.place))
        except keys.ForgottenError:
            return self.read("")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in LOOKUPS:
            raise FieldError(f"{self.place} is sealed and cannot be searched in.")
        return super().get_lookup(lookup_name)


class SealedJSONField(SealedTextField):
    """The same of plain values: what JSON can tell; an empty one is its default."""

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""

    def read(self, text: str) -> Any:
        return json.loads(text) if text else self.get_default()

    def formfield(self, **options: Any) -> None:
        """None: such values are written by the product."""


def sealed(value: Any, visitor: uuid.UUID, field: Any) -> Sealed:
    """`value` as `update()` may write it to `field`, of a model's `_meta.get_field`."""
    return Sealed(keys.seal(field.written(value), visitor, field.place))
