"""A prompt that is cut to what its model can read."""

from dataclasses import replace

import pytest

from concierge.answering.compose import MAX_TOKENS, asked
from concierge.answering.fit import fitted, tokens
from concierge.answering.turn import Evidence, Exchange
from tests.answering.test_converse import TURN
from tests.answering.test_verify import EVIDENCE

LONG = "word " * 100
TALKED = replace(
    TURN,
    history=tuple(Exchange(who, LONG) for who in ("client", "concierge") * 3),
    summary="client: My wrist measures 15 cm.",
)
SOURCED = Evidence(
    EVIDENCE.query,
    tuple(replace(EVIDENCE.sources[0], number=n, text=LONG) for n in (1, 2, 3)),
    support=0.9,
)


def shape(window):
    turn, evidence = fitted(TALKED, SOURCED, window)
    return len(turn.history), len(evidence.sources), bool(turn.summary)


def test_what_fits_is_left_as_it_is():
    assert fitted(TALKED, SOURCED, 100_000) == (TALKED, SOURCED)


def test_the_oldest_talk_goes_first_and_then_the_weakest_sources():
    whole = tokens(TALKED, SOURCED) + MAX_TOKENS
    assert shape(whole - 1) == (4, 3, True)
    bare = tokens(replace(TALKED, history=()), SOURCED) + MAX_TOKENS
    assert shape(bare) == (0, 3, True)
    assert shape(bare - 1) == (0, 2, True)


@pytest.mark.parametrize("window", [0, 100])
def test_the_question_and_the_best_source_are_never_cut(window):
    turn, evidence = fitted(TALKED, SOURCED, window)
    assert (turn.history, turn.summary) == ((), "")
    assert [source.number for source in evidence.sources] == [1]
    assert TURN.question in asked(turn, evidence)[1].messages[-1].text


def test_what_is_left_fits():
    for window in range(3700, 6000, 300):
        turn, evidence = fitted(TALKED, SOURCED, window)
        assert tokens(turn, evidence) + MAX_TOKENS <= window
