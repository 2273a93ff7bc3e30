"""A closer look at the best rows of a search: their titles, and what they say piece by piece.

Where words and meaning have been blended, two more voices are heard about the best few: how well
a row's title, and what is known of its document, name what is asked, and how well each word-piece
of the question is met by one of the row's (`archive.embedding.sketch`).
docs/retrieval.md has what each is worth and what was tried.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from babel.dates import get_month_names

from archive.door import Door, listed
from archive.embedding.sketch import likeness
from archive.lexical import Words, saturated
from archive.meaning import Question
from archive.stems import spelling, stems

CANDIDATES = 30  # of the best rows that are looked at
TITLE = 0.25  # what the title's words count, where the blended score counts 1
PIECES = 0.5  # what the word-pieces count
SMALL = 0.1  # rarity of a word that stands in every text, or of none: "the", a full stop
WORD = re.compile(r"\w+")
UNTOLD = "document"  # kind of a document whose kind nobody has told
# Only sketches of this model: a row may have vectors of another that makes none.
NEAR = """
    SELECT archive_passage.id, archive_passage.language, archive_passage.title, (
        SELECT sketch FROM archive_passageembedding
        WHERE passage_id = archive_passage.id AND model = %s
    ), document.kind, document.date, document.season, document.collection, document.language
    FROM archive_passage JOIN archive_document AS document ON document.id = document_id
    WHERE {visible} AND archive_passage.id = ANY(%s::bigint[]) ORDER BY document.title, number
"""

Scores = Mapping[int, float]  # by primary key, best first


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as it is looked at: `context` says what its document is."""

    language: str
    title: str
    context: str
    sketch: bytes


def reranked(
    query: str, scores: Scores, words: Words, question: Question | None, door: Door
) -> dict[int, float]:
    """`scores`, from 0 to 1 and best first, with the first CANDIDATES put in a better order.

    The others stay behind them. Behind the `door` are passages. Where one of the voices has nothing
    to say about a row, its score so far stands in.
    """
    best = dict(list(scores.items())[:CANDIDATES])
    rows = near(door, best, question)
    asked = [found.group() for found in WORD.finditer(query)]
    codes = sorted(words.rarity)
    spelled = stems(
        [(row.language, row.title) for row in rows.values()]
        + [(row.language, row.context) for row in rows.values()]
        + [(code, word) for code in codes for word in asked]
    )
    titles = dict(zip(rows, spelled, strict=False))
    wanted = frozenset[str]().union(*spelled[2 * len(rows) :])
    contexts = dict(zip(rows, [own & wanted for own in spelled[len(rows) :]], strict=False))
    named = stretched(title_scores(rows, titles, contexts, words))
    rarities = rarity_of(asked, codes, spelled[2 * len(rows) :], words)
    met = stretched(piece_scores(query, rarities, question, rows))
    whole = 1 + TITLE + PIECES
    closer = {
        key: (score + TITLE * named.get(key, score) + PIECES * met.get(key, score)) / whole
        for key, score in best.items()
    }
    return behind(closer, list(scores.items())[CANDIDATES:], 1 / whole)


def near(door: Door, keys: Iterable[int], question: Question | None) -> dict[int, Row]:
    """What is looked at of the rows `keys`; their sketches where the question's model made any."""
    model = question.model if question and question.reading else None
    return {
        key: Row(language, title, context(*document), bytes(sketch or b""))
        for key, language, title, sketch, *document in door.asked(NEAR, [model], [listed(keys)])
    }


def behind(
    best: Mapping[int, float], rest: Iterable[tuple[int, float]], share: float
) -> dict[int, float]:
    """`best` in the order of its scores, of equals the lower key, then `rest` as it was.

    `share` is what an old score counts in a new one.
    """
    order = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    last = order[-1][1] if order else 0.0
    return dict(order) | {key: min(score * share, last) for key, score in rest}


def context(kind: str, date: str, season: str, collection: str, language: str) -> str:
    """What a document is, when it was made and for what: "press release October 2024 Le Héron"."""
    told = "" if kind == UNTOLD else kind.replace("_", " ")
    year, _, rest = date.partition("-")
    month = months(spelling(language) or "en")[int(rest[:2])] if rest else ""
    return " ".join(filter(None, [told, month, year, season, collection]))


@cache
def months(language: str) -> dict[int, str]:
    """Their names, by number from 1."""
    return dict(get_month_names("wide", locale=language))


def title_scores(
    rows: Mapping[int, Row],
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
    query: str, rarities: list[float], question: Question | None, rows: Mapping[int, Row]
) -> dict[int, float]:
    """How well the question's word-pieces are met, by primary key of the rows with a sketch, in
    languages that the model knows."""
    if question is None or question.reading is None:
        return {}
    reading = question.reading
    told = {key: row for key, row in rows.items() if question.knows(row.language)}
    sketches = {key: row.sketch for key, row in told.items() if row.sketch}
    weights = np.full(len(reading.spans), SMALL, dtype=np.float32)
    for found, rarity in zip(WORD.finditer(query), rarities, strict=True):
        for place, (start, end) in enumerate(reading.spans):
            if start < found.end() and end > found.start():
                weights[place] = rarity
    met = likeness(reading.pieces, weights, list(sketches.values()))
    return dict(zip(sketches, met.tolist(), strict=True))


def stretched(scores: Mapping[int, float]) -> dict[int, float]:
    """`scores` moved and scaled to reach from 0 to 1; none where all are equal and tell nothing."""
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    return {key: (value - low) / (high - low) for key, value in scores.items() if high > low}
