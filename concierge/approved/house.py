"""The house by its name, and as one speaks of it: "Maison Sérance" and "the house" are the same."""

import re

from archive.ingestion.language import language_of

CALLED = {"en": "the house", "fr": "la maison", "it": "la casa", "de": "das Haus"}
# A house of cards, or of one's own, is not meant.
SPOKEN_OF = re.compile(
    r"\b(?:the|your|this) (?:house|maison|brand|company)\b(?! of\b)"
    r"|\b(?:la|votre|cette) (?:maison|marque)\b(?! d)"
    r"|\b(?:la|la vostra|questa) (?:casa|maison)\b(?! d)"
    r"|\b(?:das|ihr|dieses) haus\b",
    re.IGNORECASE,
)


def ways(question: str, house: str) -> tuple[str, ...]:
    """The question; and, where it speaks of the house, as it would with its name, or without."""
    named = re.compile(rf"(?<!\w){re.escape(house)}(?!\w)", re.IGNORECASE)
    if house and named.search(question):
        return question, named.sub(CALLED.get(language_of(question), CALLED["en"]), question)
    if house and SPOKEN_OF.search(question):
        return question, SPOKEN_OF.sub(lambda _: house, question)
    return (question,)
