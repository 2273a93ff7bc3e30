"""A folder in the form of the BEIR benchmarks: a corpus, queries, and who judged what relevant."""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concierge.answering.turn import Exchange

FEEDS = ("feed.tsv", "feed.tsv.gz")


class FolderError(ValueError):
    """The folder is not in this form; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Query:
    """One row of queries.jsonl; `history` is what was said before it, oldest first."""

    id: str
    text: str
    history: tuple[Exchange, ...] = ()
    answerable: bool | None = None  # None where nobody said, or said something between


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of corpus.jsonl."""

    id: str
    title: str
    text: str


Grades = dict[str, dict[str, int]]  # by query, by entry
ANSWERABLE = {"ANSWERABLE": True, "UNANSWERABLE": False}


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path
    corpus: Path  # corpus.jsonl, or a product feed
    queries: list[Query]
    grades: Grades

    def digest(self) -> str:
        """SHA-256 of the corpus file's bytes."""
        with self.corpus.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def entries(self) -> Iterator[Entry]:
        """Raises FolderError at a row that cannot be read."""
        for row in rows(self.corpus):
            yield Entry(str(row["_id"]), str(row.get("title") or ""), str(row.get("text") or ""))


def opened(path: Path, *, feed: bool) -> Folder:
    """`feed` says that the corpus is a product feed. Raises FolderError."""
    names = FEEDS if feed else ("corpus.jsonl",)
    corpus = next((path / name for name in names if (path / name).is_file()), None)
    if corpus is None:
        raise FolderError(f"There is no {' or '.join(names)} in {path}.")
    judged = sorted((path / "qrels").glob("*.tsv"))
    if not judged:
        raise FolderError(f"There is no qrels/*.tsv in {path}.")
    queries = [query(row) for row in rows(path / "queries.jsonl")]
    grades: Grades = {}
    for file in judged:
        for query_id, entry_id, grade in judgements(file):
            grades.setdefault(query_id, {})[entry_id] = grade
    return Folder(path, corpus, queries, grades)


def query(row: dict[str, Any]) -> Query:
    """A conversation in `turns` ends in the query itself, or comes before it."""
    turns = [
        Exchange("client" if turn["role"] == "user" else "concierge", str(turn["text"]))
        for turn in row.get("turns") or ()
    ]
    text = str(row.get("text") or (turns[-1].text if turns else ""))
    if turns and turns[-1].role == "client" and turns[-1].text.split() == text.split():
        turns.pop()
    return Query(str(row["_id"]), text, tuple(turns), answerable(row.get("answerability")))


def answerable(label: Any) -> bool | None:
    """Of the label, or of a list of one; what is partly answerable or unclear has no answer."""
    said = label[0] if isinstance(label, list) and len(label) == 1 else label
    return ANSWERABLE.get(said.upper()) if isinstance(said, str) else None


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, all with an `_id`."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield checked(line, f"{path.name}, line {number}")
    except OSError as error:
        raise FolderError(f"{path} cannot be read: {error.strerror}.") from error


def checked(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise FolderError(f"{place}: {error}.") from error
    if not isinstance(row, dict) or "_id" not in row:
        raise FolderError(f"{place}: an object with an _id was expected.")
    return row


def judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    """(query, entry, grade) of a file of three columns with a line of headings."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, line in enumerate(lines, start=1):
            if number == 1 and line[-1:] and not line[-1].lstrip("-").isdigit():
                continue
            try:
                query_id, entry_id, grade = line
                yield query_id, entry_id, int(grade)
            except ValueError as error:
                raise FolderError(f"{path.name}, line {number}: {error}.") from error
