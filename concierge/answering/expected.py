"""What form an answer must have: a year for a "when", an amount for a "how much"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_NUMBER = (
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|twice|single|once"
    r"|none|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|vingt|trente|cent|mille|due|tre"
    r"|quattro|cinque|sei|sette|otto|nove|dieci|mila)\b"
)
_MONEY = (
    r"[€$£¥]\s?\d|\d[\d.,  ]*\s?(€|\$|£|(eur|euros?|usd|dollars?|francs?|pounds?|sterling|yen"
    r"|lire|chf|gbp|cents?)\b)|\b(free of charge|without charge|free for life|gratuit)\b"
)
_TIME = (
    r"\b1\d{3}\b|\b20\d\d\b|\b\d{1,2}(st|nd|rd|th)?[ -]century\b|\bsiècle\b"
    r"|\b(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|\b\d+ (days?|weeks?|months?|years?|minutes?|hours?|ans|jours|semaines|mois)\b"
    r"|\b(twice|once|every|each|after|before|until|since|during)\b"
)


_PERSON = re.compile(
    r"\b(who|whom|whose|where)\b|\bnames?\b|\b(which|what) (\w+ )?(artist|painter|designer|printer"
    r"|perfumer|architect|man|woman|person|people|prince|princess|king|queen|cutter|maker|craftsman"
    r"|company|firm)\b|^\W*qui\b|\bchi\b|^\W*wer\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:’'\"“«(] )(?:the |d’|d')?([A-ZÀ-Þ][\w’'-]+)")


@dataclass(frozen=True, slots=True)
class Form:
    """`has` says whether a statement has the form; when `needed`, nothing else can answer."""

    has: Callable[[str], bool]
    needed: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    asked: re.Pattern[str]
    answered: re.Pattern[str]

    def answers(self, text: str) -> bool:
        return bool(self.answered.search(text))


def _pattern(asked: str, answered: str) -> _Pattern:
    return _Pattern(re.compile(asked, re.IGNORECASE), re.compile(answered, re.IGNORECASE))


PRICE, *_ = PATTERNS = (
    _pattern(
        r"\bhow much\b(?! of\b).*\b(cost|pay|paid|price|spend|spent|charge|worth|sell"
        r"|sold|money|is|are|does|for)\b|\bprice\b"
        r"|\b(the|what|which) (price|cost|fee|amount|salary|wage|sum)\b"
        r"|^\W*what (did|does|do) .*\b(pay|cost|earn|charge)\b|\bcombien (co[uû]te|vaut|valent)"
        r"|\bquel(le)? (est le prix|prix)|\bquanto (?:costa|viene)|\bprezzo (?:di|del)"
        r"|\b(?:was|wie ?viel) kostet|\bpreis (?:von|de[rs])\b",
        _MONEY,
    ),
    _pattern(r"\bhow many\b|\bcombien de\b|\bquant[ie]\b|\bwie viele\b", _NUMBER),
    _pattern(
        r"\b(what|which) (year|century|decade)\b|\bquelle année\b|\bin che anno\b"
        r"|\bin welchem jahr\b",
        r"\b1\d{3}\b|\b20\d\d\b|\b\d{2}s\b|\b\d{1,2}(st|nd|rd|th|e|ème)?[ -](century|siècle)\b",
    ),
    _pattern(
        r"^\W*(and |so |but )?when\b|\b(what|which) (date|month|day)\b"
        r"|\bsince when\b|\bhow long ago\b|^\W*quand\b|\bquelle date\b"
        r"|^\W*quando\b|^\W*wann\b",
        _TIME,
    ),
)


def expected(question: str) -> Form | None:
    """What an answer to `question` should hold, or None when any statement may answer it."""
    for pattern in PATTERNS:
        if pattern.asked.search(question):
            return Form(pattern.answers, needed=True)
    if _PERSON.search(question):
        told = question.lower()
        return Form(
            lambda text: any(name.lower() not in told for name in _NAME.findall(text)),
            needed=False,
        )
    return None


def is_price(question: str) -> bool:
    """Whether an amount of money is asked for."""
    return bool(PRICE.asked.search(question))
