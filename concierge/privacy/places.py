"""Every place that may hold something of a person: how much it holds, and how it is emptied.

Tables come from the models themselves: whatever leads to a visitor, a client or their account by a
foreign key that is deleted with them is a place, so that a table added tomorrow is one too. What no
foreign key leads to is named in `OTHERS`.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from concierge.chat.models import Message
from concierge.clients.models import Client, Visitor
from concierge.privacy.datamap import what

Model = type[models.Model]


@dataclass(slots=True)
class Person:
    """The numbers of everything that is one person's, as it was found; `rows` is by model.

    `attempts` is by answer, how often it was begun; `browsers` are of no other visitor. `counts`
    names entries of Redis and `letters` files: what only an address leads to, which can be read no
    more once the key is destroyed.
    """

    rows: dict[str, set[str]] = field(default_factory=dict)
    attempts: dict[int, int] = field(default_factory=dict)
    browsers: set[uuid.UUID] = field(default_factory=set)
    counts: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)

    def of(self, model: Model) -> set[Any]:
        pk = model._meta.pk
        assert pk is not None
        return {pk.to_python(each) for each in self.rows.get(model._meta.label, ())}

    @property
    def visitors(self) -> list[uuid.UUID]:
        return sorted(self.of(Visitor))

    def names(self) -> set[str]:
        """What a queued payload or a file would name them by: numbers that are nobody else's."""
        unique = [model for model in map(apps.get_model, self.rows) if is_random(model)]
        known = [each for model in unique for each in self.of(model)]
        return {name for each in known for name in (str(each), each.hex)}

    def add(self, other: "Person") -> None:
        for label, pks in other.rows.items():
            self.rows.setdefault(label, set()).update(pks)
        for answer, attempts in other.attempts.items():
            self.attempts[answer] = max(attempts, self.attempts.get(answer, 0))
        self.browsers |= other.browsers
        self.counts |= other.counts
        self.letters |= other.letters

    def dumped(self) -> dict[str, Any]:
        return {
            "rows": {label: sorted(pks) for label, pks in self.rows.items()},
            "attempts": {str(answer): count for answer, count in self.attempts.items()},
            "browsers": sorted(str(each) for each in self.browsers),
            "counts": sorted(self.counts),
            "letters": sorted(self.letters),
        }

    @classmethod
    def loaded(cls, told: dict[str, Any]) -> "Person":
        return cls(
            rows={label: set(pks) for label, pks in told.get("rows", {}).items()},
            attempts={int(answer): count for answer, count in told.get("attempts", {}).items()},
            browsers={uuid.UUID(each) for each in told.get("browsers", ())},
            counts=set(told.get("counts", ())),
            letters=set(told.get("letters", ())),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """`what` is a plain phrase for the receipt. What `count` gives is 0 once `remove` was done."""

    name: str
    what: str
    count: Callable[[Person], int]
    remove: Callable[[Person], None] | None = None  # None: it goes with another place
    in_database: bool = True


def is_random(model: Model) -> bool:
    return isinstance(model._meta.pk, models.UUIDField)


def cascading(model: Model) -> Iterator[tuple[Model, str]]:
    """The models whose rows are deleted with a row of `model`, and by which of their fields."""
    for relation in model._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is models.CASCADE:
            yield relation.related_model, relation.field.name  # type: ignore[union-attr, misc]


def roots() -> tuple[Model, ...]:
    return (Visitor, Client, get_user_model())


def tables() -> list[Model]:
    """Every model that may have rows of a person, the roots first."""
    found: dict[Model, None] = dict.fromkeys(roots())
    waiting = list(found)
    while waiting:
        for child, _ in cascading(waiting.pop(0)):
            if child not in found:
                found[child] = None
                waiting.append(child)
    return [model for model in found if not model._meta.proxy]


def everything_of(visitors: Iterable[uuid.UUID], clients: Iterable[uuid.UUID]) -> Person:
    """What the database leads to from these; a user of another house's client too is not theirs."""
    found: dict[Model, set[Any]] = {
        Visitor: set(Visitor.objects.filter(pk__in=visitors).values_list("pk", flat=True)),
        Client: set(Client.objects.filter(pk__in=clients).values_list("pk", flat=True)),
    }
    found[get_user_model()] = users_of(found[Client])
    waiting = [model for model, pks in found.items() if pks]
    while waiting:
        parent = waiting.pop(0)
        for child, name in cascading(parent):
            led = child._base_manager.filter(**{f"{name}__in": found[parent]})
            new = set(led.values_list("pk", flat=True)) - found.setdefault(child, set())
            if new:
                found[child] |= new
                waiting.append(child)
    person = Person({model._meta.label: {str(pk) for pk in pks} for model, pks in found.items()})
    answers = Message.objects.filter(pk__in=found.get(Message, ()))
    person.attempts = dict(answers.exclude(question=None).values_list("pk", "attempts"))
    person.browsers = browsers_of(found[Visitor])
    return person


def users_of(clients: set[Any]) -> set[Any]:
    """The accounts that only these clients have; those of the staff stay."""
    users = get_user_model()._default_manager.filter(
        clients__in=clients, is_staff=False, is_superuser=False
    )
    elsewhere = Client.objects.exclude(pk__in=clients).values("user")
    return set(users.exclude(pk__in=elsewhere).values_list("pk", flat=True))


def browsers_of(visitors: set[Any]) -> set[uuid.UUID]:
    own = Visitor.objects.filter(pk__in=visitors).exclude(browser=None)
    held = {each for each in own.values_list("browser", flat=True) if each}
    others = Visitor.objects.filter(browser__in=held).exclude(pk__in=visitors)
    return held.difference(others.values_list("browser", flat=True))


def of_table(model: Model) -> Place:
    def count(person: Person) -> int:
        pks = person.of(model)
        return model._base_manager.filter(pk__in=pks).count() if pks else 0

    return Place(model._meta.label, what(model._meta.db_table), count)


def remove_rows(person: Person) -> None:
    """The visitors, clients and accounts, and with them every row that leads to them."""
    for model in roots():
        model._base_manager.filter(pk__in=person.of(model)).delete()
