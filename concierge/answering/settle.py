"""What kind of turn it is, once it is known what the house has for it.

Patterns and models may take a question for something the house knows nothing of. What the archive
or the catalogue answers well is never declined, whatever they say: to refuse it would be the worst
mistake.
"""

import re
from dataclasses import replace

from archive.support import UNSURE, WEAK
from concierge.answering.recognise import beyond
from concierge.answering.rewrite import rewrite
from concierge.answering.support import Claim, stems
from concierge.answering.turn import Evidence, Step, Turn
from concierge.answering.understand import Understanding
from concierge.llm.upstream import Upstream

# Of the words of a question, the share that one text of the house must have. Of the demo house's
# what is out of scope reaches half where the search thinks well of it, what is not three fifths.
HELD = 0.6
YEAR = re.compile(r"\b1[5-9]\d\d\b")  # who names one asks for history


async def settle(
    turn: Turn, asked: Understanding, evidence: Evidence, way: Upstream
) -> tuple[Understanding, Step | None]:
    """`asked` with its kind in the light of the evidence; a step where a model was asked.

    A model is asked of a first turn only, when no pattern knew it and nothing near it was found.
    """
    if not asked.is_for_archive:
        known = is_known(asked.query, evidence) and says_more(asked)
        return (as_question(asked) if known else asked), None
    if asked.topic or evidence.pieces or evidence.support >= WEAK:
        return asked, None
    if turn.history:  # a model has been asked of it before, where there is one
        return asked, None
    return await rewrite(turn, asked, way, unsure=True)


def is_known(query: str, evidence: Evidence) -> bool:
    """Whether the archive or the catalogue is likely to answer: what was found is likely to, and a
    text of it has most of the question's words."""
    if evidence.support < UNSURE and not evidence.finding:
        return False
    words = Claim.of(query).words
    texts = [f"{each.title} {each.date} {each.text}" for each in evidence.sources]
    texts += [f"{each.title} {each.facts}" for each in evidence.pieces]
    shares = (len(words & stems(text)) / len(words) for text in texts if words)
    return bool(YEAR.search(query)) or max(shares, default=0.0) >= HELD


def says_more(asked: Understanding) -> bool:
    """Whether a question says anything beyond the words that its topic is recognised by: those
    "Quel temps fait-il ?" is made of stand in every memoir."""
    return bool(Claim.of(beyond(asked.query, asked.topic)).words)


def as_question(asked: Understanding) -> Understanding:
    """What is unsafe stays so; anything else is for the archive to answer."""
    return asked if asked.kind == "unsafe" else replace(asked, kind="heritage", topic="")


def of_pieces(asked: Understanding, evidence: Evidence) -> Understanding:
    """A question that the rows of the catalogue answer is one of pieces."""
    told = evidence.finding or any(piece.told for piece in evidence.pieces)
    return replace(asked, kind="pieces") if told and asked.kind == "heritage" else asked
