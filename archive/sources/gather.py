"""A run of a source: listed, compared, and what is new or changed handed to the queue.

A worker reads for a while and lets others work before it goes on. Killed at any instant, it leaves
a lease that ends, a run that still gathers, and of every entry either all or nothing: the next
worker lists again and passes over what the run has dealt with.
"""

import hashlib
import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from archive.ingestion import kept
from archive.ingestion.fetch import LARGEST, TOO_LARGE
from archive.ingestion.finish import close_run
from archive.ingestion.keep import keep
from archive.ingestion.keep_alive import ClaimLostError, kept_alive
from archive.ingestion.metadata import MetadataError, checked
from archive.ingestion.nudge import nudge
from archive.ingestion.step import Step, reached
from archive.models import IngestionItem, IngestionRun, Listing, Source
from archive.review import notices
from archive.sources.compare import Comparison
from archive.sources.gone import compare_gone
from archive.sources.kind import (
    Brought,
    Entry,
    GoneError,
    Kind,
    LeaveAloneError,
    SourceError,
    Taker,
    made,
)
from archive.sources.lease import ATTEMPTS, Lease, lease
from archive.sources.schedule import is_due

TURN = 120.0  # seconds a worker reads before it lets others work
REST = timedelta(minutes=30)  # that a site may ask for and a run waits for
LONGEST = timedelta(hours=6)  # since a run began; what a site makes wait then is for the next one
BATCH = 200  # unchanged entries written down by one statement
NOTES = 100  # sentences kept of a run
FAILED = "source_failed"  # what a notice is about
CUT_OFF = "Reading this source was cut off three times: the log of that time may say why."
TAKEN = "“{}” is brought in by the source “{}” already: give one of them a folder of its own."
UNKEPT = "The files cannot be kept: {}."

State = IngestionItem.State
log = logging.getLogger(__name__)


def work(source_id: int, seconds: float = TURN) -> bool:
    """Read the source if it is due, wanted or half read and nobody else does; whether more is left.

    Any number of calls for one moment of its schedule make one run.
    """
    held = lease(source_id)
    if held is None:
        return False
    try:
        with kept_alive(held.renew):
            return read(held, time.monotonic() + seconds)
    except ClaimLostError:
        log.info("source taken over", extra={"source": source_id})
        return False


def read(held: Lease, end: float) -> bool:
    run = begun(held)
    if run is None:
        held.give_back()
        return False
    if held.attempt > ATTEMPTS:
        fail(held, run, CUT_OFF)
        return False
    reached(Step.LISTING, held.attempt)
    try:
        gathering = Gathering(held, run)
        if not gathering.turn(end):
            held.give_back()
            return True
    except LeaveAloneError as error:
        if is_worth_waiting(run, error.until):
            held.give_back(error.until)  # a sweep takes it up then
            return False
        gathering.cut_short(error)
    except SourceError as error:
        fail(held, run, str(error))
        return False
    except OSError as error:
        fail(held, run, UNKEPT.format(error.strerror or error))
        return False
    gathering.conclude()
    return False


def begun(held: Lease) -> IngestionRun | None:
    """The source's run, the one that was cut off or a new one; None if none is called for."""
    with transaction.atomic():
        source = held.hold()
        run = source.runs.filter(gathering=True).first()
        if run:
            return run
        if not source.wanted and not (source.enabled and is_due(source)):
            return None
        run = IngestionRun.objects.create(
            brand=source.brand,
            source=source,
            origin=source.name,
            kind=source.document_kind,
            audience=source.audience,
            hold=True,
            gathering=True,
            started_by=source.wanted_by,
        )
        held.rows().update(wanted=None, wanted_by=None)
    return run


class Gathering:
    """One run of a source, from its list to its items."""

    def __init__(self, held: Lease, run: IngestionRun) -> None:
        self.held = held
        self.run = run
        self.source = Source.objects.select_related("brand").get(pk=held.source_id)
        self.kind: Kind = made(self.source)
        self.comparison = Comparison(self.source, run)
        self.common = {
            "kind": self.source.document_kind,
            "audience": self.source.audience,
            "rights": self.source.rights,
            "licence": self.source.licence,
        }
        self.same: list[Listing] = []

    def turn(self, end: float) -> bool:
        """Read until `end`, a moment of the monotonic clock; whether all is read.

        Raises SourceError, LeaveAloneError, OSError and ClaimLostError.
        """
        with TemporaryDirectory() as folder:
            try:
                for entry in self.left():
                    self.step(entry, Path(folder))
                    if time.monotonic() > end:
                        return False
            finally:
                self.flush()
        return True

    def cut_short(self, error: LeaveAloneError) -> None:
        self.kind.whole = False
        self.kind.notes.append(f"{error} What is left comes with the next run.")

    def left(self) -> Iterator[Entry]:
        for entry in self.kind.entries():
            if not self.comparison.is_done(entry):
                yield entry

    def step(self, entry: Entry, folder: Path) -> None:
        """Deal with one entry. Raises LeaveAloneError, OSError and ClaimLostError."""
        if self.comparison.is_untouched(entry, self.kind):
            self.unchanged(entry)
            return
        if owner := self.comparison.owner(entry):
            self.failed(entry, TAKEN.format(entry.key, owner))
            return
        try:
            brought = self.kind.fetch(entry, self.comparison.known(entry), folder)
            if brought is None:
                self.unchanged(entry, asked=True)
            elif self.comparison.is_same(entry, content_of(entry, brought.path)):
                self.unchanged(entry, brought)
            elif isinstance(self.kind, Taker):
                self.taken(self.kind, entry, brought)
            else:
                self.came(entry, brought)
        except GoneError as error:
            if self.comparison.is_new(entry):
                self.failed(entry, str(error))
        except LeaveAloneError:
            raise
        except (SourceError, MetadataError) as error:
            self.failed(entry, str(error))

    def unchanged(self, entry: Entry, brought: Brought | None = None, asked: bool = False) -> None:
        """Write down, in time, that the entry is still there and as it was."""
        listing = self.comparison.listings[entry.key]
        listing.seen, listing.stamp = self.run.created, entry.stamp
        if brought is not None:
            listing.etag, listing.last_modified = brought.etag, brought.last_modified
        if brought is not None or asked:
            listing.asked = timezone.now()
        self.same.append(listing)
        if len(self.same) >= BATCH:
            self.flush()

    def flush(self) -> None:
        fields = ["seen", "stamp", "etag", "last_modified", "asked"]
        Listing.objects.bulk_update(self.same, fields, batch_size=BATCH)
        self.same = []

    def came(self, entry: Entry, brought: Brought) -> None:
        """The entry's bytes kept, and an item for the queue."""
        item = self.item(entry, brought)
        with transaction.atomic():
            self.held.hold()
            self.kept_still(item, brought)
            item.save()
            self.listed(entry, brought, content_of(entry, brought.path))
            reached(Step.LISTED, self.held.attempt)
            transaction.on_commit(lambda: nudge([item.pk]))

    def kept_still(self, item: IngestionItem, brought: Brought) -> None:
        """Whoever deletes the last document of the same bytes takes them until a row names them."""
        kept.hold()
        if not kept.is_kept(str(item.file.name)):
            keep(brought.path, self.folder)

    @property
    def folder(self) -> Path:
        return Path("archive", self.source.brand.slug)

    def item(self, entry: Entry, brought: Brought) -> IngestionItem:
        metadata = checked(self.common | entry.metadata)
        if brought.path.stat().st_size > LARGEST:
            raise SourceError(TOO_LARGE)
        digest, name = keep(brought.path, self.folder)
        return IngestionItem(
            run=self.run,
            key=entry.key,
            address=brought.address,
            file_name=brought.file_name,
            file=name,
            content_hash=digest,
            size=brought.path.stat().st_size,
            metadata=metadata,
        )

    def taken(self, taker: Taker, entry: Entry, brought: Brought) -> None:
        """What is no document is brought in here and now, by its kind."""
        item = self.item(entry, brought)
        item.state, item.started = State.WORKING, timezone.now()
        earlier = self.run.items.filter(key=entry.key).first()  # of a worker that was killed
        if earlier:
            item.pk = earlier.pk
        with transaction.atomic():
            self.kept_still(item, brought)
            item.save()
        try:
            item.state, item.reason = taker.take(item, brought.path, self.held.renew)
        except SourceError as error:
            item.state, item.reason = State.FAILED, str(error)
        item.finished = timezone.now()
        with transaction.atomic():
            self.held.hold()
            item.save()
            failed = item.state == State.FAILED
            self.listed(entry, brought, "" if failed else content_of(entry, brought.path))

    def listed(self, entry: Entry, brought: Brought, content_hash: str) -> None:
        Listing.objects.update_or_create(
            source=self.source,
            key=entry.key,
            defaults={
                "address": brought.address,
                "etag": brought.etag,
                "last_modified": brought.last_modified,
                "stamp": entry.stamp,
                "size": brought.path.stat().st_size,
                "content_hash": content_hash,
                "asked": timezone.now(),
                "seen": self.run.created,
            },
        )

    def failed(self, entry: Entry, reason: str) -> None:
        """The entry is there and cannot be read: named, and tried again by the next run."""
        with transaction.atomic():
            self.held.hold()
            IngestionItem.objects.update_or_create(
                run=self.run,
                key=entry.key,
                defaults={
                    "address": entry.address,
                    "file_name": entry.file_name or entry.key,
                    "state": State.FAILED,
                    "reason": reason,
                    "finished": timezone.now(),
                },
            )
            Listing.objects.update_or_create(
                source=self.source,
                key=entry.key,
                defaults={"seen": self.run.created},
                create_defaults={"seen": self.run.created, "address": entry.address},
            )

    def conclude(self) -> None:
        """Compare what is gone, date the run and let the source go."""
        with transaction.atomic():
            source = self.held.hold()
            listed = source.listings.filter(seen=self.run.created).count()
            notes = [summary(listed, self.run.items.count())]
            notes += compare_gone(source, self.run, whole=self.kind.whole)
            end(self.run, notes + self.kind.notes)
            self.held.give_back()
            notices.settle_about(source, FAILED)
            reached(Step.GATHERED, self.held.attempt)
        close_run(self.run.pk)


def is_worth_waiting(run: IngestionRun, until: datetime) -> bool:
    """Whether the run is to go on after the rest that its site asks for."""
    now = timezone.now()
    return until - now <= REST and until - run.created <= LONGEST


def summary(listed: int, items: int) -> str:
    noun = "entry" if listed == 1 else "entries"
    if not items:
        return f"{listed:,} {noun} listed, all as they were."
    return f"{listed:,} {noun} listed, {items:,} of them new, changed or in trouble."


def end(run: IngestionRun, notes: list[str]) -> None:
    rows = IngestionRun.objects.select_for_update().filter(pk=run.pk)
    said = rows.values_list("notes", flat=True).get()  # of a ZIP, say, already unpacked
    kept = list(dict.fromkeys([*notes, *said]))
    if len(kept) > NOTES:
        kept = [*kept[:NOTES], f"and {len(kept) - NOTES:,} more"]
    run.notes = kept
    run.gathering = False
    run.save(update_fields=["notes", "gathering"])


def fail(held: Lease, run: IngestionRun, reason: str) -> None:
    """End the run: what it has brought in stays, and nothing counts as gone."""
    with transaction.atomic():
        source = held.hold()
        end(run, [reason])
        held.give_back()
        notices.tell(source, FAILED, f"“{source.name}” could not be read. {reason}")
    close_run(run.pk)


def content_of(entry: Entry, path: Path) -> str:
    """SHA-256 of the bytes and of what is said of them beside: either may change alone."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    if entry.metadata:
        digest.update(json.dumps(entry.metadata, sort_keys=True).encode())
    return digest.hexdigest()
