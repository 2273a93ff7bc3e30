"""A question in other words than the house's pages answer it in, asked as they would.

“How can I tell a fake?” is answered by the page on the signs of an authentic piece, which says
nothing of fakes.
"""

from dataclasses import replace

from concierge.answering.courtesy import tongue
from concierge.answering.turn import Turn
from concierge.answering.understand import Understanding, understand

ASKED_AS = {
    "authenticity": {
        "en": "Which signs show that a piece is authentic?",
        "fr": "À quels signes reconnaît-on une pièce authentique ?",
        "it": "Da quali segni si riconosce un pezzo autentico?",
        "de": "An welchen Zeichen erkennt man ein echtes Stück?",
    }
}


def asked_as(turn: Turn) -> tuple[Turn, Understanding]:
    """The turn as it is searched and answered, and understood; what the house always says goes by
    the client's own words."""
    understood = understand(turn)
    ways = ASKED_AS.get(understood.topic)
    if ways is None:
        return turn, understood
    asked = replace(turn, question=ways[tongue(turn, understood)], read_as="")
    return asked, understand(asked)
