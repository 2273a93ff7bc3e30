"""The weights of the signs that a question is answered, and how well they tell it.

    python -m bench.answerable --of serance demo/questions.jsonl --of museum FILE...

Each `--of` names a brand and files of questions with gold evidence (evaluate_answers) asked of it.
Only questions whose answer would be quoted are weighed; what nothing is quoted for is refused
before. "halves": weights and threshold of one half of the questions, measured on the other.
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django
import numpy as np

django.setup()

from dataclasses import astuple, fields

from archive.embedding import current_embedder
from archive.models import Brand
from archive.support import UNSURE
from archive.tongues import said_in
from archive.viewer import Viewer
from archive.wall.scope import EVERYTHING, reading, set_for_process
from concierge.answering.answer import read_alone
from concierge.answering.answerable import Signs, is_elsewhere
from concierge.answering.extract import (
    ENOUGH,
    NEARLY,
    chosen,
    is_english,
    is_faint,
    judged,
    signs_of,
)
from concierge.answering.manners import voice_of
from concierge.answering.retrieve import passages
from concierge.answering.sentences import scored
from concierge.answering.turn import Evidence, Turn
from concierge.answering.understand import understand
from concierge.evaluation.answers import UNANSWERABLE, Asked, read_questions

KEPT = 0.95  # of the answerable that the threshold is to keep
SPLITS = 40
RIDGE = 3.0
REFUSED = -99.0  # the score of what nothing would be quoted for

Row = tuple[bool, tuple[float, ...] | None]  # answerable; its signs, None for nothing quoted


def rows_of(brand: Brand, files: list[str]) -> list[Row]:
    asked = [each for file in files for each in read_questions(Path(file))]
    return [row for each in asked for row in one(brand, each)]


def one(brand: Brand, asked: Asked) -> list[Row]:
    """What a question is weighed by; none for one in another language than English."""
    viewer = Viewer.reading(brand.pk)
    with reading(viewer):
        turn = read_alone(Turn(voice_of(brand), asked.text, viewer, asked.history))
        understood = understand(turn)
        sources, support = passages(turn, understood)
        evidence = Evidence(understood.standalone, sources, support=support)
        found = scored(understood.query, understood.subject, brand.pk, sources)
        ranked = judged(said_in(turn.question, "en"), found)
        is_answerable = asked.kind != UNANSWERABLE
        least = ENOUGH if support < UNSURE else NEARLY
        if not chosen(turn.question, ranked, least) or is_faint(understood.query, ranked, support):
            return [(is_answerable, None)]
        if not is_english(understood.query, ranked):
            return []
        told = signs_of(turn, ranked, found, evidence)
        return [(is_answerable, None if is_elsewhere(told) else astuple(told))]


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's steps, both kinds weighing the same; (n + 1,), the constant
    last."""
    middle, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - middle) / spread, np.ones(len(x))]
    ridge = np.diag([RIDGE] * x.shape[1] + [0.0])
    weight = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    b = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (weight * (p - y)) + ridge @ b
        b -= np.linalg.solve((z.T * (weight * p * (1 - p))) @ z + ridge, slope)
    own = b[:-1] / spread
    weights: np.ndarray = np.r_[own, b[-1] - own @ middle]
    return weights


def told(rows: list[Row], b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores, and whether each is answerable."""
    score = [REFUSED if signs is None else float(np.r_[signs, 1.0] @ b) for _, signs in rows]
    return np.array(score), np.array([answerable for answerable, _ in rows])


def learnt(rows: list[Row]) -> tuple[np.ndarray, float]:
    """Weights, and the score that KEPT of the answerable reach."""
    weighed = [(answerable, signs) for answerable, signs in rows if signs is not None]
    b = fitted(np.array([signs for _, signs in weighed]), np.array([y for y, _ in weighed]))
    score, y = told(rows, b)
    reached = np.sort(score[y])
    return b, max(float(reached[int((1 - KEPT) * len(reached))]), REFUSED + 1)


def refused(rows: list[Row], b: np.ndarray, least: float) -> tuple[float, float]:
    """Of the unanswerable, and of the answerable."""
    score, y = told(rows, b)
    return float((score[~y] < least).mean()), float((score[y] < least).mean())


def halves(rows: list[Row]) -> tuple[float, float]:
    """The same, of a half by what the other taught; the mean of SPLITS draws, each both ways."""
    reached = []
    for seed in range(SPLITS):
        order = np.random.default_rng(seed).permutation(len(rows))
        for mine, other in ((order[::2], order[1::2]), (order[1::2], order[::2])):
            taught = learnt([rows[at] for at in mine])
            reached.append(refused([rows[at] for at in other], *taught))
    whole = np.mean(reached, axis=0)
    return float(whole[0]), float(whole[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of", nargs="+", action="append", metavar="BRAND FILE", required=True)
    set_for_process(EVERYTHING)
    rows: list[Row] = []
    for slug, *files in parser.parse_args().of:
        rows += rows_of(Brand.objects.get(slug=slug), files)
    b, least = learnt(rows)
    report = {
        "model": current_embedder().model,
        "answerable": sum(y for y, _ in rows),
        "unanswerable": sum(not y for y, _ in rows),
        "weights": {
            each.name: round(float(w), 3) for each, w in zip(fields(Signs), b[:-1], strict=True)
        },
        "constant": round(float(b[-1]), 3),
        "threshold": round(1 / (1 + float(np.exp(-least))), 3),
        "halves": dict(zip(("refused", "refused_answerable"), halves(rows), strict=True)),
        "all": dict(zip(("refused", "refused_answerable"), refused(rows, b, least), strict=True)),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
