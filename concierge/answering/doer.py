"""Whether a sentence says who did what a "who" asks: a person's name beside the verb asked for."""

import re
from collections.abc import Callable

from archive.tongues import alike
from concierge.answering.folding import folded
from concierge.answering.support import ALL_STOPS, stem

NEAR = 7  # words between a name and the verb at most
LONGEST = 35  # words of a sentence that says it plainly
WHO = re.compile(r"^\W*who\b\s+(.+)", re.IGNORECASE)
# First name and last; a house is no person.
NAME = re.compile(r"\b(?!Maison\b|The\b)[A-ZÀ-Þ][\w’'-]+ (?:de |von |di )?[A-ZÀ-Þ][\w’'-]+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")


def doer(question: str) -> Callable[[str, str], bool] | None:
    """What tells a sentence that says who by its text and its language, ISO 639-1; None for a
    `question`, in English, of no doing."""
    asked = WHO.match(question)
    words = [word for word in WORD.findall(asked[1]) if word.islower()] if asked else []
    verb = next((word for word in words if folded(word) not in ALL_STOPS), "")
    if not verb:
        return None

    def says(text: str, language: str = "en") -> bool:
        forms = {stem(each) for each in {verb, *alike(verb, "en", into=language)}}
        if len(text.split()) > LONGEST:
            return False
        does = [word.start() for word in WORD.finditer(text) if stem(word.group()) in forms]
        names = [name for name in NAME.finditer(text) if name.group() not in question]
        return any(_apart(text, name, at) <= NEAR for name in names for at in does)

    return says


def _apart(text: str, name: re.Match[str], at: int) -> int:
    """How many words stand between a name and the place `at`."""
    between = text[at : name.start()] if at < name.start() else text[name.end() : at]
    return len(between.split())
