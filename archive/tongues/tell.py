"""Which language a question is in, from few words: those of the dictionary, and small words."""

import re
from functools import cache

from archive.ingestion.language import WEIGHTS
from archive.tongues.dictionary import LANGUAGES, WORD, bare, forms, plain

SMALL, TELLING, PHRASED = 1.0, 0.6, 0.25  # of a small word, of another, of one of a phrase
EXACT = re.compile(r"\S*[\d@/]\S*")  # numbers, codes and addresses, which are in no language
SURE, SURER = 0.8, 1.25  # weight that a language needs, and times that of any other


def spoken(text: str) -> str:
    """The ISO 639-1 code of a question's language; "" when it cannot be told.

    Spanish is told too, so that it is not taken for Italian.
    """
    told = dict.fromkeys((*LANGUAGES, "es"), 0.0)
    known = votes()
    for word in WORD.findall(plain(EXACT.sub(" ", text))):
        for code, weight in (known.get(word) or known.get(bare(word)) or {}).items():
            told[code] += weight
    second, first = sorted(told, key=lambda code: told[code])[-2:]
    sure = told[first] >= SURE and told[first] >= SURER * told[second]
    return first if sure else ""


@cache
def votes() -> dict[str, dict[str, float]]:
    """What each word speaks for; a word of several languages tells little."""
    said: dict[str, dict[str, float]] = {
        word: dict.fromkeys(found, SMALL) for word, found in WEIGHTS.items()
    }
    for code in LANGUAGES:
        for phrase, found in forms(code).items():
            weight = SMALL if found[0].is_small else TELLING
            for word in phrase:
                own = said.setdefault(word, {})
                own[code] = max(own.get(code, 0.0), weight if len(phrase) == 1 else PHRASED)
    return {
        word: {code: weight / len(found) ** 2 for code, weight in found.items()}
        for word, found in said.items()
    }
