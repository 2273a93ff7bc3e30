"""What form an answer must have: a year for a "when", an amount for a "how much"."""

import re
from dataclasses import dataclass

_NUMBER = (
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|twice|single|once"
    r"|none|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|vingt|trente|cent|mille|due|tre"
    r"|quattro|cinque|sei|sette|otto|nove|dieci|mila)\b"
)
_MONEY = (
    r"[€$£¥]\s?\d|\d[\d.,  ]*\s?(€|\$|£|(eur|euros?|usd|dollars?|francs?|pounds?|sterling|yen"
    r"|lire|chf|gbp|cents?)\b)|\b(free|gratuit|gratis|kostenlos|complimentary|no charge)\b"
)
_TIME = (
    r"\b1\d{3}\b|\b20\d\d\b|\b\d{1,2}(st|nd|rd|th)?[ -]century\b|\bsiècle\b"
    r"|\b(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|\b\d+ (days?|weeks?|months?|years?|minutes?|hours?|ans|jours|semaines|mois)\b"
    r"|\b(twice|once|every|each|after|before|until|since|during)\b"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """`asked` finds the kind of question, `answered` the words no answer to it can lack."""

    asked: re.Pattern[str]
    answered: re.Pattern[str]


def _expected(asked: str, answered: str) -> Expected:
    return Expected(re.compile(asked, re.IGNORECASE), re.compile(answered, re.IGNORECASE))


FORMS = (
    _expected(
        r"\bhow much\b.*\b(cost|pay|paid|price|spend|spent|charge|worth|sell|sold|money|is|are"
        r"|does|for)\b|\b(the|what|which) (price|cost|fee|amount)\b|\bprice\b|\bcombien (coûte|vaut)"
        r"|\bquel(le)? (est le prix|prix)|\bquanto costa|\bwas kostet",
        _MONEY,
    ),
    _expected(r"\bhow many\b|\bcombien de\b|\bquant[ie]\b|\bwie viele\b", _NUMBER),
    _expected(
        r"^\W*(and |so |but )?when\b|\b(what|which) (year|date|month|day|century|decade)\b"
        r"|\bsince when\b|\bhow long ago\b|^\W*quand\b|\bquelle (année|date)\b|^\W*quando\b"
        r"|\bin che anno\b|^\W*wann\b",
        _TIME,
    ),
)


def expected(question: str) -> re.Pattern[str] | None:
    """What an answer to `question` must hold, or None when any statement may answer it."""
    return next((form.answered for form in FORMS if form.asked.search(question)), None)
