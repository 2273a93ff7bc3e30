"""What a client tells of themselves before a question is set aside: the question is the rest.

“My name is Ada. Who drew the heron?” is answered as “Who drew the heron?” is. A size or a taste
beside a wish for a piece belongs to the wish, and stays.
"""

from dataclasses import replace

from concierge.answering.pieces import is_shopping
from concierge.answering.seek import STORY
from concierge.answering.turn import Turn
from concierge.clients.models import Memory
from concierge.clients.recognise import asking_part

Kind = Memory.Kind
WHO = frozenset({Kind.NAME, Kind.EMAIL, Kind.PHONE, Kind.ADDRESS})  # no piece is sought by these
MEASURED = frozenset({Kind.SIZE, Kind.OCCASION})  # a wish for a piece may mean them


def set_aside(turn: Turn) -> Turn:
    """The turn with what it asks alone; itself where it asks nothing else, or tells nothing."""
    rest = asking_part(turn.question)
    if rest == turn.question:
        return turn
    if is_shopping(rest):
        return replace(turn, question=asking_part(turn.question, WHO))
    if not STORY.search(rest):
        return replace(turn, question=asking_part(turn.question, WHO | MEASURED))
    return replace(turn, question=rest)
