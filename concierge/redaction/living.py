"""Addresses by what is said before them: where somebody lives, stays, or has a thing sent.

No code and no word of a street is asked for: what follows is taken as far as its words can be of an
address, where it has the number of a house, the word for one, or a named place in a named town.
"""

import re
from collections.abc import Iterator

from concierge.redaction.folded import fold
from concierge.redaction.found import Found
from concierge.redaction.places import HAS_STREET, MONTH, goes_on
from concierge.redaction.words import ENDS, FLATS, STREETS, WITHIN

PREPOSITION = r"(?:at|in|to|into|aux?|à|chez|dans|en|al?|im|am|an|auf|bei|beim|zu|nach)"
NOW = (
    r"(?:now|currently|jetzt|derzeit|nun|maintenant|désormais|actuellement|adesso|ora|attualmente)"
)
LIVES = re.compile(
    r"\b(?:(?:we|i)(?:['’]re|['’]m| are| am)|(?:nous sommes|je suis|on est)|(?:siamo|sono)"
    r"|(?:mi|ci) trov\w+|(?:wir sind|ich bin)(?: bis \w+)?"
    r"|(?:live[sd]?|lodging|staying|residing|based)"
    r"|(?:we|i)(?:['’]ve|['’]re| have| are)?(?: just| now)? (?:moved|moving|relocated)"
    r"|habit(?:e|es|ons|ez|ent|ais|ait)|log(?:e|es|ons|ez|ent)|réside|vis|emménag\w+|séjourne"
    r"|abit(?:o|a|i|iamo|ano)|viv(?:o|e|iamo|ono)|st(?:o|iamo)|allogg\w+|soggiorn\w+|risied\w+"
    r"|wohn(?:e|t|en|st)|leb(?:e|t|en)|gezogen"
    r"|(?:deliver|send|ship|bring|take|post|forward)\b[^\n.!?;,]{0,30}"
    r"|(?:livr(?:e[rz]|ée?s?|aison)|envoy\w+|expédi\w+|adress\w+|apport\w+|suivre)"
    r"\b[^\n.!?;,]{0,30}"
    r"|(?:spedi\w+|consegn\w+|mand(?:a|i|are|ate)\w*|invi(?:a|i|are|ate)(?:mi|lo|la|li|le)?"
    r"|recapit\w+)\b[^\n.!?;,]{0,30}"
    r"|(?:liefer|schick|send|bring)\w*\b[^\n.!?;,]{0,30}?)"
    rf"(?: {NOW})?,? {PREPOSITION}[: ]\s?",
    re.IGNORECASE,
)
# The same without a word between: "habite rue Neuve", "my house is 3 Weir Close".
SAID = re.compile(
    r"\b(?:(?:address|house|home|flat|apartment|place) (?:is|:)"
    r"|(?:habit|emménag)\w+(?: maintenant)?|réside|résid(?:ons|ez|ent)|je loge|résidence :"
    r"|residenza:|domicilio:|wohnhaft|(?:wohn|leb)(?:en?|t)(?: jetzt)?|indirizzo(?: è|:)"
    r"|(?:anschrift|adresse|zustellung|lieferung|livraison|consegna|delivery)"
    r"(?: ist| est| lautet|:| :))\s",
    re.IGNORECASE,
)
# The people of one's own, and where they are: "my parents, 3 Weir Close".
OWN = re.compile(
    r"\b(?i:my|our|ma|mon|mes|nos|mia|mio|miei|mie|meine?[mnr]?|unsere?[mnr]?)"
    r" [a-zà-ÿA-ZÀ-Þ-]{3,14},\s"
)
TOKEN = re.compile(r"[^\s,;.!?()]+\.?|,|\.(?=\s)")
HOUSE = re.compile(r"(?:n[°º.]?)?(?!(?:1[5-9]|20)\d\d$)\d{1,5}(?:[a-z]|[/-][\da-z]{1,3})?", re.I)
NUMBER_WORDS = frozenset({"no", "nr", "n", "numero", "number", "nummer", "civico"})
CAPITAL = re.compile(r"(?:[dl]['’])?[A-ZÀ-ÖØ-Þ]")
JOINING = frozenset({"and", "et", "e", "und", "y", "&"})  # of two things, more often than of a name
ARTICLES = frozenset(
    {"the", "la", "le", "les", "il", "das", "die", "der", "den", "dem", "l'", "au"}
)
OF_ITS_NAME = re.compile(r"(?<= )[A-Z][a-zà-ÿ]+ $")  # "wohnt In der Au 3"
# "Am alten Speicher": one small word after these is of the name.
BEFORE_SMALL = frozenset({"am", "im", "in", "an", "zum", "zur", "beim", "auf", "unter", "hinter"})
MOST = 14  # words of an address


def living(text: str) -> Iterator[Found]:
    for form in (LIVES, SAID, OWN):
        for match in form.finditer(text):
            own = OF_ITS_NAME.search(match[0])
            start = match.start() + own.start() if own else match.end()
            if end := reaches(text, start):
                yield Found("ADDRESS", start, end)


def reaches(text: str, start: int) -> int:
    """Where the address ends that begins at `start`; 0 for none."""
    taken: list[re.Match[str]] = []
    for token in TOKEN.finditer(text, start):
        apart = text[taken[-1].end() : token.start()] if taken else text[start : token.start()]
        if len(taken) >= MOST or apart.strip(" ") or not can_be_of_one(token, taken):
            break
        taken.append(token)
    while taken and is_left_over(taken):
        taken.pop()
    return goes_on(text, taken[-1].end()) if is_one(taken) else 0


def is_left_over(taken: list[re.Match[str]]) -> bool:
    """Whether the last word is no end of an address: a small one, or a second number by itself."""
    last = taken[-1][0]
    if fold(last) in WITHIN | NUMBER_WORDS or last in ",.":
        return True
    numbers = sum(HOUSE.fullmatch(each[0]) is not None for each in taken)
    return bool(HOUSE.fullmatch(last)) and numbers > 1 and taken[-2][0] == ","


def can_be_of_one(token: re.Match[str], taken: list[re.Match[str]]) -> bool:
    said = token[0]
    plain = fold(said).strip(".'")
    if said == ",":
        return bool(taken)
    begins = CAPITAL.match(said) is not None or not taken or taken[-1][0] == ","
    is_article = plain in ARTICLES | BEFORE_SMALL and begins
    if plain in JOINING or MONTH.fullmatch(plain) or (plain in ENDS - WITHIN and not is_article):
        return False
    if HOUSE.fullmatch(said) or CAPITAL.match(said):
        return True
    before = fold(taken[-1][0]) if taken else ""
    if HAS_STREET.fullmatch(said):
        return True
    return plain in WITHIN | FLATS | STREETS | NUMBER_WORDS or is_article or before in BEFORE_SMALL


def is_one(taken: list[re.Match[str]]) -> bool:
    """A number with a name, the word for a house with a name, or a place and its town."""
    words = [each[0] for each in taken if each[0] not in ",."]
    named = [each for each in words if CAPITAL.match(each)]
    if not named and not any(fold(each) in STREETS for each in words):
        return False
    if HOUSE.fullmatch(words[0]):  # "3 Carrés" are no house
        return HAS_STREET.search(" ".join(words)) is not None
    if any(HOUSE.fullmatch(each) for each in words):
        return True
    if any(fold(each).strip(".") in FLATS for each in words) and len(named) > 1:
        return True
    if named and fold(words[0]).strip(".") in STREETS:  # "habite rue de la Paix"
        return True
    parts = " ".join(each[0] for each in taken).split(" , ")
    first = parts[0].split()
    return len(parts) > 1 and len(first) > 1 and (fold(first[0]) in ARTICLES or len(named) > 2)
