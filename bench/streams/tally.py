"""What the readers were left with, held against the rows and the numbered events."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from django.utils import timezone

from bench.streams.visitor import Visit
from concierge.chat import stream
from concierge.chat.models import Conversation, Message
from concierge.chat.thread import ATTEMPT, ENDED, shown


@dataclass
class Tally:
    """Counts over visits. `faults` names the conversations where something is wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    resumes: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)  # seconds from acknowledgement to the end
    faults: list[str] = field(default_factory=list)

    def check(self, visit: Visit) -> None:
        """Hold one visit against its rows. Reads the database and Redis."""
        self.counts["visits"] += 1
        self.counts["cut"] += visit.cuts > 0
        self.counts["connections_cut"] += visit.cuts
        self.counts["questions_resent"] += visit.sends > 1
        self.counts["asked_by_get"] += visit.asked_by_get
        self.resumes += visit.resumes
        if visit.ended:
            self.whole.append(visit.ended - visit.acknowledged)
        rows = Message.objects.filter(conversation=visit.conversation)
        asked = rows.filter(role=Message.Role.CLIENT).count()
        self._note("lost", visit, asked == 0 and bool(visit.acknowledged))
        self._note("doubled", visit, asked > 1)
        self._note("unended", visit, not visit.ended)
        for row in rows.filter(role=Message.Role.CONCIERGE):
            self._answer(visit, row)

    def _answer(self, visit: Visit, row: Message) -> None:
        self.counts[row.state] += 1
        self.counts["restarted"] += row.attempts > 1
        self.counts[f"by {row.rung or 'none'}"] += 1
        self._note("open", visit, row.is_open)
        article = visit.page.answers.get(row.pk)
        conversation = Conversation.objects.select_related("brand").get(pk=row.conversation_id)
        html = next(each.html for each in shown(conversation) if each.message.pk == row.pk)
        equal = article is not None and (article.state, article.words) == (row.state, html)
        self._note("unequal", visit, visit.ended > 0 and not equal)
        told = dict(replayed(row))
        streamed = [(at, words) for number, at, words in visit.page.seen if number == row.pk]
        streamed = [(at, words) for at, words in streamed if 0 < at % ATTEMPT < ENDED - 1]
        self.counts["frames"] += len(streamed)
        self._note("misread", visit, any(told.get(at) != words for at, words in streamed))

    def _note(self, what: str, visit: Visit, is_so: bool) -> None:
        self.counts[what] += is_so
        if is_so:
            self.faults.append(f"{what} {visit.conversation}")

    def report(self) -> dict[str, Any]:
        return {
            **self.counts,
            "resume_s": spread(self.resumes),
            "answered_s": spread(self.whole),
            "faults": self.faults[:20],
        }


def replayed(row: Message) -> list[tuple[int, str]]:
    """(place, words) after each numbered event of each attempt, in order."""
    places = []
    for attempt in range(1, row.attempts + 1):
        standing = stream.Standing()
        for event in stream.events(row.pk, attempt):
            standing.take([event])
            places.append((attempt * ATTEMPT + event.number, standing.html))
    return places


@dataclass
class Orphans:
    """Answers that were open at a kill, and how long they then took to end."""

    open_at: list[tuple[float, int, int]] = field(default_factory=list)  # when, row, attempts

    def note(self) -> int:
        """Remember what is open now; how many."""
        now = timezone.now().timestamp()
        found = Message.objects.filter(state__in=Message.OPEN).values_list("pk", "attempts")
        found = found.filter(conversation__brand__slug="streams")
        self.open_at += [(now, pk, attempts) for pk, attempts in found]
        return len(found)

    def report(self) -> dict[str, Any]:
        """Seconds from a kill to the end of those that had to be taken up by another process."""
        rows = Message.objects.in_bulk({pk for _, pk, _ in self.open_at})
        taken = [
            rows[pk].finished.timestamp() - at
            for at, pk, attempts in self.open_at
            if rows[pk].finished and rows[pk].attempts > max(attempts, 1)
        ]
        never = sum(rows[pk].is_open for _, pk, _ in self.open_at)
        return {
            "open_at_kills": len(self.open_at),
            "never_ended": never,
            "taken_up": len(taken),
            "kill_to_end_s": spread(taken),
        }


def spread(values: list[float]) -> dict[str, float]:
    """In seconds; empty where there is nothing to tell."""
    if len(values) < 2:
        return {"max": round(max(values), 2)} if values else {}
    cuts = quantiles(values, n=100, method="inclusive")
    told = {"p50": cuts[49], "p95": cuts[94], "max": max(values)}
    return {name: round(value, 2) for name, value in told.items()}
