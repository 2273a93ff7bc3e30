"""The price or stock of a known piece that was asked for and that an answer does not hold."""

import re
from collections.abc import Sequence

from concierge.answering.checker import Checker
from concierge.answering.expected import is_price
from concierge.answering.figures import figures
from concierge.answering.figures import is_price as is_amount
from concierge.answering.lexicon import kinds
from concierge.answering.offered import mentions
from concierge.answering.pieces import is_shopping
from concierge.answering.turn import Evidence, Piece, Turn
from concierge.answering.understand import understand

STOCK = re.compile(
    r"\b(?:in stock|available|en stock|disponib\w+|vorrätig|lieferbar|verfügbar)\b", re.IGNORECASE
)


def owed(turn: Turn, text: str, evidence: Evidence) -> Sequence[Piece]:
    """The pieces whose row must be told beside `text`, a model's checked answer.

    No service's, which costs what the archive says. None where the answer has an amount of money,
    or of stock asked for a word of it: the check has held those to the rows and the sources.
    """
    query = understand(turn).query
    of_price, of_stock = is_price(query), bool(STOCK.search(query))
    pieces = tuple(piece for piece in evidence.pieces if not piece.is_service)
    if not (pieces and is_shopping(query) and (of_price or of_stock)):
        return ()
    if of_price and any(is_amount(each) for each in figures(text)):
        return ()
    if not of_price and "stock" in _groups(text, evidence):
        return ()
    named = [piece for *_, piece in mentions(query, pieces)]
    return list(dict.fromkeys(named)) or pieces


def _groups(text: str, evidence: Evidence) -> set[str]:
    return {kinds()[concept].group for concept in Checker(evidence).read(text).concepts}
