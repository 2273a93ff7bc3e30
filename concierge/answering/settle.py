"""What kind of turn it is, once it is known what the house has for it.

Patterns and models may take a question for something the house knows nothing of. What the archive
or the catalogue answers well is never declined, whatever they say: to refuse it would be the worst
mistake.
"""

from dataclasses import replace

from archive.support import UNSURE, WEAK
from concierge.answering.rewrite import rewrite
from concierge.answering.turn import Evidence, Step, Turn
from concierge.answering.understand import Understanding
from concierge.llm.upstream import Upstream


async def settle(
    turn: Turn, asked: Understanding, evidence: Evidence, way: Upstream
) -> tuple[Understanding, Step | None]:
    """`asked` with its kind in the light of the evidence; a step where a model was asked.

    A model is asked of a first turn only, when no pattern knew it and nothing near it was found.
    """
    if is_known(evidence):
        return as_question(asked), None
    if not asked.is_for_archive or asked.topic or evidence.pieces or evidence.support >= WEAK:
        return asked, None
    if turn.history:  # a model has been asked of it before, where there is one
        return asked, None
    return await rewrite(turn, asked, way, unsure=True)


def is_known(evidence: Evidence) -> bool:
    """Whether the archive or the catalogue is likely to answer."""
    return bool(evidence.finding) or evidence.support >= UNSURE


def as_question(asked: Understanding) -> Understanding:
    """What is unsafe stays so; anything else is for the archive to answer."""
    if asked.is_for_archive or asked.kind == "unsafe":
        return asked
    return replace(asked, kind="heritage", topic="")


def of_pieces(asked: Understanding, evidence: Evidence) -> Understanding:
    """A question that the rows of the catalogue answer is one of pieces."""
    told = evidence.finding or any(piece.told for piece in evidence.pieces)
    return replace(asked, kind="pieces") if told and asked.kind == "heritage" else asked
