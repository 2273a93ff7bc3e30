"""What uses a document. The floors above say so: the archive does not know them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """That something rests on a document, as a sentence's part: “3 answers in 2 conversations”."""

    document: int
    said: str
    holds: bool = True  # whether the document must stay for it


@dataclass(frozen=True, slots=True)
class Question:
    """One that a document has helped to answer, in the words of whoever asked, who is not named."""

    text: str
    count: int  # answers to it that cite the document
    last: str  # ISO 8601 date


FindUses = Callable[[Collection[int]], Iterable[Use]]
FindQuestions = Callable[[int, int], tuple[int, list[Question]]]

finders: list[FindUses] = []
asked: list[FindQuestions] = []


def register(find: FindUses) -> None:
    """To be called once, when an application is ready. `find` takes keys of documents."""
    finders.append(find)


def register_questions(find: FindQuestions) -> None:
    """`find(document, most)` gives how many questions there are, and `most` of them."""
    asked.append(find)


def uses(documents: Collection[int]) -> dict[int, list[Use]]:
    """By document; those that nothing uses are not in it. A few queries, however many they are."""
    found: dict[int, list[Use]] = defaultdict(list)
    for find in finders:
        for use in find(documents):
            found[use.document].append(use)
    return dict(found)


def questions(document: int, most: int) -> tuple[int, list[Question]]:
    """How many questions the document has helped to answer, and the latest of them."""
    told = [find(document, most) for find in asked]
    return sum(count for count, _ in told), [each for _, some in told for each in some][:most]
