"""A further search in the archive."""

from dataclasses import dataclass, field

from django.db.models import Q

from archive.models import Document
from archive.models.document import PARTIAL_DATE
from archive.search import find_passages
from archive.support import UNSURE
from concierge.answering.compose import quoted, source_block, tagged
from concierge.answering.retrieve import LOOKED_AT, sources
from concierge.answering.tools.arguments import told
from concierge.answering.tools.evidence import Grown, with_sources
from concierge.answering.tools.found import Found
from concierge.answering.turn import Evidence, Turn

NAME = "search_archive"
DESCRIPTION = (
    "Looks for further passages of the house's archive: its history, people, craft, care guides. "
    "For what the sources given with the question do not tell; in other words than before."
)
MOST = 5  # passages one search adds
KINDS = 20  # that are named to a model which asked for none of them
DATE = PARTIAL_DATE.strip("^$")
END = "-99-99"  # after every month and day


@dataclass(frozen=True, slots=True)
class Arguments:
    query: str = field(
        metadata=told("What to look for, as a question or in a few telling words.", most=300)
    )
    kind: str | None = field(
        metadata=told("Only documents of this kind, as a source names it.", most=40), default=None
    )
    date_from: str | None = field(
        metadata=told(
            "Only documents dated then or later: 1934, 1934-05 or 1934-05-02.", most=10, form=DATE
        ),
        default=None,
    )
    date_to: str | None = field(
        metadata=told("Only documents dated then or earlier.", most=10, form=DATE), default=None
    )


def run(turn: Turn, evidence: Evidence, asked: Arguments) -> Found:
    visible = Document.objects.visible_to(turn.viewer)
    if asked.kind and not visible.filter(kind__iexact=asked.kind).exists():
        kinds = visible.order_by("kind").values_list("kind", flat=True).distinct()[:KINDS]
        has = quoted(", ".join(kinds))
        text = f"The archive has no documents of that kind. It has: {has}."
        return Found(evidence, text, "unknown_kind", is_fault=True)
    found = find_passages(turn.viewer, asked.query, LOOKED_AT, within(asked))
    best = sources(turn.viewer, found.hits)[:MOST]
    grown = with_sources(evidence, best, found.support)
    return Found(grown.evidence, words(grown, found.support), count(grown))


def within(asked: Arguments) -> Q | None:
    """A document dated by its year alone is of every month of it."""
    narrowed = Q()
    if asked.kind:
        narrowed &= Q(document__kind__iexact=asked.kind)
    if start := asked.date_from:
        wider = [start[:length] for length in (4, 7) if length < len(start)]
        narrowed &= Q(document__date__gte=start) | Q(document__date__in=wider)
    if asked.date_to:
        narrowed &= Q(document__date__lte=asked.date_to + END) & ~Q(document__date="")
    return narrowed or None


def words(grown: Grown, support: float) -> str:
    parts = []
    if grown.known:
        numbers = ", ".join(f"[{number}]" for number in grown.known)
        parts.append(f"Found again, as you have them: {numbers}.")
    if grown.sources:
        parts.append(tagged("sources", [source_block(each) for each in grown.sources]))
        if support < UNSURE:
            parts.append("These probably do not answer what you looked for.")
    return "\n\n".join(parts) or "The archive has nothing near this."


def count(grown: Grown) -> str:
    return f"{len(grown.sources)} new, {len(grown.known)} known"
