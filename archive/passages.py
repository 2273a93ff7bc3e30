"""Passages as an answer is made from them: their text and place, and what their document is."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.door import Door, listed
from archive.models import Passage
from archive.viewer import Viewer

READ = """
    SELECT archive_passage.id, document_id, version_id, number, start, "end", text,
    archive_passage.title, page, archive_passage.language, document.title, document.date,
    document.kind
    FROM archive_passage JOIN archive_document AS document ON document.id = document_id
    WHERE {visible} AND archive_passage.id = ANY(%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Read:
    """A passage, `version.text[start:end] == text`; the last three are its document's."""

    pk: int
    document_id: int
    version_id: int
    number: int  # its place in the document, from 0
    start: int
    end: int
    text: str
    title: str
    page: int | None
    language: str
    document_title: str
    date: str
    kind: str


def read(viewer: Viewer, keys: Sequence[int]) -> dict[int, Read]:
    """Those of the passages `keys` that `viewer` may read, by primary key, in no order."""
    found = Door.to(Passage, viewer).asked(READ, after=[listed(keys)])
    return {row[0]: Read(*row) for row in found}
