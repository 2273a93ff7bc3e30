"""What tells two questions apart however near their vectors. No model, no database.

"In 1934" is not answered by "in 1957", "can I wash" not by "can I not", the Heron not by the Ferns,
silk not by leather, "when" not by "where". Vectors of questions that differ in one such word are
nearer to each other than those of many paraphrases.
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
    groups: tuple[tuple[int, frozenset[int]], ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        words = plain_words(text)
        bare = POLITE.sub("", text).lstrip(" \"'“«¿")
        asked = next((name for name, form in ASKED if form.search(bare)), "")
        return cls(
            all=frozenset(stem(word) for word in words),
            names=names_in(text),
            numbers=numbers_in(text),
            negated=not NEGATIONS.isdisjoint(words) or bool(NEGATED.search(text)),
            asked=asked,
            groups=groups_of(words),
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
    if are_apart(mine.asked, theirs.asked):
        return "what is asked for"
    here, there = dict(mine.groups), dict(theirs.groups)
    both = (here.keys() & there.keys()) | ((here.keys() | there.keys()) & STRICT)
    if any(here.get(line) != there.get(line) for line in both):
        return "a word that changes the meaning"
    return ""


def are_apart(asked: str, other: str) -> bool:
    """Words without the form of a question may mean any."""
    return bool(asked and other) and asked != other and not {asked, other} <= LOOSE
