"""What kind of thing a question asks for, and whether a sentence has one: a reason for a "why".

Looser than `expected`, which decides alone: this is one of the signs that `answerable` weighs.
"""

import re
from collections.abc import Callable

from concierge.answering.folding import folded
from concierge.answering.support import ALL_STOPS, stem

NEAR = 6  # words between a thing and its name, or what it counts
SHORTEST = 3  # letters of a word that is counted or named

_UNITS = r"(?:(?:second|minute|hour|day|week|month|year|night|decade)s?|centur(?:y|ies))"
_COUNTS = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million|half|dozen|twice|once|none|nobody|single)\b"
)
_HAS = {
    "reason": r"\b(?:because|since|so (?:that|as)|in order|therefore|reason|why|for|due|cause[ds]?"
    r"|inspired|wanted|meant|after|thus|hence|lest|owing|as (?:he|she|it|they|the|a)"
    r"|to (?!(?:the|an?|his|her|its|their|our)\b)\w+)\b",
    "duration": rf"\b(?:\d[\d.,½]*|an?|half|several|few|many|\w+teen|\w+ty|one|two|three|four|five"
    rf"|six|seven|eight|nine|ten|eleven|twelve|hundred)[\s-](?:\w+ )?{_UNITS}\b"
    r"|\bfor (?:life|ever)\b|\bovernight\b",
    "money": r"[€$£¥]\s?\d|\d[\d.,  ]*\s?(?:[€$£]|(?:euros?|eur|dollars?|francs?|pounds?|cents?)\b)"
    r"|\b\w+ (?:euros|dollars|francs|pounds)\b|\bfree (?:of charge|for life)\b|\bwithout charge\b",
    "count": _COUNTS,
    "size": _COUNTS,
    "time": r"\b1\d{3}\b|\b20\d\d\b|\bcentury\b|\b\d0s\b|\baged?\b|\byears old\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    "place": r"\b(?:in|at|on|under|above|behind|beside|near|into|from|to|of|inside|outside)\b",
    "person": r"\b(?:everybody|nobody|people|workers?|women|men|mother|father|wife|husband|son"
    r"|daughter|aunt|soldier|artist|family)\b",
}
HAS = {kind: re.compile(form, re.IGNORECASE) for kind, form in _HAS.items()}
# The first that fits counts.
_ASKS = (
    ("reason", r"\bwhy\b|\bwhat(?:['’]s| is| was) the reason\b|\bhow come\b"),
    (
        "duration",
        rf"\bhow long\b(?! (?:is|are|was) the)|\bhow many {_UNITS}\b|\bhow (?:quickly|soon)\b",
    ),
    (
        "money",
        r"\bhow much (?:did|does|do|is|was|were|are)\b(?!.*weigh)|\bprice\b|\bcosts?\b|\bpaid?\b"
        r"|\bsalary\b|\bearn",
    ),
    ("count", r"\bhow (?:many|often|much)\b"),
    (
        "size",
        r"\bhow (?:big|large|long|tall|wide|high|deep|heavy|thick)\b|\bdimensions\b|\bwhat size\b",
    ),
    (
        "time",
        r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade)\b|\bhow old\b"
        r"|\bhow long ago\b",
    ),
    (
        "place",
        r"\bwhere\b"
        r"|\b(?:what|which) (?:city|town|country|street|room|gallery|museum|hotel|place)\b",
    ),
    ("name", r"\bnames? of\b|\bwhat (?:is|was) .* (?:called|named)\b|\bwhat is .*['’]s name\b"),
    (
        "person",
        r"\bwho(?:m|se)?\b|\b(?:which|what) (?:person|artist|designer|printer|perfumer|painter"
        r"|curator|architect|man|woman|dealer|collector|director|queen|king|prince|company|firm"
        r"|bank)\b",
    ),
)
ASKS = [(kind, re.compile(form, re.IGNORECASE)) for kind, form in _ASKS]
COUNTED = re.compile(r"\bhow (?:many|much) (?:of (?:the )?)?(?:\w+[’']s )?([\w-]+)", re.IGNORECASE)
NAMED = re.compile(
    r"\bnames? of (?:(?:the|his|her|their|an?) )?((?:[\w’'-]+ ?){1,4})"
    r"|\b(?:is|was|were|are) (?:(?:the|his|her) )?((?:[\w’'-]+ ?){1,4}?) (?:called|named)"
    r"|\b([\w-]+)[’']s name\b",
    re.IGNORECASE,
)
NAME = re.compile(r"(?<![.!?:] )(?<=[\w,;’'\"“«(] )(?:the |d’|d')?([A-ZÀ-Þ][\w’'-]+)")
WORD = re.compile(r"[\w’'-]+")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # it counts nothing
GENERAL = frozenset({"times", "did", "does", "is", "the", "of", "that", "who", "which"})


def demanded(question: str) -> str:
    """The kind of thing an English question asks for, of `ASKS`; "" for any."""
    return next((kind for kind, form in ASKS if form.search(question)), "")


def has(kind: str, question: str, alike: Callable[[str], frozenset[str]], text: str) -> bool:
    """Whether `text` has a thing of the kind, that the question does not have itself.

    What is counted, or has a name, must have the number or the name beside it; `alike` gives the
    words that say the same as one.
    """
    if kind == "count":
        return counts(question, alike, text)
    if kind == "name":
        return names(question, text)
    if kind == "person" and (begins(question, text) or is_new(question, NAME.findall(f" {text}"))):
        return True
    return not kind or bool(HAS[kind].search(text))


def counts(question: str, alike: Callable[[str], frozenset[str]], text: str) -> bool:
    noun = COUNTED.search(question)
    if noun is None or len(stem(noun[1])) < SHORTEST or noun[1].lower() in GENERAL:
        return bool(HAS["count"].search(text))
    same = {stem(each) for each in alike(noun[1].lower())}
    words = WORD.findall(YEAR.sub("", text))
    return any(
        stem(word) in same and HAS["count"].search(" ".join(words[max(0, at - NEAR) : at]))
        for at, word in enumerate(words)
    )


def names(question: str, text: str) -> bool:
    named = NAMED.search(question)
    thing = next(filter(None, named.groups()), "") if named else ""
    same = {
        stem(word)
        for word in re.findall(r"[\w-]+", re.sub(r"[’']s\b", "", thing.lower()))
        if len(word) >= SHORTEST and word not in GENERAL
    }
    words = WORD.findall(text)
    things = [at for at, word in enumerate(words) if stem(word) in same]
    new = [at for at, word in enumerate(words) if at and is_new(question, [word])]
    return any(abs(one - other) <= NEAR for one in things for other in new)


def begins(question: str, text: str) -> bool:
    """Whether a name begins the sentence: before another, or before a word of the question."""
    first, second, *_ = [*WORD.findall(text), "", ""]
    if not second or folded(first) in ALL_STOPS or not is_new(question, [first]):
        return False
    return second[0].isupper() or stem(second) in map(stem, WORD.findall(question))


def is_new(question: str, found: list[str]) -> bool:
    """Whether one is a name, and none of the question's."""
    told = question.lower()
    return any(each[0].isupper() and each.lower().rstrip("’'s") not in told for each in found)
