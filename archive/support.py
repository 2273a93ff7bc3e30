"""How likely it is that a question can be answered from what was found for it.

A passage that answers is near the question and stands out: the next ones are clearly further, by
meaning and by words. A question the archive is silent on finds many passages that are alike far.
A logistic regression weighs three such measures; docs/support.md has how they were chosen, what
they reach and where they fail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import fmean

from archive.lexical import K1
from archive.ranking import Run

UNSURE = 0.3  # below it the answer says so: 95 % of what can be answered lies above
WEAK = 0.05  # below it no model is asked: so low lies hardly a question that could be answered
RIVAL = 15  # the place in a list that its best is held against
FAR = 0.3  # cosine of a rival where an archive has fewer passages than that: as such lists end
NEVER_SAME = 0.01  # added to distances, so that the question's own words are not infinitely near


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression over the measures of `support`."""

    constant: float
    words: float
    nearness: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What the support is made of; `model` is empty where nothing was compared by meaning."""

    words: float  # from 0 to 1
    nearness: float  # cosine
    lead: float  # logarithm of a ratio of distances
    model: str


# Fitted on 21 November 2026 on the 177 conversations of multi-turn that are labelled answerable or
# unanswerable and, at a tenth of their weight, questions asked of the other set's corpus; again by
# `python -m bench.support`.
WEIGHTS: Mapping[str, Weights] = {
    "all-MiniLM-L6-v2": Weights(constant=-5.8, words=8.4, nearness=7.2, lead=2.2),
}
# Cosines of another model mean something else: until it has weights, words alone decide.
BY_WORDS = Weights(constant=-2.1, words=10.8)


def support(runs: Sequence[Run]) -> float:
    """The estimate, from 0 to 1, for the searches `runs` that were made for one question.

    Calibrated for archives that can answer about seven questions in ten.
    """
    if not any(run.lexical or run.dense for run in runs):
        return 0.0
    found = measured(runs)
    weights = WEIGHTS.get(found.model, BY_WORDS)
    return logistic(
        weights.constant
        + weights.words * found.words
        + weights.nearness * found.nearness
        + weights.lead * found.lead
    )


def measured(runs: Sequence[Run]) -> Measures:
    """Of several ways to ask, the best by words and the nearest; the mean lead by meaning."""
    near = [(run, run.question.model) for run in runs if run.question and run.dense]
    return Measures(
        words=max(lead_by_words(run) for run in runs),
        nearness=max((max(run.dense.values()) for run, _ in near), default=0.0),
        lead=fmean(lead_by_meaning(run) for run, _ in near) if near else 0.0,
        model=near[0][1] if near else "",
    )


def lead_by_words(run: Run) -> float:
    """How much more of the most any passage could score the best does than its rival, 0 to 1."""
    most = (K1 + 1) * max((sum(r.values()) for r in run.words.rarity.values()), default=0.0)
    scores = sorted(run.lexical.values(), reverse=True)
    if not scores or not most:
        return 0.0
    return (scores[0] - (scores[RIVAL - 1] if len(scores) >= RIVAL else 0.0)) / most


def lead_by_meaning(run: Run) -> float:
    """The logarithm of how many times further than the best its rival is."""
    cosines = sorted(run.dense.values(), reverse=True)
    rival = cosines[RIVAL - 1] if len(cosines) >= RIVAL else min(cosines[-1], FAR)
    return log((1 - rival + NEVER_SAME) / (1 - cosines[0] + NEVER_SAME))


def logistic(value: float) -> float:
    return 1 / (1 + exp(-value))
