"""How well an answer keeps to the house's voice. A pure function: the same for the same words."""

import re
from collections import Counter
from dataclasses import dataclass

from archive.ingestion.language import weighed
from concierge.voice.heed import EMOJI, EXCLAMATION, forbidden, praise
from concierge.voice.lexicon import avoided
from concierge.voice.manner import Manner
from concierge.voice.own import own_words

# What the first fault of a kind costs; each further one costs half of it, twice it at most.
COSTS: dict[str, float] = {
    "verbatim": 0.5,
    "language": 0.4,
    "forbidden": 0.25,
    "address": 0.25,
    "first_name": 0.2,
    "too_long": 0.15,
    "exclamation": 0.15,
    "emoji": 0.15,
    "superlative": 0.15,
    "lexicon": 0.1,
    "heading": 0.1,
}
WRONG_ADDRESS = {
    ("en", "formal"): r"\b(you guys|folks|hey|hi there|buddy|mate|gonna|wanna|guys)\b",
    ("fr", "formal"): r"\b(tu|toi|te)\b|\bt['’](?=[aeiouyhéêà])",
    ("fr", "familiar"): r"\b(vous|votre|vos)\b",
    ("it", "formal"): r"\b(tu|ti|te|tuo|tua|tuoi|tue)\b",
    ("de", "formal"): r"\b(du|dich|dir|dein\w*)\b",
    ("de", "familiar"): r"\bIhnen\b",
}
SALUTATION = re.compile(
    r"\b(?:Dear|Hello|Hi|Good (?:morning|afternoon|evening|day)|Bonjour|Bonsoir|Cher|Chère"
    r"|Buongiorno|Buonasera|Gentile|Caro|Cara|Guten (?:Tag|Morgen|Abend)|Liebe[r]?),? "
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+)"
)
TITLES = {
    *("madam", "madame", "mademoiselle", "monsieur", "sir", "mr", "mrs", "ms", "mx", "dr", "miss"),
    *("lady", "lord", "signor", "signora", "signore", "dottore", "dottoressa", "herr", "frau"),
    *("client", "visitor"),
}
HEADING = re.compile(r"^\s{0,3}#{1,6}\s.*$", re.MULTILINE)
TELLING = 2.5  # weight of a language's small words from which it is told
TWICE = 2.0  # times the weight of the language asked in


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was said. `grounds` is what it rests on, where praise may come from."""

    text: str
    language: str  # it was asked in
    due: tuple[str, ...] = ()  # sentences that had to be said word for word
    names: tuple[str, ...] = ()  # of pieces and documents: not the house's words to choose
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that was not kept, and the words that did not."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Scored:
    """From 0 to 1, and why it is not 1."""

    score: float
    faults: tuple[Fault, ...]

    @property
    def plainly(self) -> list[dict[str, str]]:
        return [{"rule": each.rule, "words": each.words} for each in self.faults]


def scored(said: Said, manner: Manner) -> Scored:
    faults = tuple(_faults(said, manner))
    counts = Counter(fault.rule for fault in faults)
    lost = sum(COSTS[rule] * min(1 + (count - 1) / 2, 2) for rule, count in counts.items())
    return Scored(round(max(0.0, 1 - lost), 3), faults)


def _faults(said: Said, manner: Manner) -> list[Fault]:
    free = said.text
    for sentence in said.due:
        free = free.replace(sentence, "\u241f")
    own = own_words(free, said.names)
    return [
        *(Fault("verbatim", each) for each in said.due if flat(each) not in flat(said.text)),
        *(Fault("language", each) for each in _foreign(own, said.language)),
        *(Fault("forbidden", each) for each in forbidden(own, manner)),
        *(Fault("address", each) for each in _misaddressed(own, manner)),
        *(Fault("first_name", each) for each in _first_names(own, manner)),
        *(Fault("too_long", each) for each in _excess(free, manner)),
        *_signs(own, manner),
        *(Fault("superlative", each) for each in praise(own, manner, said.grounds)),
        *(Fault("lexicon", each) for each in avoided(free, manner, said.names)),
        *(Fault("heading", match.group().strip()) for match in HEADING.finditer(own)),
    ]


def flat(text: str) -> str:
    return " ".join(text.split())


def _foreign(own: str, language: str) -> list[str]:
    """The language it is in, if that is clearly another than it was asked in."""
    told = weighed(own)
    best = max(told, key=lambda code: told[code])
    if not language or language not in told or best == language or told[best] < TELLING:
        return []
    return [best] if told[best] >= TWICE * told[language] else []


def _misaddressed(own: str, manner: Manner) -> list[str]:
    pattern = WRONG_ADDRESS.get((manner.language, manner.address))
    flags = 0 if manner.language == "de" and manner.address == "familiar" else re.IGNORECASE
    return [match.group() for match in re.finditer(pattern, own, flags)] if pattern else []


def _first_names(own: str, manner: Manner) -> list[str]:
    """Salutations by a name that is no title."""
    allowed = TITLES | {word.strip(",.").casefold() for word in manner.title.split()}
    return [
        match.group()
        for match in SALUTATION.finditer(own)
        if match["name"].casefold() not in allowed
    ]


def _excess(free: str, manner: Manner) -> list[str]:
    """Its length in words, quotations included, where that is more than the house wants."""
    count = sum(any(map(str.isalnum, word)) for word in free.split())
    return [f"{count} words"] if count > manner.most else []


def _signs(own: str, manner: Manner) -> list[Fault]:
    found: list[Fault] = []
    if not manner.exclamations:
        found += [
            Fault("exclamation", match.group().strip()) for match in EXCLAMATION.finditer(own)
        ]
    if not manner.emoji:
        found += [Fault("emoji", match.group()) for match in EMOJI.finditer(own)]
    return found
