"""The rung without a model: the archive's own sentences, quoted exactly and cited."""

import re
from collections.abc import Iterator

from concierge.answering.expected import expected
from concierge.answering.sentences import Sentence, scored
from concierge.answering.turn import Cited, Evidence, Piece, Reply, Turn
from concierge.answering.understand import understand

RUNG = "extractive"
ENOUGH = 0.46  # a best sentence below this does not answer (fitted: bench/answers.py)
FORM = 0.12  # what having, or lacking, the expected form is worth
BESIDE = 0.84  # a further sentence must reach this share of the best one's score
MOST_QUOTES = 4
MOST_WORDS = 150  # of an answer; the first quotation is always whole
SAME = 0.7  # share of words two quotations may have in common


def extract(turn: Turn, evidence: Evidence) -> Reply:
    """A short answer of the best sentences, or an honest word that the archive does not say."""
    understood = understand(turn)
    ranked = judged(
        turn.question,
        scored(understood.query, understood.standalone, turn.viewer.brand_id, evidence.sources),
    )
    quotes = chosen(ranked)
    facts = [fact_line(piece) for piece in evidence.pieces]
    if not quotes and not facts:
        return Reply(text=refusal(turn), rung=RUNG, refused=True)
    citations = tuple(cited(number, quote) for number, quote in enumerate(quotes, start=1))
    paragraphs = facts + [f"> {quote.text} [{n}]" for n, quote in enumerate(citations, start=1)]
    return Reply(
        text="\n\n".join(paragraphs),
        citations=citations,
        product_ids=tuple(piece.product_id for piece in evidence.pieces),
        rung=RUNG,
    )


def judged(question: str, sentences: list[Sentence]) -> list[tuple[float, Sentence]]:
    """Sentences with their scores, those of the form the question expects moved up."""
    form = expected(question)
    ranked = [
        (s.score + (0 if form is None else FORM if form.search(s.text) else -FORM), s)
        for s in sentences
    ]
    return sorted(ranked, key=lambda pair: -pair[0])


def chosen(ranked: list[tuple[float, Sentence]]) -> list[Sentence]:
    """The few worth quoting: near the best, unlike one another, in reading order."""
    if not ranked or ranked[0][0] < ENOUGH:
        return []
    best = ranked[0][0]
    kept: list[Sentence] = []
    words = 0
    for score, sentence in ranked:
        length = len(sentence.text.split())
        if score < max(ENOUGH, BESIDE * best) or len(kept) == MOST_QUOTES:
            break
        if kept and (words + length > MOST_WORDS or any(alike(sentence, k) for k in kept)):
            continue
        kept.append(sentence)
        words += length
    return list(in_reading_order(kept))


def in_reading_order(kept: list[Sentence]) -> Iterator[Sentence]:
    """The best sentence's document first; within a document, as it is written."""
    order: dict[int, int] = {}
    for sentence in kept:
        order.setdefault(sentence.source.document_id, len(order))
    return iter(
        sorted(
            kept,
            key=lambda s: (order[s.source.document_id], s.source.start + s.start),
        )
    )


def alike(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say the same: near-copies are not quoted twice."""
    mine, theirs = bag(one.text), bag(other.text)
    return len(mine & theirs) >= SAME * max(1, min(len(mine), len(theirs)))


def bag(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))


def cited(number: int, sentence: Sentence) -> Cited:
    """The sentence's exact span in its document, with the one before it when it leans on it."""
    start = sentence.lead if sentence.leans else sentence.start
    source = sentence.source
    return Cited(
        number=number,
        source=source,
        start=source.start + start,
        end=source.start + sentence.end,
        text=source.text[start : sentence.end],
    )


def fact_line(piece: Piece) -> str:
    """A piece and its price and stock, as the rows have them."""
    return f"{piece.title}: {piece.facts.splitlines()[0]}"


def refusal(turn: Turn) -> str:
    """The honest answer, in the house's name, with a person to turn to when there is one."""
    words = f"The archive of {turn.brand.name} does not say."
    if turn.brand.contact:
        words += f" For this, please ask a person: {turn.brand.contact}."
    return words
