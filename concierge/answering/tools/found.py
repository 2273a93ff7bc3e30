"""What a tool gives back: the evidence as it stands now, and its words for the model."""

from dataclasses import dataclass

from concierge.answering.turn import Evidence


@dataclass(frozen=True, slots=True)
class Found:
    """`text` is what the model is told; `reason` is for the step: counts, or one word."""

    evidence: Evidence
    text: str
    reason: str
    is_fault: bool = False  # nothing could be looked up: the text says why
    person: bool = False  # a person is to be offered
