"""A closer look at the best rows of a search: their titles, and what they say piece by piece.

Where words and meaning have been blended, two more voices are heard about the best few: how well
a row's title, and what is known of its document, name what is asked, and how well each word-piece
of the question is met by one of the row's (`archive.embedding.sketch`).
docs/retrieval.md has what each is worth and what was tried.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from babel.dates import get_month_names
from django.db.models import Model, QuerySet

from archive.embedding.sketch import likeness
from archive.lexical import Words, saturated
from archive.meaning import Question
from archive.models import Document
from archive.stems import spelling, stems

CANDIDATES = 30  # of the best rows that are looked at
TITLE = 0.25  # what the title's words count, where the blended score counts 1
PIECES = 0.5  # what the word-pieces count
SMALL = 0.1  # rarity of a word that stands in every text, or of none: "the", a full stop
WORD = re.compile(r"\w+")
UNTOLD = "document"  # kind of a document whose kind nobody has told
OF_DOCUMENT = [f"document__{name}" for name in ("kind", "date", "season", "collection", "language")]

Scores = Mapping[int, float]  # by primary key, best first


def reranked(
    query: str, scores: Scores, words: Words, question: Question | None, visible: QuerySet[Any]
) -> dict[int, float]:
    """`scores`, from 0 to 1 and best first, with the first CANDIDATES put in a better order.

    The others stay behind them. `visible` are passages. Where one of the voices has nothing to say
    about a row, its score so far stands in.
    """
    best = dict(list(scores.items())[:CANDIDATES])
    near = visible.filter(pk__in=best).select_related("document")
    rows = {row.pk: row for row in near.only("pk", "title", "language", *OF_DOCUMENT)}
    asked = [found.group() for found in WORD.finditer(query)]
    codes = sorted(words.rarity)
    spelled = stems(
        [(row.language, row.title) for row in rows.values()]
        + [(row.language, context(row.document)) for row in rows.values()]
        + [(code, word) for code in codes for word in asked]
    )
    titles = dict(zip(rows, spelled, strict=False))
    wanted = frozenset[str]().union(*spelled[2 * len(rows) :])
    contexts = dict(zip(rows, [own & wanted for own in spelled[len(rows) :]], strict=False))
    named = stretched(title_scores(rows, titles, contexts, words))
    rarities = rarity_of(asked, codes, spelled[2 * len(rows) :], words)
    told = [key for key, row in rows.items() if question and question.knows(row.language)]
    met = stretched(piece_scores(query, rarities, question, visible, told))
    whole = 1 + TITLE + PIECES
    closer = {
        key: (score + TITLE * named.get(key, score) + PIECES * met.get(key, score)) / whole
        for key, score in best.items()
    }
    return behind(closer, list(scores.items())[CANDIDATES:], 1 / whole)


def behind(
    best: Mapping[int, float], rest: Iterable[tuple[int, float]], share: float
) -> dict[int, float]:
    """`best` in the order of its scores, of equals the lower key, then `rest` as it was.

    `share` is what an old score counts in a new one.
    """
    order = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    last = order[-1][1] if order else 0.0
    return dict(order) | {key: min(score * share, last) for key, score in rest}


def context(document: Document) -> str:
    """What a document is, when it was made and for what: "press release October 2024 Le Héron"."""
    kind = "" if document.kind == UNTOLD else document.kind.replace("_", " ")
    year, _, rest = document.date.partition("-")
    months = get_month_names("wide", locale=spelling(document.language) or "en")
    month = months[int(rest[:2])] if rest else ""
    return " ".join(filter(None, [kind, month, year, document.season, document.collection]))


def title_scores(
    rows: Mapping[int, Any],
    titles: Mapping[int, frozenset[str]],
    contexts: Mapping[int, frozenset[str]],
    words: Words,
) -> dict[int, float]:
    """BM25 of the titles, as texts of their own, by primary key.

    The question's words in `contexts` are found too, but make no title longer; a year that no text
    holds is as rare as the rarest word.
    """
    rarest = max((v for each in words.rarity.values() for v in each.values()), default=1.0)
    mean = sum(map(len, titles.values())) / max(len(titles), 1) or 1.0
    scores = {}
    for key, own in titles.items():
        rarity = words.rarity.get(spelling(rows[key].language), {})
        held = sum(rarity.get(lexeme, 0.0) for lexeme in own)
        for lexeme in contexts[key] - own:
            held += rarity.get(lexeme, rarest if lexeme.isdigit() else 0.0)
        scores[key] = held * saturated(1, len(own) / mean) if held else 0.0
    return scores


def rarity_of(
    asked: list[str], codes: list[str], spelled: list[frozenset[str]], words: Words
) -> list[float]:
    """How rare each word of the question is, in whichever language it is rarest.

    A word that no row holds is as rare as the rarest that one does.
    """
    rarest = max((v for each in words.rarity.values() for v in each.values()), default=1.0)
    found = [SMALL] * len(asked)
    for number, own in enumerate(spelled):
        rarity, place = words.rarity[codes[number // len(asked)]], number % len(asked)
        for lexeme in own:
            found[place] = max(found[place], rarity.get(lexeme, rarest))
    return found


def piece_scores(
    query: str,
    rarities: list[float],
    question: Question | None,
    visible: QuerySet[Any],
    keys: Iterable[int],
) -> dict[int, float]:
    """How well the question's word-pieces are met, by primary key of the rows with a sketch."""
    if question is None or question.reading is None or not sketched(visible.model):
        return {}
    reading = question.reading
    # Only of this model: a row may have vectors of another that makes no sketches.
    held = visible.filter(pk__in=list(keys), embeddings__model=question.model)
    kept = held.values_list("pk", "embeddings__sketch")
    sketches = {key: bytes(sketch) for key, sketch in kept if sketch}
    weights = np.full(len(reading.spans), SMALL, dtype=np.float32)
    for found, rarity in zip(WORD.finditer(query), rarities, strict=True):
        for place, (start, end) in enumerate(reading.spans):
            if start < found.end() and end > found.start():
                weights[place] = rarity
    near = likeness(reading.pieces, weights, list(sketches.values()))
    return dict(zip(sketches, near.tolist(), strict=True))


def sketched(rows: type[Model]) -> bool:
    """Whether sketches are kept beside the vectors of `rows`."""
    vectors: type[Model] = rows._meta.get_field("embeddings").related_model  # type: ignore[assignment]
    return any(field.name == "sketch" for field in vectors._meta.get_fields())


def stretched(scores: Mapping[int, float]) -> dict[int, float]:
    """`scores` moved and scaled to reach from 0 to 1; none where all are equal and tell nothing."""
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    return {key: (value - low) / (high - low) for key, value in scores.items() if high > low}
