"""How likely it is that what was found answers: what is asked for, beside what it is asked of.

A logistic regression over seven signs, as no single rule decides: a sentence may say in other
words what it is asked, and share all words with a question that it does not answer. English alone,
and the embedding models that have weights; docs/answering.md has what it reaches.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from math import exp

from archive.stems import stems
from concierge.answering.demanded import demanded, has
from concierge.answering.sentences import Sentence, around
from concierge.answering.turning import READ, TOKEN, alike_in, turning, weighs

FAR = 0.37  # cosine below which a word that nothing is like decides alone
MOST = 4  # words of weight from which a question is no longer a short one
OWNED = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Signs:
    """What is weighed, each from 0 to 1 but `length`."""

    bound: float  # the best cosine of a sentence that has what is asked for, by the names near it
    meaning: float  # the cosine of the best sentence
    length: float  # words of weight that the question has, MOST at most
    unturned: float  # the share of what it turns on that stands nowhere near the best sentences
    turns: float  # whether it is known what it turns on
    absent: float  # whether it has a word that nothing found is anything like
    beside: float  # whether nothing near says, or is like, most of what it turns on


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the signs, in their order; what is added; and the estimate that an answer must reach."""

    of: tuple[float, ...]
    constant: float
    least: float


# Made on 21 November 2026 by `python -m bench.answerable`, of 295 questions (docs/answering.md). At
# `least` 95 % of what can be answered are.
WEIGHTS: Mapping[str, Weights] = {
    "all-MiniLM-L6-v2": Weights(
        of=(3.795, 1.824, 0.491, -0.987, -1.059, -1.670, -1.812), constant=-2.815, least=0.171
    ),
}


def signs(
    question: str,
    ranked: Sequence[Sentence],
    found: Sequence[Sentence],
    *,
    absent: bool,
    beside: bool,
) -> Signs:
    """What tells whether `found` answers an English `question`; `ranked` are those that may be
    quoted, best first."""
    words = list(TOKEN.finditer(question))
    names = [each.group() for each in words if is_name(each)]
    others = [each.group() for each in words if not is_name(each)]
    turned = turning(question)
    return Signs(
        bound=bound(question, names, found),
        meaning=ranked[0].meaning,
        length=float(min(MOST, sum(map(weighs, others)))),
        unturned=unturned(turned, ranked[:READ]),
        turns=float(bool(turned)),
        absent=float(absent),
        beside=float(beside),
    )


def is_name(word: re.Match[str]) -> bool:
    return bool(word.start()) and word.group()[0].isupper()


def bound(question: str, names: Sequence[str], found: Sequence[Sentence]) -> float:
    """The best cosine of a sentence with what is asked for, times the share of names about it."""
    kind = demanded(question)
    told = [OWNED.sub("", name).lower() for name in names]
    best = 0.0
    for sentence in found:
        if has(kind, question, alike_in, sentence.text):
            about = f"{sentence.source.title} {around(sentence)}".lower()
            near = sum(name in about for name in told) / len(told) if told else 1.0
            best = max(best, sentence.meaning * near)
    return best


def unturned(turned: Sequence[str], best: Sequence[Sentence]) -> float:
    """The share of `turned` that stands about none of `best`, in no way of saying it."""
    if not turned:
        return 0.0
    texts = [f"{each.source.title} {around(each)}" for each in best]
    wanted = [" ".join(alike_in(word)) for word in turned]
    told, *sought = stems([("en", text) for text in (" ".join(texts), *wanted)])
    return sum(each.isdisjoint(told) for each in sought) / len(turned)


def is_elsewhere(told: Signs) -> bool:
    """Whether the best is far, and a word of the question is met by nothing: child labour is not a
    child and a labour of love."""
    return bool(told.absent) and told.meaning < FAR


def is_answered(model: str, told: Signs) -> bool | None:
    """Whether it is likely enough; None for a model without weights."""
    weights = WEIGHTS.get(model)
    if weights is None:
        return None
    total = sum(w * sign for w, sign in zip(weights.of, astuple(told), strict=True))
    return 1 / (1 + exp(-total - weights.constant)) >= weights.least
