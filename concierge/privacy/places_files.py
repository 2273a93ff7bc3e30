"""Places on the disk: the letters of a trial run, and the keys kept beside backups."""

from pathlib import Path

from concierge.clients import kept_keys
from concierge.privacy.places import Person, Place


def count_keys(person: Person) -> int:
    return kept_keys.count(person.visitors)


def remove_keys(person: Person) -> None:
    kept_keys.forget(person.visitors)


def count_letters(person: Person) -> int:
    return sum(Path(name).exists() for name in person.letters)


def remove_letters(person: Person) -> None:
    for name in person.letters:
        Path(name).unlink(missing_ok=True)


PLACES = (
    Place("letters", "letters kept on a trial run", count_letters, remove_letters, False),
    Place("kept keys", "keys kept beside the backups", count_keys, remove_keys, False),
)
