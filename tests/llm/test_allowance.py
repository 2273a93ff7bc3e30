"""What one turn may ask of the providers, and how long each may take."""

from time import monotonic

import pytest

from concierge.llm.allowance import LEAST, MOST_CALLS, Allowance
from concierge.llm.deadlines import HURRIED, Deadlines
from concierge.llm.errors import CallsSpentError, TimeSpentError

DEADLINES = Deadlines(first_token=4, idle=3)


def test_a_turn_has_three_calls():
    allowance = Allowance(60)
    for _ in range(MOST_CALLS):
        allowance.check()
        allowance.spend()
    with pytest.raises(CallsSpentError):
        allowance.check()


def test_nobody_is_asked_who_could_not_answer_in_time():
    with pytest.raises(TimeSpentError):
        Allowance(LEAST / 2).check()


def test_a_first_word_has_no_longer_than_the_turn():
    assert Allowance(60).within(DEADLINES).first_token == 4
    assert Allowance(2).within(DEADLINES).first_token <= 2


def test_time_is_only_ever_added():
    allowance = Allowance(60)
    allowance.extend(4)
    assert allowance.seconds_left > 50


def test_a_gap_is_as_long_as_is_usual_where_nothing_failed():
    assert Allowance(1).within(DEADLINES).gap(monotonic() + 100) == 3


@pytest.mark.parametrize(("left", "gap"), [(60, 3), (2, 2), (1, HURRIED), (-5, HURRIED)])
def test_after_a_failure_a_gap_lasts_to_the_end_of_the_turns_time(left, gap):
    allowance = Allowance(60, has_failed=True)
    assert allowance.within(DEADLINES).gap(allowance.until - left) == pytest.approx(gap)
