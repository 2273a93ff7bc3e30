"""Nothing of a payload is ever more than text, wherever a stream is cut."""

import pytest

from tests.attack.corpus import PLAIN, corpus
from tests.attack.grammar import balanced, foreign, shown

KINDS = [*PLAIN, "framed"]


def test_the_corpus_is_as_large_as_it_is_said_to_be():
    payloads = corpus()
    assert len(payloads) >= 762
    assert {each.kind for each in payloads} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_payload_makes_markup_at_any_boundary(kind):
    for payload in corpus():
        if payload.kind == kind:
            for html in shown(payload):
                assert foreign(html) == [], repr(payload.text[:200])
                assert balanced(html), repr(payload.text[:200])
