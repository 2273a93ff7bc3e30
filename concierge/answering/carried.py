"""A follow-up on the piece just shown, asked so that it stands alone.

After "How much is the Relais 30?", "And the 24?" asks for a price too; "What is it made of?" asks
it of the piece that was shown, whose name alone finds what it is made of.
"""

import re
from dataclasses import replace

from catalog.models import Product
from concierge.answering.expected import is_price
from concierge.answering.seek import last_shown
from concierge.answering.tell import tongue
from concierge.answering.turn import Turn

FURTHER = re.compile(
    r"^\W*(?:and|what about|how about|et|e|ed|und)\s+"
    r"(?P<what>(?:(?:the|le|la|les|lo|il|i|gli|der|die|das|den)\s+|l['’])(?P<name>[\w’' -]{2,40}?))"
    r"\s*[?.!]*\s*$",
    re.IGNORECASE,
)
MADE_OF = re.compile(
    r"^\W*(?:and )?what (?:is|are) (?:it|they|this|that|these) made (?:of|from)\W*$"
    r"|^\W*(?:et )?(?:de quoi|en quoi) (?:est|sont)[- ](?:il|elle|ils|elles|ce)s? (?:faite?s?)?\W*$"
    r"|^\W*(?:e )?di (?:che )?(?:cosa|materiale) (?:è|sono) fatt[oaie]\W*$"
    r"|^\W*(?:und )?(?:woraus|aus was) (?:ist|sind|besteht|bestehen) (?:es|er|sie|das)"
    r"(?: gemacht)?\W*$",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+")
COSTS = {
    "en": "How much is the {name}?",
    "fr": "Combien coûte {what} ?",
    "it": "Quanto costa {what}?",
    "de": "Was kostet {what}?",
}
CONSISTS = {
    "en": "What is the {title} made of?",
    "fr": "De quoi est fait {title} ?",
    "it": "Di che cosa è fatto {title}?",
    "de": "Woraus ist {title} gemacht?",
}


def carried(turn: Turn) -> Turn:
    """The turn with its question as it would be asked alone; itself where it leans on no piece."""
    said = turn.question
    if MADE_OF.match(said):
        shown = last_shown(turn)
        return asked(turn, CONSISTS[tongue(turn)].format(title=shown.title)) if shown else turn
    further = FURTHER.match(said)
    before = priced_before(turn) if further else ""
    shown = last_shown(turn) if further and before else None
    if further is None or shown is None:
        return turn
    code = tongue(replace(turn, question=before))
    sibling = numbered_like(turn, shown, further["name"])
    article, name = further["what"].removesuffix(further["name"]), sibling or further["name"]
    return asked(turn, COSTS[code].format(name=name, what=f"{article}{name}"))


def asked(turn: Turn, question: str) -> Turn:
    return replace(turn, question=question, read_as="")


def priced_before(turn: Turn) -> str:
    """The question for a price that those before this one go back to; empty for another."""
    for text in reversed([each.text for each in turn.history if each.role == "client"]):
        if is_price(text):
            return text
        if not FURTHER.match(text):
            return ""
    return ""


def numbered_like(turn: Turn, shown: Product, name: str) -> str:
    """The title of `shown` with the number `name` for its own, if there is such a piece."""
    if not name.isdigit() or not NUMBER.search(shown.title):
        return ""
    title = NUMBER.sub(name, shown.title, count=1)
    visible = Product.objects.visible_to(turn.viewer)
    return title if visible.filter(title=title).exists() else ""
