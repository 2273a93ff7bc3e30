"""The files that a ZIP or a mail holds, as items of the same run."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive.ingestion import kept
from archive.ingestion.claim import Claim, State
from archive.ingestion.fetch import Fetched
from archive.ingestion.gather import LONGEST_KEY, GatherError, described
from archive.ingestion.keep import keep_bytes
from archive.ingestion.metadata import MetadataError
from archive.ingestion.nudge import nudge
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.inside import members
from archive.ingestion.parse.members import HIDING, MANY, MOST_FILES, Member, is_manifest
from archive.ingestion.parse.registry import HOLDERS, ZIP
from archive.ingestion.step import Step, reached
from archive.models import Document, IngestionItem, IngestionRun

BATCH = 500  # rows an INSERT
DEEPEST = 2  # files that were unpacked out of one another; the ZIPs inside a ZIP count as one
TOO_DEEP = "This ZIP was sent inside a file that was itself unpacked: bring it in by itself."
TWICE = "Two files of the ZIP have this name, and differ: the first one came in."
LONG = "Its name in the ZIP is too long."
# Controls, halves of characters, and marks that turn the order in which a name is read.
UNWRITABLE = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LARGEST_MANIFEST = 5 << 20  # bytes
SHOWN = 20  # names of files left out


def unpack(claimed: Claim, item: IngestionItem, fetched: Fetched, media_type: str) -> bool:
    """Make items of the files that `item` holds; whether it is now done, as a ZIP is.

    A mail goes on as a document beside its attachments. Repeated, it makes no item twice. Raises
    ParseError and MetadataError, where nothing has been made.
    """
    if media_type not in HOLDERS:
        return False
    if depth(item) >= DEEPEST:
        if media_type == ZIP:
            raise ParseError(TOO_DEEP)
        return False
    found = Found(item)
    for member in members(fetched.data):
        found.add(member)
    rows, notes = found.rows(), found.notes()
    with transaction.atomic():
        held = claimed.hold()
        kept.hold()
        for row in rows:
            if row.state == State.WAITING and not kept.is_kept(str(row.file.name)):
                raise FileNotFoundError(row.key)  # deleted at this very moment: once more
        check_room(held, len(rows))
        IngestionItem.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        tell(held, notes)
        waiting = held.members.filter(state=State.WAITING).order_by("size", "pk")
        to_nudge = list(waiting.values_list("pk", flat=True))
        transaction.on_commit(lambda: nudge(to_nudge))
        if media_type == ZIP:
            IngestionItem.objects.filter(pk=held.pk).update(file="")
            claimed.end(State.UNPACKED, reason=summary(held, notes))
        reached(Step.UNPACK, claimed.attempt)
    if media_type == ZIP:  # its files are kept one by one, the pictures without their places
        kept.discard([str(item.file.name)])
    return media_type == ZIP


def holds_others(item: IngestionItem) -> bool:
    """Whether the document of `item` came out of a file that holds others besides, a mail say."""
    documents = Document.objects.filter(brand=item.run.brand, key=item.key)
    return documents.filter(current__media_type__in=HOLDERS).exists()


def depth(item: IngestionItem) -> int:
    """How many files `item` has come out of."""
    count = 0
    while item.parent is not None:
        item, count = item.parent, count + 1
    return count


def check_room(item: IngestionItem, more: int) -> None:
    """Raises ParseError when all that came out of the first file would be too much."""
    while item.parent is not None:
        item = item.parent
    inside = item.run.items.filter(key__startswith=f"{item.key}/")
    if inside.count() + more > 2 * MOST_FILES:
        raise ParseError(MANY)


def tell(item: IngestionItem, notes: list[str]) -> None:
    """Add to the run's sentences on what was left out; none of them twice."""
    if notes:
        run = IngestionRun.objects.select_for_update().get(pk=item.run_id)
        run.notes = list(dict.fromkeys([*run.notes, *notes]))
        run.save(update_fields=["notes"])


def summary(item: IngestionItem, notes: list[str]) -> str:
    count = item.members.count()
    said = "1 file" if count == 1 else f"{count} files"
    return f"{said}; {len(notes)} left out" if notes else said


@dataclass(slots=True)
class Found:
    """What was found inside, its bytes already kept."""

    item: IngestionItem
    files: dict[str, IngestionItem] = field(default_factory=dict)  # by name inside
    manifests: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    hidden: int = 0

    def add(self, member: Member) -> None:
        if member.left_out == HIDING:
            self.hidden += 1
        elif member.left_out:
            self.left_out.append(f"{self.item.key}/{member.name}: {member.left_out}")
        elif not member.refused and is_manifest(member.name):
            self.manifests[member.name] = member.data
        else:
            self.take(member.name, self.row(member))

    def take(self, name: str, row: IngestionItem) -> None:
        first = self.files.get(name)
        if first is None:
            self.files[name] = row
        elif first.content_hash != row.content_hash or row.reason:
            refuse(row, row.reason or TWICE)
            row.key = numbered(row.key, len(self.files))
            self.files[row.key] = row

    def row(self, member: Member) -> IngestionItem:
        name = UNWRITABLE.sub("\ufffd", member.name)
        key = f"{self.item.key}/{name}"
        row = IngestionItem(
            run=self.item.run,
            parent=self.item,
            address=self.item.address,
            key=key,
            file_name=(PurePosixPath(name).name or name)[-LONGEST_KEY:],
            size=len(member.data),
            state=State.FAILED if member.refused else State.WAITING,
            reason=member.refused,
            finished=timezone.now() if member.refused else None,
        )
        if len(key) > LONGEST_KEY:
            refuse(row, LONG)
            row.key = numbered(key, 0)
        if row.state == State.WAITING:
            folder = Path("archive", self.item.run.brand.slug)
            suffix = PurePosixPath(name).suffix
            row.content_hash, row.file.name = keep_bytes(member.data, suffix, folder)
        return row

    def rows(self) -> list[IngestionItem]:
        """Each with what its manifest, and before that the file it came out of, says of it."""
        inherited = {name: said for name, said in self.item.metadata.items() if name != "title"}
        said = self.said()
        for name, row in self.files.items():
            row.metadata = inherited | said.get(name, {})
        return list(self.files.values())

    def said(self) -> dict[str, dict[str, Any]]:
        """Fields by name inside. Raises MetadataError for a manifest that cannot be right."""
        fields: dict[str, dict[str, Any]] = {}
        for name in sorted(self.manifests):
            if len(self.manifests[name]) > LARGEST_MANIFEST:
                raise MetadataError(f"{name} is larger than {LARGEST_MANIFEST >> 20} MB.")
            try:
                rows = json.loads(self.manifests[name].decode("utf-8-sig"))
                found = described(rows, name)
            except (ValueError, RecursionError) as error:
                sentence = str(error) if isinstance(error, GatherError) else f"{name} is no JSON."
                raise MetadataError(sentence) from error
            folder = PurePosixPath(name).parent
            fields |= {normpath(folder / file): each for file, each in found.items()}
        return fields

    def notes(self) -> list[str]:
        gone = [
            f"{self.item.key}/{name}: named in a manifest, but not there"
            for name in self.said()
            if name not in self.files
        ]
        found = [*self.left_out, *gone]
        more = len(found) - SHOWN
        shown = found[:SHOWN] + (
            [f"{self.item.key}: {more} more files left out"] if more > 0 else []
        )
        if self.hidden:
            shown.append(f"{self.item.key}: {self.hidden} hidden files left alone")
        return shown


def refuse(row: IngestionItem, reason: str) -> None:
    row.state, row.reason, row.finished = State.FAILED, reason, timezone.now()


def numbered(key: str, number: int) -> str:
    """A key that is no other's, for what cannot have its own."""
    mark = hashlib.sha256(f"{key} {number}".encode(errors="replace")).hexdigest()[:8]
    return f"{key[: LONGEST_KEY - 20]} ({mark})"
