"""A question for something "in my size", asked with the size that the client has told.

Taken is what they have said in this conversation and, with their yes, what is remembered; never a
size told of another thing. The answer says which it was.
"""

import re
from dataclasses import replace

from concierge.answering.own_facts import SUBJECTS, facts, says
from concierge.answering.tell import tongue
from concierge.answering.turn import Exchange, Turn
from concierge.clients.models import Memory
from concierge.clients.recognise import asking_part, only_tells, recognised

MINE = re.compile(
    r"\b(?:in|of) my (?:own )?(?:[a-z]+ )?size\b"
    r"|\b(?:à|a|en|dans|de) ma (?:taille|pointure)\b(?: de [a-zà-ÿ]+\b)?"
    r"|\b(?:nella|della|di|in) mia (?:taglia|misura)\b"
    r"|\bin meiner (?:[a-zà-ÿ]*gr(?:ö|oe)(?:ss|ß)e)\b",
    re.IGNORECASE,
)
SIZE = re.compile(
    r"(?<![\w'’.,])(?:\d{1,3}(?:[.,]\d{1,2})?(?:\s?[½¼¾]|\s1/2)?|x{0,3}[sl]|m)(?![\w'’])",
    re.IGNORECASE,
)
# A size and nothing else: “7”, “Size 7, please”.
_SIZE_IS = (
    r"i|am|i'm|it|is|it's|my|mine|size|an?|about|in|ma|la|le|du|taille|pointure|est|en|mia|taglia"
    r"|misura|numero|è|meine|größe|grösse|ist|die"
)
BARE = re.compile(
    rf"^\W*(?:(?:{_SIZE_IS})\s+)*{SIZE.pattern}"
    r"(?:[\s,.!]+(?:please|thanks?|you|merci|grazie|prego|danke|bitte))*[\s.!]*$",
    re.IGNORECASE,
)
WORDS = {
    "en": (
        "in size {size}",
        "I have looked in size {size}, which you have told us is yours.",
        "You have not told me your size; once I know it, I can look for the form that fits.",
    ),
    "fr": (
        "en taille {size}",
        "J’ai regardé en taille {size}, celle que vous nous avez indiquée.",
        "Vous ne m’avez pas indiqué votre taille ; dès que je la connais, je cherche celle qui va.",
    ),
    "it": (
        "in taglia {size}",
        "Ho guardato nella taglia {size}, quella che ci ha indicato.",
        "Non mi ha indicato la Sua taglia; appena la conosco, cerco quella che va bene.",
    ),
    "de": (
        "in Größe {size}",
        "Ich habe in Größe {size} nachgesehen, die Sie uns als Ihre genannt haben.",
        "Ihre Größe haben Sie mir nicht genannt; sobald ich sie kenne, sehe ich nach, was passt.",
    ),
}


def sized(turn: Turn) -> Turn:
    """The turn with the client's size in the place of "my size", and what is said of it first."""
    turn = asked_before(turn)
    if not MINE.search(turn.question):
        return turn
    asked, taken, unknown = WORDS[tongue(turn)]
    size = own_size(turn)
    if not size:
        return replace(turn, aside=unknown)
    return replace(
        turn,
        question=MINE.sub(asked.format(size=size), asking_part(turn.question, {Memory.Kind.SIZE})),
        read_as="",
        aside=taken.format(size=size),
    )


def asked_before(turn: Turn) -> Turn:
    """Where the question is the size that was just asked for: the turn of the question before it,
    with the size as told."""
    last = turn.history[-2:]
    if [each.role for each in last] != ["client", "concierge"]:
        return turn
    before, answered = last
    wants_it = any(unknown in answered.text for _, _, unknown in WORDS.values())
    told = [each.text for each in recognised(turn.question) if each.kind == Memory.Kind.SIZE]
    size = SIZE.search(told[0] if told else turn.question)
    if not (wants_it and MINE.search(before.text) and size):
        return turn
    if not (only_tells(turn.question) or BARE.match(turn.question)):
        return turn
    said = Exchange("client", turn.question if told else f"I wear size {size.group()}")
    return replace(turn, question=before.text, read_as="", history=(*turn.history, said))


def own_size(turn: Turn) -> str:
    """The size last told of the thing that is asked for, else of nothing named; "" for none."""
    now = [f"{each.kind}: {each.text}" for each in recognised(turn.question)]
    told = [fact for fact in (*facts(turn), *now) if fact.startswith("size: ")]
    thing = thing_of(turn.question)
    of_it = [fact for fact in told if thing and thing_of(fact) == thing]
    of_none = [fact for fact in told if not thing_of(fact)]
    if not thing and len({thing_of(fact) for fact in told}) == 1:
        of_it = told
    found = [SIZE.search(fact.partition(": ")[2]) for fact in of_it or of_none]
    return next((match.group().strip() for match in reversed(found) if match), "")


def thing_of(text: str) -> str:
    """What of the client's a text speaks of, by its first name; "" for none or for a kind."""
    return next((ways[0] for ways in SUBJECTS if says(text, ways)), "")
