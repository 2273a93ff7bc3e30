"""Whether a question is about what is done to a piece, not about the piece: its repair, cleaning,
engraving, shipping or insurance. What that costs stands in the archive and in the services' rows;
the price of the piece would be a wrong answer.
"""

import re
from dataclasses import replace

from archive.tongues import said_in
from concierge.answering.expected import is_price
from concierge.answering.sentences import Sentence
from concierge.answering.support import ASKING, Claim, stem, stems
from concierge.answering.turn import Evidence, Turn

# Said of deeds, in English, French, Italian and German. "Engraved" and "lieferbar" are said of
# pieces.
DEEDS = re.compile(
    r"\b(?:repair(?:s|ed|ing)?|mend(?:s|ed|ing)?|clean(?:s|ed|ing)?|alter(?:ations?|ed|ing)"
    r"|to alter|refill(?:s|ed|ing)?|nachfüll\w+|ricaricare"
    r"|restor(?:e|es|ed|ing|ation)|re-?(?:stitch|edg|roll|lin|sew|sol|dy|siz)\w*"
    r"|engrav(?:e|es|ing)|(?:get|have|got)\b[^.?!]{1,40}\bengraved|monogram(?:ming)?"
    r"|ship(?:s|ped|ping|ment)?|deliver(?:s|y|ed|ing)?|postage|insur(?:e|es|ed|ing|ance)"
    r"|répar\w+|nettoy\w+|recou(?:dre|su\w*|ture)|retouch\w+|restaur(?:er|ation|ez)"
    r"|grav(?:er|ez|ure)|expédi\w+|frais de port|livr(?:er|ez|aisons?)|assur(?:er|ez|ance)"
    r"|ripar(?!o\b)\w+|puli(?:re|zia|tura|te|to|ta)|ricuci\w+|restaur(?:are|o)\w*"
    r"|incid(?:ere|ete)|incision[ei]|sped(?:ire|ite|izion[ei])|consegn(?:a|are|ate)"
    r"|assicura(?:re|te|zione)"
    r"|\w*reparatur\w*|reparier\w+|(?:auf|aus)bessern|\w*reinig(?:en|t|ung)\w*|nach(?:zu)?nähen"
    r"|änder(?:n|ung|ungen)|restaurier\w+|gravier(?:en|t|ung)|gravur\w*|versand\w*|verschick\w+"
    r"|versend\w+|liefer(?:n|t|ung|ungen|kosten)|versicher(?:n|t|ung))\b",
    re.IGNORECASE,
)
# "The Relais with engraving" is a piece, and what is done to it comes with it.
COMES_WITH = re.compile(
    r"\b(?:with|including|without|avec|y compris|con|inclus[ao]|mit|inklusive|samt)"
    r"(?: (?:the|a|an|free|la|le|une?|un[ao]|gratis|kostenlose[rn]?|der|dem|eine[rnm]?))?\s*$",
    re.IGNORECASE,
)
# What is bought to do it oneself: "something to clean my bag", "a cleaning cloth".
MEANS = re.compile(
    r"\b(?:something|anything|a product|a cream|quelque chose|un produit|une crème|qualcosa"
    r"|un prodotto|una crema|etwas|ein Mittel|eine Creme)\b"
    r"|\s*(?:kit|cloth|cream|set|brush|tuch|mittel|creme)\b",
    re.IGNORECASE,
)
# Where a parcel goes: a country that the archive need not name.
DESTINATION = re.compile(
    r"\s+(?:to|into|in|en|au|aux|vers|pour|negli|nel|per|nach)\s+(?:the |die |den |der )?"
    r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*"
)
NAMED = re.compile(r"^[^A-ZÀ-Þ]+")  # what stands before the name
# Of what a deed cost once, which tells nobody what it costs.
PAST = re.compile(r"\b1[5-9]\d\d\b|\b(?:francs?|did)\b", re.IGNORECASE)
PARCEL = re.compile(
    r"\b(?:ship|deliver|postage|expédi|livr(?:er|ez|ais)|frais de port|spedi|consegn|versand"
    r"|verschick|versend|liefer)",
    re.IGNORECASE,
)


def is_of_deed(question: str) -> bool:
    """Whether `question` asks about what is done to a piece."""
    for found in DEEDS.finditer(question):
        before, after = question[: found.start()], question[found.end() :]
        if not (COMES_WITH.search(before) or MEANS.search(before) or MEANS.match(after)):
            return True
    return False


def undirected(question: str) -> str:
    """A question about a parcel without the country it goes to; any other as it is."""
    return DESTINATION.sub("", question, count=1) if PARCEL.search(question) else question


def destinations(*questions: str) -> list[str]:
    """The countries that a parcel goes to, as each way of asking names them."""
    found = (DESTINATION.search(each) for each in questions)
    return [NAMED.sub("", match.group()).strip() for match in found if match]


def at_home(turn: Turn, evidence: Evidence) -> tuple[Turn, bool]:
    """The turn without a country that a parcel goes to and nothing found names, and whether so."""
    question = undirected(turn.question)
    if question == turn.question:
        return turn, False
    places = destinations(turn.question, said_in(turn.question, turn.brand.language))
    if any(place in source.text for place in places for source in evidence.sources):
        return turn, False
    return replace(turn, question=question, read_as=""), True


def told_today(question: str, found: list[Sentence]) -> list[Sentence]:
    """Those that may tell what a deed costs, where that is asked of today."""
    if not (is_of_deed(question) and is_price(question)) or PAST.search(question):
        return found
    return [each for each in found if not PAST.search(each.text)]


def to_the_point(question: str, quotes: list[Sentence]) -> list[Sentence]:
    """Those that name what is done, where one does: of an engraving no refill."""
    if not is_of_deed(question):
        return quotes
    words = Claim.of(question).words - {stem(word) for word in ASKING["en"]}
    of_parcel = bool(PARCEL.search(question))
    names = [
        each
        for each in quotes
        if (PARCEL.search(each.text) if of_parcel else words & stems(each.text))
    ]
    return names or quotes
