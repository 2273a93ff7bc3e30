"""Dates of birth: a whole date beside a word that says whose day it is."""

import re
from collections.abc import Iterator

from concierge.redaction.found import Found

MONTHS = (
    r"(?:jan(?:uar[yi]?|vier|v|uary)?|genn(?:aio)?|jänner|feb(?:ruar[yi]?|braio)?|f[ée]v(?:rier|r)?"
    r"|mar(?:ch|s|zo)?|märz|apr(?:il|ile)?|avr(?:il)?|ma[iy]|mag(?:gio)?|jun[ei]?|juin|giu(?:gno)?"
    r"|jul[yi]?|juil(?:let)?|lug(?:lio)?|aug(?:ust)?|ao[uû]t|ago(?:sto)?|sept?(?:ember|embre)?"
    r"|sett(?:embre)?|o[ck]t(?:ober|obre)?|ott(?:obre)?|nov(?:ember|embre)?|de[cz](?:ember|embre)?"
    r"|d[ée]c(?:embre)?|dic(?:embre)?)\.?"
)
DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?(?: of| de| di)? ?" + MONTHS + r"(?:,? ?\d{4})?"
    r"|" + MONTHS + r" \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})"
    r"|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r")(?![\w/-])",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\b(?:born(?: on)?|birth\w*|d\.?o\.?b\b\.?|naissance"
    r"|n[ée]e?s?(?: [àa] [^\W\d_][^\n\d,.;]{1,24})?(?: le|(?= \d))"
    r"|anniversaire|nat[oaie](?: a(?:d|ll?[ao'’]?)? ?[^\W\d_][^\n\d,.;]{1,24})?"
    r"(?: il|(?= \d))|nascita"
    r"|compleanno|compio gli anni|geboren\w*|geburts\w*|geb\.)",
    re.IGNORECASE,
)
LABEL_AFTER = re.compile(r"\W{0,2}(?:\w{2,4} ){0,2}(?:geboren|born|née?|nat[oa])\b", re.IGNORECASE)
NEAR = 40  # characters between the word and the date
AFTER = 24  # characters after it, where the word may follow


def births(text: str) -> Iterator[Found]:
    labels = [match.end() for match in LABEL.finditer(text)]
    if not labels and not LABEL_AFTER.search(text):
        return
    for match in DATE.finditer(text):
        after = text[match.end() : match.end() + AFTER]
        if any(0 <= match.start() - end <= NEAR for end in labels) or LABEL_AFTER.match(after):
            yield Found("BIRTH", *match.span())
