"""What a question demands of the pieces, whatever language it is asked in.

The catalogue knows its kinds and colours by the words of its rows: "Handschuhe" are gloves there.
"""

from dataclasses import replace

from archive.tongues import said_in, spoken
from catalog.conditions.conditions import Concept, Conditions
from catalog.conditions.read import read
from concierge.answering.turn import Turn

THINGS = frozenset({Concept.KIND, Concept.PIECE})
FORM = frozenset({Concept.COLOUR, Concept.SIZE, Concept.MATERIAL})


def wished(turn: Turn, question: str) -> Conditions:
    """The conditions of `question`; where it is asked in another language than the house's and
    nothing of it is known but a colour, a size or a material, what it wants is read as the house
    would say it, if that names a thing.

    What is no thing stays as it was typed: a colour, a price, a likeness, a gift. What is to be
    ranked or counted is known only with the thing.
    """
    found = read(turn.viewer, question)
    house, own = turn.brand.language[:2], spoken(question)
    if not own or own == house or any(each.concept not in FORM for each in found.wanted):
        return found
    again = read(turn.viewer, said_in(question, house))
    if not any(each.concept in THINGS for each in again.wanted):
        return found
    said = {each.concept for each in found.wanted}
    return replace(
        found,
        wanted=(*found.wanted, *(each for each in again.wanted if each.concept not in said)),
        rest=again.rest,
        order=found.order or again.order,
        how_many=found.how_many or again.how_many,
        most=found.most or again.most,
    )
