"""Places on the disk: files made for one person, and the keys kept beside backups."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from concierge.clients import kept_keys
from concierge.privacy.places import Person, Place


def exports() -> Path:
    """The folder of files made for one person: each lies in a folder, or has a name, that begins
    with the visitor's or the client's number."""
    return Path(settings.DATA_DIR) / "exports"


def files(person: Person) -> Iterator[Path]:
    for name in person.names():
        for found in exports().glob(f"{name}*"):
            inside = found.rglob("*") if found.is_dir() else (found,)
            yield from (each for each in inside if each.is_file())


def count_files(person: Person) -> int:
    return sum(1 for _ in files(person))


def remove_files(person: Person) -> None:
    for path in list(files(person)):
        path.unlink(missing_ok=True)
    for name in person.names():
        for emptied in exports().glob(f"{name}*/"):
            shutil.rmtree(emptied, ignore_errors=True)


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
    Place("files", "files exported for them", count_files, remove_files, False),
    Place("letters", "letters kept on a trial run", count_letters, remove_letters, False),
    Place("kept keys", "keys kept beside the backups", count_keys, remove_keys, False),
)
