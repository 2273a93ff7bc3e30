"""The first rung: what the house itself has written for this question, word for word."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from archive.threads import in_thread
from archive.wall.scope import everything
from concierge.answering.ladder import Rung
from concierge.answering.turn import Cited, Delta, Evidence, Guidance, Reply, Source, Turn
from concierge.answering.understand import Understanding
from concierge.approved.match import Candidate, Quoted, match
from concierge.approved.models import ApprovedAnswer

RUNG = "approved"


@dataclass(frozen=True, slots=True)
class Approved:
    """One approved answer as a rung. It cannot fail."""

    found: Candidate
    name: str = RUNG
    calls_upstream: bool = False

    async def answer(self, turn: Turn, evidence: Evidence) -> AsyncGenerator[Delta | Reply, None]:
        await in_thread(count_hit)(self.found.answer_id)
        yield Delta(self.found.text)
        yield Reply(
            text=self.found.text,
            citations=tuple(cited(each) for each in self.found.quoted),
            product_ids=self.found.products,
            rung=RUNG,
            reason=f"answer {self.found.answer_id} at {self.found.near:.2f}",
        )


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The rung of the answer that the house has approved, if it has; else what comes near."""

    rungs: Sequence[Rung] | None = None  # the whole ladder: it never falls through
    guidance: tuple[Guidance, ...] = ()


def look_up(turn: Turn, asked: Understanding) -> LookedUp:
    """One query, and no call of a provider's.

    A follow-up is looked up as it stands alone: as a model has written it, or with the question it
    leans on. Near-misses are counted.
    """
    found = match(turn.viewer, asked.rewritten or asked.subject, turn.brand.name)
    if found.answer:
        return LookedUp(rungs=(Approved(found.answer),))
    if found.near:
        count_near([each.answer_id for each in found.near])
    return LookedUp(guidance=tuple(guidance(each) for each in found.near))


def guidance(near: Candidate) -> Guidance:
    return Guidance(near.wording, near.text, tuple(source(each) for each in near.quoted))


def source(quoted: Quoted) -> Source:
    return Source(
        number=quoted.number,
        title=quoted.title,
        text=quoted.text,
        document_id=quoted.document_id,
        version_id=quoted.version_id,
        passage_id=quoted.passage_id,
        start=quoted.start,
        date=quoted.date,
        kind=quoted.kind,
        language=quoted.language,
    )


def cited(quoted: Quoted) -> Cited:
    end = quoted.start + len(quoted.text)
    return Cited(quoted.number, source(quoted), quoted.start, end, quoted.text)


@everything()
def count_near(answer_ids: list[int]) -> None:
    ApprovedAnswer.objects.filter(pk__in=answer_ids).count_near()


@everything()
def count_hit(answer_id: int) -> None:
    ApprovedAnswer.objects.filter(pk=answer_id).count_hit()
