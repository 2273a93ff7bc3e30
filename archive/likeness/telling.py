"""Whether what differs between two texts sets them apart: a number, a size, a colour, a name.

A copy of a letter with other words in it is a copy. A care card for another size, the same
sentence on another piece or at another price, is not, however little differs. So each such word
is looked for in the other text, and where it is missing, its place is: the two words before and
the two behind. A place that holds something else, or nothing, sets the texts apart; a place that
is not there at all belongs to a passage that one of them leaves out, or has moved.
"""

from itertools import product

from archive.likeness.reading import Reading
from archive.spelling import distance

BETWEEN = 4  # words that may stand in the place of one
NEAR = {1: 4, 2: 6}  # letters a word needs to be the same in spite of so many wrong ones
JOINED = 5  # letters of a word that may be found with a space inside


def apart(one: Reading, other: Reading) -> str:
    """The word by which two texts are different ones, "" where they say the same.

    `one` is the shorter: what it says of numbers and catalogue words has to be in the other.
    """
    here, there = one.counts, other.counts
    lacking = [word for word in one.strict if here[word] > there[word]]
    if lacking:
        more = [word for word in there if word not in here]
        for word in lacking:
            if not is_there(word, more, one, other):
                return word
    for first, second in ((one, other), (other, one)):
        for place in first.telling:
            word = first.words[place]
            reach = 2 if first.counts[word] > second.counts[word] else 3
            if is_elsewise(first, place, second, reach):
                return word
    return ""


def is_there(word: str, words: list[str], one: Reading, other: Reading) -> bool:
    """Whether a word of `one` is among `words` misread, or in `other` with a space inside it."""
    if word[0].isdigit():
        return False
    if is_joined(word, other):
        return True
    strict = word in one.strict
    return any(not (strict and each in other.strict) and is_misread(word, each) for each in words)


def is_elsewise(one: Reading, place: int, other: Reading, reach: int) -> bool:
    """Whether the place of a word of `one` is in `other`, and holds something else there.

    The place is known by the `reach` words before and behind it, 2 or 3.
    """
    words, word = one.words, one.words[place]
    starts = other.spots.get((words[place - 2], words[place - 1]), ())
    ends = other.spots.get((words[place + 1], words[place + 2]), ())
    found = False
    for start, end in product(starts, ends):
        if not 2 <= end - start <= 2 + BETWEEN:
            continue
        wider = other.words[start - 1 : start], other.words[end + 2 : end + 3]
        if reach > 2 and wider != ([words[place - 3]], [words[place + 3]]):
            continue
        held = other.words[start + 2 : end]
        if word in held or is_there(word, held, one, other):
            return False
        found = True
    return found


def is_misread(word: str, other: str) -> bool:
    """Whether two words are one, but for the letters that a reader or a writer gets wrong."""
    if abs(len(word) - len(other)) > len(NEAR) + 1 or other[0].isdigit():
        return False
    word, other = (each.replace("rn", "m").replace("cl", "d") for each in (word, other))
    shorter = min(len(word), len(other))
    allowed = sum(shorter >= letters for letters in NEAR.values())
    return abs(len(word) - len(other)) <= allowed and distance(word, other) <= allowed


def is_joined(word: str, text: Reading) -> bool:
    """Whether the word is in the text with a space inside it."""
    return (
        len(word) >= JOINED
        and not word.isdigit()
        and any((word[:cut], word[cut:]) in text.spots for cut in range(1, len(word)))
    )
