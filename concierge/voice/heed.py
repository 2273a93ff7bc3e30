"""What a model may not say in the house's name is taken out of its draft."""

import re
from collections.abc import Iterable

from archive.sentences import sentences
from concierge.voice.manner import Manner
from concierge.voice.own import own_words, reworded
from concierge.voice.terms import any_of, folded, may_end

# Praise, not facts: "the oldest" and "the most expensive" are answers.
SUPERLATIVES: dict[str, tuple[str, ...]] = {
    "en": (
        *("best", "finest", "greatest", "loveliest", "world class", "unrivalled", "unparalleled"),
        *("incomparable", "exquisite", "stunning", "breathtaking", "iconic", "legendary"),
        *("ultimate", "unforgettable", "timeless", "exceptional", "extraordinary", "must have"),
        *("most beautiful", "most exquisite", "most luxurious", "most elegant", "most refined"),
        *("second to none", "one of a kind", "perfection", "unmatched", "sublime"),
    ),
    "fr": (
        *("le meilleur", "la meilleure", "les meilleurs", "les meilleures", "le plus beau"),
        *("la plus belle", "les plus beaux", "les plus belles", "exceptionnel*", "incomparable*"),
        *("inégalé*", "inoubliable*", "iconique*", "légendaire*", "sublime*", "intemporel*"),
        *("extraordinaire*", "incontournable*", "ultime*", "époustouflant*", "sans égal"),
    ),
    "it": (
        *("il migliore", "la migliore", "i migliori", "le migliori", "il più bello"),
        *("la più bella", "eccezional*", "incomparabil*", "iconic*", "leggendari*", "senza pari"),
        *("straordinari*", "indimenticabil*", "imperdibil*"),
    ),
    "de": (
        *("der beste", "die beste", "das beste", "die besten", "die schönsten", "unvergleichlich*"),
        *("außergewöhnlich*", "einzigartig*", "legendär*", "ikonisch*", "zeitlos*"),
        *("unvergesslich*", "atemberaubend*"),
    ),
}
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2764\u231a\u231b\u23e9-\u23fa]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
EXCLAMATION = re.compile(r"[ \u00a0\u202f]*!+(?P<asks>\?*)!*|(?P<first>\?)!+|[¡！]")
# Said with an exclamation mark and nothing else: calmed to "Wow." it is only odd.
INTERJECTION = re.compile(
    r"\W*(?:wow|whoa|ooh|oh|aha|yay|hooray|waouh|ouah|oh là là|hourra|evviva|urrà|hurra|boah)"
    r"(?:[\s,]+(?:wow|oh))*\s*!+\W*",
    re.IGNORECASE,
)
MARKS = re.compile(r"(?:[ \t]*\[P?\d{1,3}\])+")
WITH_SPACE = re.compile(rf"[ \t]*(?:{EMOJI.pattern})+")


def praise(own: str, manner: Manner, grounds: str) -> list[str]:
    """The superlatives of `own` that `grounds` (sources, facts, the question) does not have."""
    if manner.superlatives:
        return []
    known = folded(grounds)
    found = any_of(SUPERLATIVES.get(manner.language, ())).findall(own)
    return [word for word in found if folded(word) not in known]


def forbidden(own: str, manner: Manner) -> list[str]:
    return any_of(manner.forbidden).findall(own)


def is_banned(sentence: str, manner: Manner | None) -> bool:
    """Whether so much of a sentence as was said ends on a word that is never said.

    Asked for each further word of a sentence that grows, so that most must cost next to nothing.
    """
    if manner is None or not may_end(sentence, manner.forbidden):
        return False
    return bool(forbidden(own_words(sentence), manner))


def heeded(draft: str, manner: Manner, grounds: str, kept: Iterable[str] = ()) -> str:
    """`draft` without its sentences that have a forbidden word or praise of their own.

    Signs that the house does not use are mended, not dropped: an exclamation mark becomes a full
    stop, an emoji goes. What stands in quotation marks, and `kept`, is not looked at. What is left
    may be empty.
    """
    names = tuple(kept)
    parts: list[str] = []
    position = 0
    for start, end in sentences(draft):
        own = own_words(draft[start:end], names)
        is_cry = not manner.exclamations and INTERJECTION.fullmatch(own)
        if not (is_cry or forbidden(own, manner) or praise(own, manner, grounds)):
            continue
        parts.append(draft[position:start])
        after = MARKS.match(draft, end)
        position = after.end() if after else end
    left = "".join([*parts, draft[position:]])
    return reworded(left, names, lambda own: mended(own, manner)).strip() if left.strip() else ""


def mended(own: str, manner: Manner) -> str:
    """Without the signs that the house does not use."""
    if not manner.emoji and not own.isascii():
        own = WITH_SPACE.sub("", own)
    if not manner.exclamations and any(mark in own for mark in "!¡！"):
        own = EXCLAMATION.sub(_calm, own)
    return own


def _calm(match: re.Match[str]) -> str:
    if match["asks"] or match["first"]:
        return "?"
    return "." if "!" in match.group() else ""
