"""Files and folders into a list of what is to come in, with what is said beside them."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.ingestion.metadata import MetadataError, checked
from archive.ingestion.parse.registry import is_supported

LONGEST_KEY = 300  # characters


class GatherError(ValueError):
    """Something asked for that cannot be brought in; the text is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to come in; the same key from the same brand is the same document."""

    path: Path
    key: str
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    files: list[Incoming]
    skipped: list[str]  # sentences on what lies in a folder and is left there


def gather(paths: Iterable[Path]) -> Gathered:
    """Every file of `paths`, folders with all below them, by key.

    Links are followed where they are given, never inside a folder. Raises GatherError for a
    missing path, two files of one key or a manifest that cannot be read.
    """
    manifests = Manifests()
    files: dict[str, Incoming] = {}
    skipped: list[str] = []
    for path in paths:
        for file in found_in(path):
            key = file.relative_to(path).as_posix() if path.is_dir() else file.name
            if path.is_dir() and file.is_symlink() and not is_manifest(file):
                skipped.append(f"{key}: symbolic links in a folder are not followed")
            elif is_manifest(file):
                manifests.beside(file)
            elif (shown := key.encode(errors="replace").decode()) != key:
                skipped.append(f"{shown}: its name is not in Unicode, rename it")
            elif path.is_dir() and not is_supported(file.name):
                skipped.append(f"{key}: files of this kind are not read")
            elif key in files and files[key].path.resolve() != file.resolve():
                raise GatherError(f"Two files would be “{key}”: give the folder that holds both.")
            elif len(key) > LONGEST_KEY:
                raise GatherError(f"The path “{key[:60]}…” is too long.")
            else:
                files[key] = Incoming(file, key, manifests.beside(file).get(file.resolve(), {}))
    missing = [f"{path.name}: named in a manifest, but not there" for path in manifests.missing()]
    return Gathered([files[key] for key in sorted(files)], sorted(skipped) + missing)


def found_in(path: Path) -> Iterator[Path]:
    """The file itself, or every file and link below the folder; hidden ones are left alone."""
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise GatherError(f"There is no file or folder {path}.")
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*names, *links]):
            file = Path(folder, name)
            if not name.startswith(".") and (file.is_file() or file.is_symlink()):
                yield file


def is_manifest(path: Path) -> bool:
    return path.name.startswith("manifest") and path.suffix == ".json"


class Manifests:
    """What manifest*.json files say of the files beside and below them, read once a folder."""

    def __init__(self) -> None:
        self.folders: dict[Path, dict[Path, dict[str, Any]]] = {}

    def beside(self, file: Path) -> dict[Path, dict[str, Any]]:
        """Fields by resolved path, from the manifests in the file's folder."""
        folder = file.resolve().parent
        if folder not in self.folders:
            entries: dict[Path, dict[str, Any]] = {}
            for path in sorted(folder.glob("manifest*.json")):
                entries |= entries_of(path)
            self.folders[folder] = entries
        return self.folders[folder]

    def missing(self) -> list[Path]:
        return [path for entries in self.folders.values() for path in entries if not path.exists()]


def entries_of(path: Path) -> dict[Path, dict[str, Any]]:
    if path.is_symlink():  # neither followed out of the folder nor left out with its embargoes
        raise GatherError(f"{path.name} is a symbolic link: put the manifest itself in its place.")
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise GatherError(f"{path.name} is no JSON: {error}.") from error
    return {
        (path.parent / name).resolve(): fields
        for name, fields in described(rows, path.name).items()
    }


def described(rows: object, manifest: str) -> dict[str, dict[str, Any]]:
    """What the rows of a manifest say, by the file's name. Raises GatherError."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise GatherError(f"{manifest} must be a list of objects, one for each file.")
    entries: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = str(row.pop("file", ""))
        if not name:
            raise GatherError(f"{manifest} has an entry without a “file”.")
        try:
            entries[name] = checked(row)
        except MetadataError as error:
            raise GatherError(f"{manifest}, {name}: {error}") from error
    return entries
