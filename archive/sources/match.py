"""Which parts of two sequences are alike, in a time that neither of them decides."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

MATCHES = 50_000  # pairs of equal elements; a search for the longest run looks at each many times

Opcode = tuple[str, int, int, int, int]  # as `SequenceMatcher.get_opcodes` gives them


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """How `old` becomes `new`. Spaces alone never make two parts alike.

    Where the same few elements recur so often that the search would take the cube of their
    number, what stands between the like beginning and the like end is replaced whole.
    """
    counts = Counter(each for each in new if not each.isspace())
    if sum(counts[each] for each in old) <= MATCHES:
        return [*SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()]
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    ends = len(old) - tail, len(new) - tail
    found = [
        ("equal", 0, head, 0, head),
        (kind(head, *ends), head, ends[0], head, ends[1]),
        ("equal", ends[0], len(old), ends[1], len(new)),
    ]
    return [each for each in found if each[1] < each[2] or each[3] < each[4]]


def kind(start: int, old: int, new: int) -> str:
    if start == old:
        return "insert"
    return "delete" if start == new else "replace"
