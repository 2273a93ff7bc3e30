"""What clients have told of themselves, said back when they ask for it: their words, no model."""

import re
from collections.abc import Iterable

from concierge.answering.folding import folded
from concierge.answering.turn import Turn
from concierge.clients.recognise import recognised

# What is asked for, by how it is said in English, French, Italian and German, folded. What names a
# thing comes before what names only its kind.
SUBJECTS: tuple[tuple[str, ...], ...] = (
    ("ring", "bague", "anello", "annulaire", "finger", "doigt", "dito"),
    ("glove", "gant", "guant", "handschuh"),
    ("shoe", "chauss", "pointure", "scarp", "calzo", "schuh"),
    ("wrist", "poignet", "polso", "handgelenk", "bracelet"),
    ("belt", "ceinture", "cintura", "gurtel", "waist"),
    ("hat", "chapeau", "cappello", "hut"),
    ("birthday", "anniversaire", "compleanno", "geburtstag"),
    ("anniversary", "wedding", "mariage", "noces", "nozze", "matrimonio", "hochzeit"),
    ("allerg",),
    ("colour", "color", "couleur", "farbe"),
)
KINDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "nom", "nome", "heisse", "m'appelle", "mi chiamo", "who i am", "qui je suis"),
    "address": ("address", "adresse", "indirizzo", "anschrift"),
    "email": ("e-mail", "email", "mail"),
    "phone": ("phone", "telephone", "telefono", "telefon"),
    "size": ("size", "taille", "taglia", "misur", "grosse", "masse", "measure"),
    "taste": ("taste", "prefer", "gout", "gusti", "vorlieben", "geschmack", "like", "aime"),
}


def facts(turn: Turn) -> tuple[str, ...]:
    """Each as `kind: words`, the oldest first: what is remembered, and what was said in this
    conversation and is not remembered. Of what is, the memory counts: it may have been corrected
    or forgotten after it was said."""
    said = [each.text for each in turn.history if each.role == "client" and not each.learned]
    told = [f"{each.kind}: {each.text}" for text in said for each in recognised(text)]
    return tuple(dict.fromkeys([*turn.remembered, *told]))


def asked_for(turn: Turn) -> tuple[str, ...]:
    """The client's words for what the question asks, the latest first; none where it asks for all.

    Nothing is guessed: a thing that was never told has no words.
    """
    known = facts(turn)
    for ways in SUBJECTS:
        if says(turn.question, ways):
            return words(fact for fact in known if says(fact, ways))
    for kind, ways in KINDS.items():
        if says(turn.question, ways):
            return words(fact for fact in known if fact.startswith(f"{kind}:"))
    return ()


def says(text: str, ways: tuple[str, ...]) -> bool:
    """Whether a word of the text begins with one of these."""
    return any(re.search(rf"\b{way}", folded(text)) for way in ways)


def words(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(fact.partition(": ")[2] for fact in found)[::-1]
