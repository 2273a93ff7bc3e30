"""A person of the house is offered beneath the answer."""

from dataclasses import dataclass, field

from concierge.answering.tools.arguments import told
from concierge.answering.tools.found import Found
from concierge.answering.turn import Evidence, Turn

NAME = "offer_person"
DESCRIPTION = (
    "Offers a person of the house beneath your answer. For a complaint, a damaged piece that must "
    "be seen, an order, or a wish that you cannot serve."
)


@dataclass(frozen=True, slots=True)
class Arguments:
    reason: str = field(
        metadata=told("Why, in a few words; nobody but the house reads it.", most=200)
    )


def run(turn: Turn, evidence: Evidence, asked: Arguments) -> Found:
    text = (
        "A person is offered beneath your answer, with how to reach them. Say in your answer what "
        "you can; do not repeat the offer."
    )
    return Found(evidence, text, "offered", person=True)
