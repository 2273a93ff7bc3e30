"""What tells two questions apart however near their vectors. No model, no database.

"In 1934" is not answered by "in 1957", "can I wash" not by "can I not", the Heron not by the Ferns,
silk not by leather, "when" not by "where", "to Brazil" not by "from Brazil". Vectors of
questions that differ in one such word are nearer to each other than those of many paraphrases.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SHORTEST = 3  # letters of a name

WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2}(?!\d))?"
)
SENTENCE = re.compile(r"(?:^|[.!?:;]\s+|[\"“«(]\s*)$")


def listed(words: str) -> list[str]:
    return words.split()


SPELLED = {
    word: str(number)
    for words in (
        "two three four five six seven eight nine ten eleven twelve",
        "deux trois quatre cinq six sept huit - dix onze douze",
        "due tre quattro cinque - sette otto nove dieci undici dodici",
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for number, word in enumerate(words.split(), start=2)
}  # left out: "neuf" is also new, "sei" also you are
NEGATIONS = frozenset(
    listed(
        "not no never without cannot cant dont doesnt didnt isnt arent wasnt wont shouldnt nor "
        "couldnt none avoid ne pas jamais sans aucun aucune non mai senza nessun nessuna nicht nie "
        "niemals ohne kein keine keinen keinem keiner sin nunca"
    )
)
JOINED = re.compile(r"(?<=n)[’'](?=t\b)|(?<=\blook) (?=after\b)", re.IGNORECASE)
NEGATED = re.compile(r"\b(\w+)n[’']t\b", re.IGNORECASE)
# What is asked for; the first that fits counts.
ASKED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        (
            "reason",
            r"\bwhy\b|\bwhat for\b|\b(name|origin) come from\b|\borigin of\b|\bget its name\b"
            r"|\bpourquoi\b|\bd[’']où\b|\bperché\b|\bwarum\b|\bwieso\b",
        ),
        (
            "time",
            r"^when\b|\bsince when\b|\bhow long ago\b"
            r"|\b(what|which) (year|date|day|month|century|time|hours)\b|\bopening (hours|times)\b"
            r"|^(depuis )?quand\b|\bhoraires\b"
            r"|\bquelle (est la )?(année|date|heure)\b|^(da )?quando\b|\bche (anno|data|ora)\b"
            r"|^(seit )?wann\b|\bwelche[mns]? (jahr|tag|datum)\b",
        ),
        (
            "length",
            r"\bhow (long|quickly|fast|soon)\b|\bhow (much time|many (days|weeks|months))\b"
            r"|\bcombien de (temps|jours|semaines)\b|\bquanto tempo\b|\bwie lange\b",
        ),
        (
            "amount",
            r"\bhow (much|many)\b|^prices? (of|for)\b|^what\W*s?( is| are| was)? the price\b"
            r"|\bcosts?\b|\bcombien\b"
            r"|\b(le|quel) prix\b|\bcoûte\b|\bquant[oaie]\b|\bprezzo\b|\bcosta\b"
            r"|\bwie ?viele?\b|\bkostet\b|\bpreis\b",
        ),
        ("place", r"^where\b|\bwhereabouts\b|^(d[’'])?où\b|^dove\b|^wo\b|\baddress\b"),
        (
            "person",
            r"^(by )?who(se|m)?\b|^who\W*s\b|\bqui (a|est|dessin\w*|fond\w*)\b|^\W*qui\b|\bchi\b"
            r"|\bwer\b|\b(which|what) (person|people|artist|designer|printer|perfumer|founder)\b"
            r"|\bname of the (person|artist|designer|printer|perfumer|founder|\w* ?director)\b",
        ),
        ("matter", r"\bwhat\b|\bwhich\b|\bquel(le)?s?\b|\bqu[’']|\bche cosa\b|\bwelche\w*\b"),
        ("manner", r"\bhow\b|\bcomment\b|\bcome\b(?! from)|\bwie\b"),
        (
            "whether",
            r"^\W*(?:is|are|was|were|do|does|did|can|could|may|should|will|would|has|have|est|sont"
            r"|peut|puis|avez|livrez|faites|ist|sind|kann|darf|haben|liefern|posso|avete|è)\b",
        ),
    )
)
POLITE = re.compile(
    r"^\W*(?:(?:hello|hi|bonjour|please|and|but|so|then|et|e|und)\b\W*"
    r"|(?:can|could|would) you (?:please )?(?:tell me|say|explain(?: to me)?)\b\W*"
    r"|(?:i would|i[’']d) like to know\b\W*|do you know\b\W*|tell me\b\W*"
    r"|(?:pouvez|pourriez)-vous me dire\b\W*|j[’']aimerais savoir\b\W*"
    r"|(?:può|potrebbe|puoi) dirmi\b\W*|(?:können|könnten) sie mir sagen\b\W*)+",
    re.IGNORECASE,
)
# "What is the best way" asks what "how" does, "is there a warranty" what "which warranty" does.
LOOSE = frozenset({"matter", "manner", "whether", ""})
# Of each line of the file, one alternative is not another; words of the same alternative mean the
# same. Where a line begins with "=", a question without any of them is another one, too. Folded, as
# `plain_words` gives them.
APART = Path(__file__).with_name("apart.txt").read_text(encoding="utf-8")
GROUPS: dict[str, list[tuple[int, int]]] = {}  # by word: (line, alternative)
STRICT = {line for line, group in enumerate(APART.splitlines()) if group.startswith("=")}
for _line, _group in enumerate(APART.splitlines()):
    for _place, _same in enumerate(_group.removeprefix("=").split("|")):
        for _word in _same.split():
            GROUPS.setdefault(_word, []).append((_line, _place))

# Where a further question begins: "Who drew it, and when?"
FURTHER = re.compile(
    r"(?:[.?!;]\s+|,?\s+(?:and|or|et|ou|e|o|und|oder)\s+)"
    r"(?=(?:(?:in|at|by|for|since|à|en|da|seit)\s+)?"
    r"(?:who(?:m|se)?|when|where|why|how|what|which|qui|quand|où|pourquoi|comment|combien|quel\w*"
    r"|chi|quando|dove|perché|come|quant[oaie]|quale|wer|wann|wo|warum|wie(?:viele?)?|welche\w*)"
    r"\b)",
    re.IGNORECASE,
)
# Which way; "in Japan" says of shipping what "to Japan" does, and French "de" is mostly "of".
LEAVING = re.compile(
    r"\bout of\b|\bà partir d(?:e\b|u\b|[’'])|\bau départ d(?:e\b|u\b|[’'])", re.IGNORECASE
)
WAYS = {
    word: way
    for way, words in (
        (
            "to",
            "to into onto toward towards à au aux vers verso ad al allo alla ai agli nach zum zur",
        ),
        ("from", "from depuis da dal dallo dalla dall dai dagli dalle aus von vom"),
        ("of", "de du des d"),
        ("in", "in within en im"),
    )
    for word in words.split()
}
CLASHES = {frozenset(each) for each in (("to", "from"), ("to", "of"), ("in", "from"))}
BEFORE_VERB = frozenset(listed("how like want wish need able possible used have allowed"))
HABIT = re.compile(r"\b(?:do|does)(?:n[’']?t)?\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?i:did(?:n[’']?t)?|used to|ha(?:ve|s)\b.*\bever)\b"
    r"|\b(?i:have|has) (?:you|they|we|the house) (?:\w+ )?\w+ed\b"
    r"|\b(?i:déjà|autrefois|jadis|già|jemals|früher|schon einmal)\b"
    r"|\b(?i:avez-vous|as-tu|a-t-(?:on|il|elle)|ont-(?:ils|elles)|vous avez) \w+ée?s?\b"
    r"|\b(?i:avete) \w{2,}(?:ato|uto|ito)\b"
    r"|\b(?i:haben (?:sie|ihr))\b.*\bge(?!öffnet|schlossen)\w{3,}(?:t|en)\W*$"
)
# What a question may have more than another without asking for something else.
SLIGHT = frozenset(Path(__file__).with_name("slight.txt").read_text(encoding="utf-8").split())


def folded(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def plain_words(text: str) -> list[str]:
    """Words and numbers in their order, folded; "don't" and "look after" are one word each."""
    return WORD.findall(folded(JOINED.sub("", text)))


@lru_cache(maxsize=4_000)
def stem(word: str) -> str:
    plain = folded(word)
    return plain[:-1] if plain.endswith("s") and len(plain) > SHORTEST else plain


@dataclass(frozen=True, slots=True)
class Words:
    """What of a question must be said by another, too, that is to be answered alike."""

    all: frozenset[str]  # stems
    names: frozenset[str]  # stems
    numbers: frozenset[str]
    negated: bool
    asked: str
    further: frozenset[str]  # that is asked for, too
    past: bool | None  # None where the tense is of no weight
    ways: tuple[tuple[str, frozenset[str]], ...]  # by the word that they lead to
    content: frozenset[str]  # stems, or groups for words that mean the same
    groups: tuple[tuple[int, frozenset[int]], ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        words = plain_words(text)
        bare = POLITE.sub("", text).lstrip(" \"'“«¿")
        first, *more = [*filter(None, map(asked_for, FURTHER.split(bare)))] or [""]
        past = bool(PAST.search(bare))
        return cls(
            all=frozenset(stem(word) for word in words),
            names=names_in(text),
            numbers=numbers_in(text),
            negated=not NEGATIONS.isdisjoint(words) or bool(NEGATED.search(text)),
            asked=first,
            further=frozenset(more) - LOOSE,
            past=past if past or HABIT.search(bare) else None,
            ways=ways_of(text),
            content=content_of(words),
            groups=groups_of(words),
        )


def asked_for(text: str) -> str:
    return next((name for name, form in ASKED if form.search(text)), "")


def ways_of(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Of "from my shop to Brazil": to brazil, from shop."""
    plain = unicodedata.normalize("NFC", LEAVING.sub(" from ", text))
    words = WORD.findall(plain)
    led: dict[str, set[str]] = {}
    for number, word in enumerate(words):
        way, after = WAYS.get(word.lower(), ""), words[number + 1 :]
        if word == "a" and after and after[0][0].isupper() and not plain.isupper():
            way = "to"  # Italian, or French without its accent
        if not way or (way == "to" and number and words[number - 1].lower() in BEFORE_VERB):
            continue
        goal = next((stem(each) for each in after if folded(each) not in SLIGHT), "")
        led.setdefault(goal, set()).add(way)
    return tuple(sorted((goal, frozenset(found)) for goal, found in led.items()))


def content_of(words: list[str]) -> frozenset[str]:
    """Stems of what has weight; those of one meaning (ship, deliver) are one."""
    return frozenset(
        str(GROUPS[word][0]) if word in GROUPS else stem(word)
        for word in words
        if word not in SLIGHT
    )


def names_in(text: str) -> frozenset[str]:
    """Words with a capital that do not begin a sentence; a text in capitals has none."""
    if text.upper() == text:
        return frozenset()
    return frozenset(
        stem(match.group())
        for match in WORD.finditer(text)
        if match.group()[0].isupper()
        and len(match.group()) >= SHORTEST
        and not SENTENCE.search(text[: match.start()])
    )


def numbers_in(text: str) -> frozenset[str]:
    """In digits, without what groups them: 1,250 and 1 250 are 1250; small ones in words too."""
    found = {
        re.sub(r"\D", "", each) if re.search(r"\D\d{3}\b", each) else each.replace(",", ".")
        for each in NUMBER.findall(text)
    }
    found |= {SPELLED[word] for word in WORD.findall(text.lower()) if word in SPELLED}
    return frozenset(found)


def groups_of(words: list[str]) -> tuple[tuple[int, frozenset[int]], ...]:
    held: dict[int, set[int]] = {}
    for word in words:
        for line, place in GROUPS.get(word, ()):
            held.setdefault(line, set()).add(place)
    return tuple(sorted((line, frozenset(places)) for line, places in held.items()))


def difference(one: str, other: str, house: str = "") -> str:
    """What tells the questions apart, in a word for a curator; empty when nothing does.

    `house` is the brand's name, which a question may add or leave out.
    """
    mine, theirs = Words.of(one), Words.of(other)
    house_words = frozenset(stem(word) for word in plain_words(house))
    if mine.numbers != theirs.numbers:
        return "numbers"
    if mine.negated != theirs.negated:
        return "negation"
    if mine.names - house_words - theirs.all or theirs.names - house_words - mine.all:
        return "names"
    if are_apart(mine, theirs):
        return "what is asked for"
    if lead_apart(mine, theirs):
        return "from or to"
    if differ_in_tense(mine, theirs):
        return "tense"
    if is_narrower(mine, theirs):
        return "a word more"
    here, there = dict(mine.groups), dict(theirs.groups)
    both = (here.keys() & there.keys()) | ((here.keys() | there.keys()) & STRICT)
    if any(here.get(line) != there.get(line) for line in both):
        return "a word that changes the meaning"
    return ""


def are_apart(one: Words, other: Words) -> bool:
    """Words without the form of a question may mean any."""
    if one.further or other.further:
        return whole(one) != whole(other)
    asked = {one.asked, other.asked}
    return "" not in asked and len(asked) > 1 and not asked <= LOOSE


def whole(words: Words) -> frozenset[str]:
    """All that is asked for, kinds that may mean the same as one."""
    return words.further | {"" if words.asked in LOOSE else words.asked}


def lead_apart(one: Words, other: Words) -> bool:
    """Whether one is of "to" and the other of "from" the same."""
    theirs = dict(other.ways)
    return any(
        frozenset((way, another)) in CLASHES
        for goal, mine in one.ways
        if mine != theirs.get(goal, mine)
        for way in mine
        for another in theirs[goal]
    )


def differ_in_tense(one: Words, other: Words) -> bool:
    """What is done is not what was done; "can you" says nothing of it but is no past."""
    if {one.past, other.past} == {True, False}:
        return True
    return (
        one.past != other.past
        and True in (one.past, other.past)
        and ({one.asked, other.asked} <= {"whether", ""})
    )


def is_narrower(one: Words, other: Words) -> bool:
    """Whether, of the same place, one has a word of weight more: "ship skins to Brazil"."""
    theirs = dict(other.ways)
    shared = any(
        (mine | theirs.get(goal, {"of"})) - {"of"} and goal in theirs
        for goal, mine in one.ways
        if goal and not goal.isdigit() and goal not in GROUPS  # a year, silk: no places
    )
    return shared and (one.content < other.content or other.content < one.content)
