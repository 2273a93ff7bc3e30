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


_LENGTH = (
    r"\d ?(cm|mm|m|km|ft|in)\b|\d[\d.,]* ?[x×] ?\d"
    r"|\b(centi|milli|kilo)?(metres?|meters?)\b|\b(inch(es)?|foot|feet|yards?|miles?|storeys?)\b"
)
_WEIGHT = (
    r"\d ?(g|kg|oz|lbs?)\b|\b(kilo(gram)?s?|gram(me)?s?|pounds?|ounces?|tons?|tonnes?|mommes?)\b"
    r"|\b(weigh\w*|heavy|heavier|light|lighter)\b"
)
_HEAT = r"\d ?°|\b(degrees?|celsius|fahrenheit|hot|cold|cool|warm|lukewarm|boil\w*|freez\w*)\b"
_DEATH = (
    r"\b(die[sd]?|dying|deaths?|killed|obituary|widow|passed away|posthumous\w*|the late"
    r"|until h(is|er) death)\b|\(\d{4}[–-]\d{2,4}\)"
)
_SPEECH = (
    r"[“«\"]|\b(sa(id|ys?|ying)|declar\w+|argu\w+|state[sd]|statement|insist\w*|expla\w+|observ\w+"
    r"|remark\w*|comment\w*|call(ed|s|ing)|wr(ote|ites?|itten)|believ\w+|th(ought|inks?)|consider\w*"
    r"|fe(lt|els?)|regard\w*|describ\w+|t(old|ells?)|claim\w*|recall\w*|advis\w+|advice|admit\w*"
    r"|not(ed|es)|asked|asks|answer\w*|maintain\w*|lament\w*|suggest\w*|credit\w*|view(s|ed)?"
    r"|I|we|my|our|prais\w+|warn\w*|refus\w+|wish\w*|opinion|letter)\b"
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


# What a "how many" counts; and of a number, how many words at most before it.
_COUNTED = re.compile(r"\bhow many (?:of )?(?:\w+[’']s )?(\w+)", re.IGNORECASE)
_BEFORE, _LEAST = 6, 4
_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")  # it counts nothing


def _pattern(asked: str, answered: str) -> _Pattern:
    return _Pattern(re.compile(asked, re.IGNORECASE), re.compile(answered, re.IGNORECASE))


WEIGHT, PRICE, MANY, *_ = PATTERNS = (
    _pattern(
        r"\bhow (much|many \w+) (do|does|did) .*\bweigh\b|\bwhat (do|does|did) .*\bweigh\b"
        r"|\bhow heavy\b|\bwhat (is|was) .*\bweight\b",
        _WEIGHT,
    ),
    _pattern(
        r"\bhow much\b(?! of\b).*\b(cost|pay|paid|price|spend|spent|charge|worth|sell"
        r"|sold|money|is|are|does|for)\b|\bprice\b"
        r"|\b(the|what|which) (price|cost|fee|amount|salary|wage|sum)\b"
        r"|^\W*what (did|does|do) .*\b(pay|cost|earn|charge)\b"
        r"|\band what (does|do|would|will) (it|that|this|they) cost\b"
        r"|\bcombien (co[uû]te|vaut|valent)"
        r"|\bquel(le)? (est le prix|prix)|\bquanto (?:costa|viene|vengono)"
        r"|\bprezzo (?:di|del)"
        r"|\b(?:was|wie ?viel) koste[nt]|\bpreis (?:von|de[rs])\b",
        _MONEY,
    ),
    _pattern(r"\bhow many\b|\bcombien de\b|\bquant[ie]\b|\bwie viele\b", _NUMBER),
    _pattern(
        r"\b(what|which) (year|century|decade)\b|\bquelle année\b|\bin che anno\b"
        r"|\bin welchem jahr\b",
        r"\b1\d{3}\b|\b20\d\d\b|\b\d{2}s\b|\b\d{1,2}(st|nd|rd|th|e|ème)?[ -](century|siècle)\b",
    ),
    _pattern(r"\bhow (tall|high|wide|deep|far)\b", _LENGTH),
    _pattern(r"\bhow (hot|warm|cold)\b|\b(what|which) temperature\b", _HEAT),
    _pattern(
        r"\b(when|where|how|why|what) did .*\bdie\b|\bwhen (she|he|it|they) died\b"
        r"|\b(date|cause|year) of .*\bdeath\b",
        _DEATH,
    ),
    _pattern(
        r"\bwhat (do|does|did) (?!.*\b(release|interview|article|notes?|notebook|documents?|film"
        r"|archives?|letter|memoirs?|announcement|guide|log|report|book|page)\b)"
        r".*\b(say|think|remark)\b",
        _SPEECH,
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
            return _counting(question, pattern)
    if _PERSON.search(question):
        told = question.lower()
        return Form(
            lambda text: any(name.lower() not in told for name in _NAME.findall(text)),
            needed=False,
        )
    return None


def _counting(question: str, pattern: _Pattern) -> Form:
    """A number; and of a statement that names what is counted, one that counts it.

    "She hired only women in 1849" has a number and women, and tells of no number of women.
    """
    counted = _COUNTED.search(question) if pattern is MANY else None
    if counted is None or len(counted[1]) < _LEAST:
        return Form(pattern.answers, needed=True)
    start = re.escape(counted[1][: max(_LEAST, len(counted[1]) - 2)])
    noun = re.compile(rf"\b{start}", re.IGNORECASE)

    def counts(text: str) -> bool:
        undated = _YEAR.sub("", text)
        before = (undated[: at.start()].split()[-_BEFORE:] for at in noun.finditer(undated))
        return any(pattern.answers(" ".join(words)) for words in before)

    def has(text: str) -> bool:
        return counts(text) if noun.search(text) else pattern.answers(text)

    return Form(has, needed=True)


def is_price(question: str) -> bool:
    """Whether an amount of money is asked for."""
    return bool(PRICE.asked.search(question))
