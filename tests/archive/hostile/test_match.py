"""Texts made to be compared for hours."""

import pytest

from archive.sources.match import opcodes

SAME = ["a"] * 5000


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (SAME, ["a", "b"] * 2500, ["equal", "replace"]),
        (SAME, [*SAME, "b"], ["equal", "insert"]),
        ([*SAME, "b"], SAME, ["equal", "delete"]),
        (SAME, SAME, ["equal"]),
        (["x", *SAME, "y"], ["x", *SAME[:9], "z", *SAME[9:], "y"], ["equal", "insert", "equal"]),
        (["a", "b", "c"], ["a", "x", "c"], ["equal", "replace", "equal"]),
    ],
)
def test_are_compared_at_once(old, new, kinds):
    found = opcodes(old, new)
    assert [kind for kind, *_ in found] == kinds
    assert [each for _, _, _, first, last in found for each in new[first:last]] == list(new)
    assert [each for _, start, end, _, _ in found for each in old[start:end]] == list(old)
