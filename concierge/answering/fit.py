"""A prompt cut to what its model can read: the oldest talk goes first, the question never."""

from dataclasses import replace

from concierge.answering.compose import MAX_TOKENS, asked
from concierge.answering.tools.use import offered
from concierge.answering.turn import Evidence, Turn
from concierge.llm.budget import counted

EXCHANGE = 2  # messages that go together: a question and its answer


def fitted(turn: Turn, evidence: Evidence, window: int) -> tuple[Turn, Evidence]:
    """`turn` and `evidence` with less of them, so that prompt and answer are `window` tokens.

    First the oldest exchanges go, then the weakest sources but one, then the summary. What is left
    is sent whatever its length: the question is never cut.
    """
    while tokens(turn, evidence) + MAX_TOKENS > window:
        if turn.history:
            turn = replace(turn, history=turn.history[EXCHANGE:])
        elif len(evidence.sources) > 1:
            evidence = replace(evidence, sources=evidence.sources[:-1])
        elif turn.summary:
            turn = replace(turn, summary="")
        else:
            break
    return turn, evidence


def tokens(turn: Turn, evidence: Evidence) -> int:
    """How many the prompt is of, counted from its bytes: rather too many than too few."""
    return counted(asked(turn, evidence, offered(turn.kind))[1], said=0).input_tokens


def half(turn: Turn, evidence: Evidence) -> int:
    """A window for half of that prompt."""
    return tokens(turn, evidence) // 2 + MAX_TOKENS
