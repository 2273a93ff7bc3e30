"""A text column that only its visitor's key opens."""

import uuid
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from concierge.clients import keys

LOOKUPS = frozenset({"exact", "isnull"})


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
        owner: Any = model_instance
        for name in self.owner.split("."):
            owner = getattr(owner, name)
        return Sealed(keys.seal(str(value), owner, self.place))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        if value == "":
            return Sealed(b"")
        raise FieldError(f"{self.place} is sealed: write it by sealed(), and do not search in it.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        try:
            return keys.unseal(bytes(value), self.place)
        except keys.ForgottenError:
            return ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in LOOKUPS:
            raise FieldError(f"{self.place} is sealed and cannot be searched in.")
        return super().get_lookup(lookup_name)


def sealed(text: str, visitor: uuid.UUID, field: Any) -> Sealed:
    """`text` as `update()` may write it to `field`, of a model's `_meta.get_field`."""
    return Sealed(keys.seal(text, visitor, field.place))
