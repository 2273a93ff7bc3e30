"""The words a client says yes to, by purpose, version and language.

`consents.toml` holds the product's. A house puts its own in `<slug>.toml` of CONSENTS_DIR, in the
same form, for the purposes it words anew; their versions begin above the product's, because an
equal one would carry over a yes to other words.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from archive.models import Brand
from concierge.clients.models import Purpose

OURS = Path(__file__).with_name("consents.toml")
LANGUAGES = ("en", "fr", "it", "de")


class WordingError(Exception):
    """A house's own words cannot be used; one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked, in one version and one language."""

    purpose: Purpose
    version: int
    language: str
    name: str
    means: str
    ask: str


def words_of(brand: Brand, purpose: str, language: str = "", version: int | None = None) -> Words:
    """The words in the language nearest to `language`, else the house's, else English.

    Without a `version` the current ones. Raises KeyError for a version there never was.
    """
    rows = versions(brand.slug)[purpose]
    row = rows[max(rows) if version is None else version]
    wanted = (language[:2], brand.language[:2], "en")
    code = next(code for code in wanted if code in LANGUAGES)
    told = {name: text.replace("{house}", brand.name) for name, text in row[code].items()}
    return Words(Purpose(purpose), row["version"], code, **told)


def current_version(slug: str, purpose: str) -> int:
    """The version of the words that a yes must have been given to, at this house."""
    return max(versions(slug)[purpose])


def versions(slug: str) -> Mapping[str, Mapping[int, Mapping[str, Any]]]:
    """By purpose and version, the words of a house. Raises WordingError."""
    folder = settings.CONSENTS_DIR
    path = Path(folder) / f"{slug}.toml" if folder else None
    if path is None or not path.exists():
        return read(OURS, 0)
    return merged(path, path.stat().st_mtime_ns)


@cache
def merged(path: Path, changed: int) -> Mapping[str, Mapping[int, Mapping[str, Any]]]:
    """Ours with a house's own above them."""
    ours = read(OURS, 0)
    theirs = read(path, changed)
    for purpose, rows in theirs.items():
        if purpose not in ours or set(rows) & set(ours[purpose]):
            raise WordingError(
                f"{path.name} words {purpose} in a version that the product has itself: "
                "begin above it."
            )
    return {purpose: {**rows, **theirs.get(purpose, {})} for purpose, rows in ours.items()}


@cache
def read(path: Path, _changed: int) -> Mapping[str, Mapping[int, Mapping[str, Any]]]:
    """A file's words, read again when it has changed. Raises WordingError."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = {purpose: {row["version"]: row for row in rows} for purpose, rows in told.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise WordingError(f"{path.name} cannot be read as words of consent: {error}.") from error
    for purpose, rows in found.items():
        for version, row in rows.items():
            for code in LANGUAGES:
                if set(row.get(code, {})) != {"name", "means", "ask"}:
                    raise WordingError(
                        f"{path.name}: version {version} of {purpose} lacks words in {code}."
                    )
    return found
