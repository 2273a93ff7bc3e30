"""A dry run: what the next run would bring in, what it would take, and what it would cost.

Nothing is written. The source is listed; what the list cannot tell apart is asked for, up to a
bound, and of what is new or changed a sample is read whole, from which the rest is reckoned.
"""

import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db.models import F, Sum

from archive.embedding import current_embedder
from archive.ingestion.clean import clean
from archive.ingestion.embed import embed, embedding_text
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.limited import parse
from archive.ingestion.split import Split, split, weight
from archive.models import IngestionItem, Source
from archive.sources.compare import Comparison
from archive.sources.gather import content_of
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

ASKED = 40  # entries asked for at most, to tell whether they have changed
SAMPLE = 12  # new or changed entries read whole
PATIENCE = 90.0  # seconds after which no further entry is asked for
NAMED = 200  # entries named of each sort
PASSAGES = 200  # of past runs, below which their rate says too little
CALIBRATION = 10.0  # seconds of embedding, to learn how fast it is
LATELY = 500  # items of past runs that a rate is taken from
MILLION = 1_000_000

State = IngestionItem.State


@dataclass(frozen=True, slots=True)
class Sort:
    """How many entries there are of a sort, and the first of them by their keys."""

    count: int = 0
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, keys: list[str]) -> "Sort":
        return cls(len(keys), tuple(keys[:NAMED]))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run would do. Characters, tokens and passages are reckoned from the sample."""

    source: str
    listed: int
    new: Sort
    changed: Sort
    unchanged: int
    unsure: Sort  # known entries that were not asked for, so as not to fetch too much
    gone: Sort
    fetched: int  # entries that were asked for
    sampled: int  # entries that were read whole
    characters: int
    tokens: int
    passages: int
    seconds: float  # of one worker, with the rests that a website is given
    rate: str  # where the seconds come from
    model: str
    cost: float | None  # None where no price is known
    price: str  # where the cost comes from
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Sampled:
    """What a few entries came to."""

    entries: int = 0
    size: int = 0  # bytes of their files
    characters: int = 0
    tokens: int = 0
    passages: int = 0
    seconds: float = 0.0  # of reading them
    parts: list[Split] = field(default_factory=list)


def forecast(source: Source) -> Forecast:
    """Raises SourceError when the source cannot be listed, EmbeddingError without a model."""
    with TemporaryDirectory() as folder:
        return Dry(source, Path(folder)).forecast()


class Dry:
    """One look at a source that changes nothing."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.kind: Kind = made(source)
        self.comparison = Comparison(source)
        self.end = time.monotonic() + PATIENCE
        self.fetched = 0
        self.notes: list[str] = []
        self.listed: set[str] = set()
        self.new: list[Entry] = []
        self.changed: list[Entry] = []
        self.unsure: list[Entry] = []
        self.unchanged = 0
        self.sampled = Sampled()

    def forecast(self) -> Forecast:
        try:
            for entry in self.kind.entries():
                self.listed.add(entry.key)
                self.sort(entry)
        except LeaveAloneError as error:
            self.notes.append(str(error))
            self.kind.whole = False
        if isinstance(self.kind, Taker):
            self.foresee(self.kind, [*self.new, *self.changed])
        else:
            self.sample()
        return self.reckoned([*self.new, *self.changed], self.sampled)

    def sort(self, entry: Entry) -> None:
        if self.comparison.is_untouched(entry, self.kind):
            self.unchanged += 1
        elif self.comparison.owner(entry):
            self.notes.append(f"“{entry.key}” is brought in by another source already.")
        elif self.comparison.is_new(entry):
            self.new.append(entry)
        else:
            self.compare(entry)

    def compare(self, entry: Entry) -> None:
        """Ask for an entry of which the list does not tell whether it has changed."""
        if self.kind.delay and (self.fetched >= ASKED or time.monotonic() > self.end):
            self.unsure.append(entry)
            return
        try:
            brought = self.fetch(entry)
            if brought is None or self.comparison.is_same(entry, content_of(entry, brought.path)):
                self.unchanged += 1
                return
            self.changed.append(entry)
            if self.sampled.entries < SAMPLE:
                self.read(brought)
        except GoneError:
            self.listed.discard(entry.key)
        except LeaveAloneError:
            raise
        except (SourceError, ParseError) as error:
            self.notes.append(f"{entry.key}: {error}")

    def fetch(self, entry: Entry) -> Brought | None:
        self.fetched += entry.data is None
        return self.kind.fetch(entry, self.comparison.known(entry), self.folder)

    def foresee(self, kind: Taker, coming: list[Entry]) -> None:
        """What is no document is told of by its kind."""
        for entry in coming:
            brought = self.fetch(entry)
            if brought:
                self.notes.append(kind.foresee(brought.path))

    def sample(self) -> None:
        """Some new entries read whole, evenly from among all of them."""
        wanted = max(1, SAMPLE - self.sampled.entries)
        for entry in self.new[:: max(1, -(-len(self.new) // wanted))]:
            if self.kind.delay and time.monotonic() > self.end:
                break
            try:
                if brought := self.fetch(entry):
                    self.read(brought)
            except LeaveAloneError as error:
                self.notes.append(str(error))
                break
            except (SourceError, ParseError) as error:
                self.notes.append(f"{entry.key}: {error}")
                self.new.remove(entry)

    def read(self, brought: Brought) -> None:
        """Add what one file comes to. Raises ParseError."""
        began = time.monotonic()
        data = brought.path.read_bytes()
        parts = split(clean(parse(data, brought.file_name)))
        found = self.sampled
        found.seconds += time.monotonic() - began
        found.entries += 1
        found.size += len(data)
        found.characters += len(parts.document.text)
        found.passages += len(parts.pieces)
        found.tokens += sum(weight(embedding_text(p.title, p.text)) for p in parts.pieces)
        found.parts.append(parts)

    def reckoned(self, coming: list[Entry], found: Sampled) -> Forecast:
        factor = share(coming, found)
        passages = round(found.passages * factor)
        tokens = round(found.tokens * factor)
        each, rate = seconds_a_passage(found)
        rests = self.kind.delay * (len(coming) + len(self.unsure))
        cost, price = cost_of(tokens)
        return Forecast(
            source=self.source.name,
            listed=len(self.listed),
            new=Sort.of([entry.key for entry in self.new]),
            changed=Sort.of([entry.key for entry in self.changed]),
            unchanged=self.unchanged,
            unsure=Sort.of([entry.key for entry in self.unsure]),
            gone=Sort.of(self.gone()),
            fetched=self.fetched,
            sampled=found.entries,
            characters=round(found.characters * factor),
            tokens=tokens,
            passages=passages,
            seconds=round(each * passages + rests, 3),
            rate=rate,
            model=current_embedder().model,
            cost=cost,
            price=price,
            notes=tuple(dict.fromkeys([*self.notes, *self.kind.notes])),
        )

    def gone(self) -> list[str]:
        if not self.kind.whole:
            return []
        listings = self.comparison.listings.values()
        return [
            each.key
            for each in listings
            if each.content_hash and each.missing_since is None and each.key not in self.listed
        ]


def share(coming: list[Entry], found: Sampled) -> float:
    """How many times the sample all of `coming` is: by bytes where the list tells them."""
    if not found.entries:
        return 0.0
    sizes = [entry.size for entry in coming]
    if found.size and all(size is not None for size in sizes):
        return sum(size or 0 for size in sizes) / found.size
    return len(coming) / found.entries


def seconds_a_passage(found: Sampled) -> tuple[float, str]:
    """A worker's seconds a passage, and where the figure comes from. Raises EmbeddingError."""
    came = IngestionItem.objects.filter(
        state__in=(State.CREATED, State.UPDATED), passages__gt=0, started__isnull=False
    )
    lately = came.filter(pk__in=came.order_by("-pk").values("pk")[:LATELY])
    past = lately.aggregate(took=Sum(F("finished") - F("started")), passages=Sum("passages"))
    if (past["passages"] or 0) >= PASSAGES:
        return (
            past["took"].total_seconds() / past["passages"],
            f"as the last {past['passages']:,} passages took",
        )
    if not found.passages:
        return 0.0, "nothing would come in"
    embedder = current_embedder()
    embedder.warm()
    passages = 0
    began = time.monotonic()
    for parts in found.parts:
        embed(parts, embedder, lambda: None)
        passages += len(parts.pieces)
        if time.monotonic() - began > CALIBRATION:
            break
    each = found.seconds / found.passages + (time.monotonic() - began) / max(passages, 1)
    return each, f"measured on {found.passages:,} passages of the sample"


def cost_of(tokens: int) -> tuple[float | None, str]:
    """What embedding costs, and the price it was reckoned by."""
    if not settings.EMBEDDER.startswith("openai:"):
        return 0.0, "the model runs on this machine"
    parts = settings.EMBEDDER_PRICE.split()
    try:
        price = float(parts[0])
    except (IndexError, ValueError):
        return None, "no price is set (EMBEDDER_PRICE)"
    said = " ".join(parts[1:]) or "no currency or day given"
    return tokens * price / MILLION, f"{price:g} a million tokens, {said}"
