"""The sentences of texts, and how much of a question's words each of them holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.search import LEXICON
from archive.sentences import sentences
from archive.stems import spelling, stems

UNKNOWN = 0.3  # of the rarest word's weight: one the archive has nowhere, or misspelt
NEIGHBOUR = 0.5  # what a query word is worth in the sentence before, or in the title

Place = tuple[int, int, int]  # a text's number, and where in it a sentence starts and ends


class Readable(Protocol):
    """A text with its title and language, a passage say."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence, `texts[number].text[start:end]`.

    `words` is the share of the question's weight that it holds, from 0 to 1; what only the title
    or the sentence before holds counts by half.
    """

    number: int
    start: int
    end: int
    lead: int  # where the sentence before it begins, or its own start
    words: float


def weighed(
    query: str,
    texts: Sequence[Readable],
    brand_id: int,
    *,
    about: str = "",
    places: Callable[[str], list[tuple[int, int]]] = sentences,
) -> list[Weighed]:
    """The sentences of `texts`, in order.

    `about` says what the question is about when it leans on something said before; `places` finds
    the sentences of one text.
    """
    found: list[Place] = [
        (number, start, end)
        for number, each in enumerate(texts)
        for start, end in places(each.text)
    ]
    spelled = stems(
        [(texts[number].language, texts[number].text[start:end]) for number, start, end in found]
        + [(each.language, each.title) for each in texts]
    )
    own, titles = spelled[: len(found)], spelled[len(found) :]
    goals = weights(query, about, brand_id)
    rows: list[Weighed] = []
    for (number, start, end), words, before in zip(
        found, own, [frozenset[str](), *own], strict=False
    ):
        follows = bool(rows) and rows[-1].number == number
        around = titles[number] | (before if follows else frozenset())
        goal = goals.get(spelling(texts[number].language), {})
        lead = rows[-1].start if follows else start
        rows.append(Weighed(number, start, end, lead, share(goal, words, around)))
    return rows


def weights(query: str, about: str, brand_id: int) -> dict[str, dict[str, float]]:
    """What each word of the question is worth, by language of the text it is looked for in."""
    words = LEXICON.words(brand_id, query)
    asked = words.rarity
    beside = LEXICON.words(brand_id, about).rarity if about not in ("", query) else {}
    codes = sorted(asked.keys() | beside.keys())
    spelled = stems([(code, words.asked.get(code, query)) for code in codes])
    goals = {}
    for code, own in zip(codes, spelled, strict=True):
        rare = max(asked.get(code, {}).values(), default=1.0)
        goals[code] = {
            **{term: rarity * NEIGHBOUR for term, rarity in beside.get(code, {}).items()},
            **dict.fromkeys(own, rare * UNKNOWN),
            **asked.get(code, {}),
        }
    return goals


def share(goal: dict[str, float], own: frozenset[str], around: frozenset[str]) -> float:
    """The part of the question's weight a sentence holds, the words around it counted by half."""
    whole = sum(goal.values())
    held = sum(
        value * (1.0 if term in own else NEIGHBOUR)
        for term, value in goal.items()
        if term in own or term in around
    )
    return held / whole if whole else 0.0
