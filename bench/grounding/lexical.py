"""The rule that went before, kept as the reference: a share of words, and the digits.

A statement stood when 0.4 of its words, names and numbers counting double, stood in a span of its
source, and its figures in digits stood anywhere in it. Between languages names and numbers alone
counted, and had to be 0.6.
"""

from concierge.answering import figures, support
from concierge.answering.support import Claim, Passage, Span
from concierge.answering.turn import Piece, Source

SUPPORTED, TRANSLATED = 0.4, 0.6


def stands(text: str, source: Source | None, piece: Piece | None) -> bool:
    claim = Claim.of(text)
    if piece:
        facts = f"{piece.title}. {piece.facts}"
        share = Span.whole(facts).supports(claim)
        return share >= SUPPORTED and _numbers(text, facts)
    if source is None:
        return False
    least = SUPPORTED
    said = support.language(text)
    if said and said != source.language:
        claim, least = Claim(claim.names, claim.names, claim.numbers), TRANSLATED
    share = max(span.supports(claim) for span in Passage.of(source.text, source.title).spans)
    return share >= least and _numbers(text, f"{source.title} {source.text}")


def _numbers(text: str, told: str) -> bool:
    known = figures.known(told, "en")
    return all(figure.stands_in(known) for figure in figures.figures(text))
