"""What the readers were left with, held against the rows and the numbered events."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any

from django.db.models import Q

from bench.streams.product import SLUG
from bench.streams.visitor import Visit
from concierge.chat import hold, stream
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
        """Hold one visit against its rows. Reads the database and Redis, before it counts."""
        rows = Message.objects.filter(conversation=visit.conversation)
        asked = rows.filter(role=Message.Role.CLIENT).count()
        answers = [(row, *held(row)) for row in rows.filter(role=Message.Role.CONCIERGE)]
        self.counts["visits"] += 1
        self.counts["cut"] += visit.cuts > 0
        self.counts["connections_cut"] += visit.cuts
        self.counts["questions_resent"] += visit.sends > 1
        self.counts["asked_by_get"] += visit.asked_by_get
        self.resumes += visit.resumes
        if visit.ended:
            self.whole.append(visit.ended - visit.acknowledged)
        self._note("lost", visit, asked == 0 and bool(visit.acknowledged))
        self._note("doubled", visit, asked > 1)
        self._note("unended", visit, not visit.ended)
        for row, html, told in answers:
            self._answer(visit, row, html, told)

    def _answer(self, visit: Visit, row: Message, html: str, told: dict[int, str]) -> None:
        self.counts[row.state] += 1
        self.counts["restarted"] += row.attempts > 1
        self.counts[f"by {row.rung or 'none'}"] += 1
        self._note("open", visit, row.is_open)
        article = visit.page.answers.get(row.pk)
        equal = article is not None and (article.state, article.words) == (row.state, html)
        self._note("unequal", visit, visit.ended > 0 and not equal)
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


def held(row: Message) -> tuple[str, dict[int, str]]:
    """What an answer's row renders to, and its words by place after each numbered event."""
    conversation = Conversation.objects.select_related("brand").get(pk=row.conversation_id)
    html = next(each.html for each in shown(conversation) if each.message.pk == row.pk)
    places = {}
    for attempt in range(1, row.attempts + 1):
        standing = stream.Standing()
        for event in stream.events(stream.attempt_at(row, attempt)):
            standing.take([event])
            places[attempt * ATTEMPT + event.number] = standing.html
    return html, places


@dataclass(frozen=True)
class Death:
    """An attempt at an answer that ended with its process. `at` is in seconds since 1970."""

    at: float
    row: int
    attempt: int


@dataclass
class Orphans:
    """Answers left by a kill, and how long they then took to end."""

    deaths: list[Death] = field(default_factory=list)
    open: int = 0

    def note(self, at: float) -> None:
        """Remember what a kill at `at` left: open, and not renewed since. Ask 3 seconds later."""
        rows = Message.objects.filter(
            conversation__brand__slug=SLUG, state__in=Message.OPEN, created__lt=moment(at)
        )
        stale = Q(lease_until__lt=moment(at) + hold.LEASE) | Q(lease_until=None)
        found = rows.filter(stale).values_list("pk", "attempts")
        self.deaths += [Death(at, pk, attempts) for pk, attempts in found]

    def report(self) -> dict[str, Any]:
        """Seconds from the kill that was an answer's last to its end, whichever that was."""
        rows = Message.objects.in_bulk({death.row for death in self.deaths})
        ends, failed = [], 0
        for death in self.deaths:
            row = rows[death.row]
            gave_up = row.state == Message.State.FAILED and row.attempts == death.attempt
            if row.finished and (row.attempts == death.attempt + 1 or gave_up):
                ends.append(row.finished.timestamp() - death.at)
                failed += gave_up
        return {
            "orphaned": len(self.deaths),
            "never_ended": sum(row.is_open for row in rows.values()),
            "given_up": failed,
            "kill_to_end_s": spread(ends),
            "over_30_s": sum(seconds > 30 for seconds in ends),
        }


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, tz=UTC)


def spread(values: list[float]) -> dict[str, float]:
    """In seconds; empty where there is nothing to tell."""
    if len(values) < 2:
        return {"max": round(max(values), 2)} if values else {}
    cuts = quantiles(values, n=100, method="inclusive")
    told = {"p50": cuts[49], "p95": cuts[94], "max": max(values)}
    return {name: round(value, 2) for name, value in told.items()}
