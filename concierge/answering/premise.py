"""A question that takes for granted what the archive says otherwise: "Why is the clasp gold?"

Only what is safe to tell without a model is told. The question asks why or how something came to
be; a year, a price, a number, a material, a colour, a country or a person of it stands against
another of its kind, in a sentence on the same subject that has nearly everything else the question
speaks of. A question that asks whether something is so, or limits itself to a year, takes nothing
for granted; whether somebody did a thing is answered by who did.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.sentences import sentences
from archive.tongues import said_in
from concierge.answering.bonds import bonds
from concierge.answering.figures import Figure, counts
from concierge.answering.lexicon import LANGUAGES, TOKEN, find, kinds
from concierge.answering.reading import Reading, is_of_sense, read, tongue
from concierge.answering.sentences import Sentence
from concierge.answering.support import stem
from concierge.answering.turn import Turn

WHERE = "where"  # the role of a place beside a deed (bonds.PLACED)
READ = 8  # sentences that are looked at, best first
COVERED = 0.7  # the least share of the question's other words that the sentence must have
WITHIN = 0.5  # the same, without its title and the sentence before it
FEWEST = 2  # words of them that it must have
KINDS = {"material", "colour", "country", "season", "month"}  # classes that are compared
OTHERWISE = {
    "en": "The archive says otherwise:",
    "fr": "Les archives disent autre chose :",
    "it": "L’archivio dice altrimenti:",
    "de": "Das Archiv sagt etwas anderes:",
}
WHY = re.compile(
    r"\b(?:why|how come|how (?:was|were|did)|pourquoi|perché|come mai|warum|weshalb|wieso)\b",
    re.IGNORECASE,
)
# Colours that one may call by each other's names.
SHADES = (
    {"saffron", "yellow", "honey", "orange", "gold"},
    {"ink", "black", "slate", "indigo_dye", "blue"},
    {"grey", "slate", "ash", "mist", "silver"},
    {"mulberry", "purple", "red", "pink"},
    {"brown", "hazelnut", "honey", "tamarisk"},
    {"white", "beige", "undyed", "mist"},
)
WHETHER = re.compile(
    r"^\W*(?:(?:and|so|but|please|hello|good \w+)\W+)*(?:is|are|was|were|do|does|did|has|have|had"
    r"|can|could|may|will|would|should|est-ce|est|sont|a-t|avez|peut|peux|puis|y a|è|sono|ha|avete"
    r"|si può|posso|ist|sind|war|hat|haben|kann|darf|gibt)\b|\b(?:or|ou|oder|oppure|whether)\b"
    r"|, (?:right|isn't it|is that (?:right|true)|n'est-ce pas|vero|oder)\W*$",
    re.IGNORECASE,
)
_ASKING = (
    "why how when who where what which whose did does tell explain reason really happened make "
    "made come came get much many long pourquoi comment quand qui quel quelle quels quelles "
    "combien perché come quando chi quale quanto quanti dove warum wie wann wer welche welcher "
    "wo weshalb hat haben wurde have true vrai vero wahr stimmt"
)
ASKING = frozenset(stem(word) for word in _ASKING.split())
OR = re.compile(r"\b(?:or|ou|oder|oppure)\b", re.IGNORECASE)  # asks which of two
# Before what a sentence only mentions: a mill "available to the house" is not the house.
_BESIDE = (
    "of to in at for from with by on near beside de du des à au aux dans pour par avec chez di del "
    "della dei delle da dal dalla per con alla al von vom zu zum zur bei beim für mit"
)
BESIDE = frozenset(_BESIDE.split())
_ARTICLES = "the a an its this la le les un une il lo una der die das dem den ein"
ARTICLES = frozenset(_ARTICLES.split())


def says_otherwise(question: str, ranked: Sequence[Sentence]) -> Sentence | None:
    """The sentence that contradicts what `question` takes for granted; None where none does.

    `ranked` are the sentences found for it, best first. A sentence that has all it takes for
    granted ends the search: then the archive agrees.
    """
    if WHETHER.search(question):
        return None if OR.search(question) else done_by_another(question, ranked)
    if not WHY.search(question):
        return None
    code = tongue(question)
    for sentence in ranked[:READ]:
        written = sentence.source.language[:2]
        told = read(sentence.text, written if written in LANGUAGES else "en")
        asked = read(question, code or told.language)
        taken = _taken(asked, told, sentence)
        if taken is None or not _covers(told, sentence, asked, taken):
            continue
        if not taken:
            return None
        if _has_subject(told, asked) or _other_doer(asked, told) or _other_place(asked, told):
            is_doer = taken <= _other_doer(asked, told)
            return None if is_doer and _is_agreed(asked, ranked, taken) else sentence
    return None


def done_by_another(question: str, ranked: Sequence[Sentence]) -> Sentence | None:
    """The best sentence that tells who did what `question` asks whether somebody else did.

    None where one says that they did. Of several that did it, the one whom most sentences name: a
    collection called after a thing was drawn by another than the thing.
    """
    told_by: Counter[str] = Counter()
    fitting: list[tuple[Sentence, set[str]]] = []
    for sentence in ranked:
        written = sentence.source.language[:2]
        told = read(sentence.text, written if written in LANGUAGES else "en")
        asked = read(said_in(question, told.language), told.language)
        by, done = (bonds(each.text, each.language).doers for each in (asked, told))
        names = {name for deed in by for name in done.get(deed, ())}
        others = _other_doer(asked, told)
        told_by.update(names)
        if not _covers(told, sentence, asked, others, led=sentence.leans):
            continue
        if names and not others:
            return None
        if others:
            fitting.append((sentence, names))
    # Of equals the shorter, which says less of anything else.
    fitting.sort(key=lambda row: (-max(told_by[name] for name in row[1]), len(row[0].text)))
    return fitting[0][0] if fitting else None


def elsewhere(question: str, other: Sentence) -> bool:
    """Whether all that `other` says otherwise is where. It may be the same place by another name:
    a shop in Tokyo is in Japan; so it is quoted as what is nearest."""
    written = other.source.language[:2]
    told = read(other.text, written if written in LANGUAGES else "en")
    asked = read(question, tongue(question) or told.language)
    return bool(_other_place(asked, told)) and not _taken(asked, told, other, placed=False)


def otherwise(turn: Turn) -> str:
    """The words before the correction, in the language of the question when we speak it."""
    code = tongue(turn.question) or turn.brand.language[:2]
    return OTHERWISE.get(code, OTHERWISE["en"])


def _taken(
    asked: Reading, told: Reading, sentence: Sentence, *, placed: bool = True
) -> set[str] | None:
    """What of the question the sentence contradicts, as words; None if it speaks of no such thing.

    Empty where the sentence has all that could be contradicted. Not `placed`, without where.
    """
    text = f"{sentence.source.title} {sentence.source.date} {sentence.source.text}"
    whole = read(text, told.language)
    concepts = {c for c in asked.concepts if kinds()[c].group in KINDS}
    numbers = [f for f in asked.figures if f.readings]
    people = {pair for pair in asked.pairs if pair[0] not in told.concepts}
    others = _other_doer(asked, told) | (_other_place(asked, told) if placed else set())
    if not (concepts or numbers or people or others):
        return None
    wrong: set[str] = set()
    for concept in concepts - told.concepts - whole.concepts:
        if _says_another(concept, asked, told):
            wrong.add(concept)
    for figure in numbers:
        if not _stands(figure, whole) and _other_number(figure, asked, told):
            wrong |= figure.readings
    wrong |= others
    near = read(_around(sentence), told.language)
    for pair in people:
        if pair[0] not in near.names and _other_person(told, asked):
            wrong |= set(pair)
    if wrong:
        return wrong
    agrees = concepts <= told.concepts and all(
        figure.stands_in(frozenset(told.counted)) for figure in numbers
    )
    return set() if agrees and {name for pair in people for name in pair} <= told.names else None


def _says_another(concept: str, asked: Reading, told: Reading) -> bool:
    """Whether a sentence says another of the same class of what the question asks about.

    It stands after the subject: "the clasp is cast in brass", not "in leather with one thread".
    """
    group = kinds()[concept].group
    others = {c for c in told.concepts - asked.concepts if kinds()[c].group == group}
    if any({concept, other} <= shade for other in others for shade in SHADES):
        return False
    places = _places(told)
    order = sorted((at, key) for key, at in _places(asked).items() if key not in ASKING)
    subject = next((key for _, key in order if key in places), None)
    return subject is not None and any(places.get(c, -1) > places[subject] for c in others)


def _places(reading: Reading) -> dict[str, int]:
    """Where each concept, and each word of sense, first stands."""
    places: dict[str, int] = {}
    for key, at in _standing(reading):
        places.setdefault(key, at)
    return places


def _standing(reading: Reading) -> Iterator[tuple[str, int]]:
    """Each concept, and each word of sense, with where it stands, in the order of each."""
    words = TOKEN.findall(reading.text)
    yield from ((found.concept, found.first) for found in find(words, reading.language))
    yield from ((stem(word), at) for at, word in enumerate(words) if is_of_sense(word))


def _stands(figure: Figure, whole: Reading) -> bool:
    """Whether the passage has the number, and counts the same by it."""
    if not figure.unit:
        return figure.stands_in(frozenset(whole.counted))
    return any(figure.unit in whole.counted.get(each, ()) for each in figure.readings)


def _other_number(figure: Figure, asked: Reading, told: Reading) -> bool:
    """Whether the sentence has one other number that counts the same."""
    counted = counts(figure) or _noun(asked, figure)
    others = [each for each in told.figures if each.readings]
    same = [each for each in others if (counts(each) or _noun(told, each)) == counted]
    return bool(counted) and 0 < len(same) <= 2


def _noun(reading: Reading, figure: Figure) -> str:
    """The word of sense after a number."""
    after = TOKEN.findall(reading.text[figure.end :])[:2]
    return next((stem(word) for word in after if is_of_sense(word)), "")


def _other_doer(asked: Reading, told: Reading) -> set[str]:
    """The names by which the question tells who did what the sentence says another did."""
    done, by = bonds(told.text, told.language).doers, bonds(asked.text, asked.language).doers
    return {
        name
        for deed, names in by.items()
        if deed not in ASKING and done.get(deed) and not names & done[deed]
        for name in names
    }


def _other_place(asked: Reading, told: Reading) -> set[str]:
    """The names of where the question takes a thing to have happened that the sentence says
    happened elsewhere: "woven in Como" where it is in Charlieu."""
    there, here = bonds(told.text, told.language).roles, bonds(asked.text, asked.language).roles
    return {
        name
        for (deed, role), names in here.items()
        if role == WHERE and deed not in ASKING and there.get((deed, role))
        if not names & there[deed, role]
        for name in names
    }


def _is_agreed(asked: Reading, ranked: Sequence[Sentence], taken: set[str]) -> bool:
    """Whether a sentence found says of that deed that those did it whom the question names."""
    by = bonds(asked.text, asked.language).doers
    for sentence in ranked:
        written = sentence.source.language[:2]
        told = read(sentence.text, written if written in LANGUAGES else "en")
        done = bonds(told.text, told.language).doers
        if _covers(told, sentence, asked, taken) and any(
            names & done.get(deed, frozenset()) for deed, names in by.items()
        ):
            return True
    return False


def _other_person(told: Reading, asked: Reading) -> bool:
    return bool(told.pairs - asked.pairs) and not (asked.pairs & told.pairs)


def _around(sentence: Sentence) -> str:
    """The sentence with the one before and the one after it, and its title."""
    text = sentence.source.text
    bounds = sentences(text)
    at = next((n for n, (start, end) in enumerate(bounds) if end >= sentence.end), len(bounds) - 1)
    first, last = bounds[max(0, at - 1)][0], bounds[min(len(bounds) - 1, at + 1)][1]
    return f"{sentence.source.title}. {text[first:last]}"


def _has_subject(told: Reading, asked: Reading) -> bool:
    """Whether the sentence is on what the question asks about, its first word of sense: it stands
    there, and not only behind another thing that it is beside."""
    places = _places(asked)
    first = min((at for key, at in places.items() if key not in ASKING), default=None)
    subject = {key for key, at in places.items() if at == first}
    words = [word.lower() for word in TOKEN.findall(told.text)]
    return any(key in subject and not _is_beside(words, at) for key, at in _standing(told))


def _is_beside(words: Sequence[str], at: int) -> bool:
    """Whether a preposition stands before the word at a place, and its article."""
    before = [word for word in words[max(0, at - 2) : at] if word not in ARTICLES]
    return bool(before) and before[-1] in BESIDE


def _covers(
    told: Reading, sentence: Sentence, asked: Reading, taken: set[str], *, led: bool = False
) -> bool:
    """Whether a sentence has nearly all else that the question speaks of.

    Two words of it itself; where it is `led`, "It was drawn by", its share of them is enough.
    """
    lead = sentence.source.text[sentence.lead : sentence.start]
    around = read(f"{sentence.source.title}. {lead}", told.language)
    have = told.said | told.denied | around.said | around.denied | told.names | around.names
    opposed = {c for c in asked.concepts if kinds()[c].policy == "opposed"} & told.concepts
    keys = (asked.said | asked.denied | opposed) - ASKING - taken
    within = keys & (told.said | told.denied | told.names | told.concepts)
    found = keys & (have | told.concepts | around.concepts)
    least = max(WITHIN * len(keys), 0 if led else min(FEWEST, len(keys)))
    return len(within) >= least and len(found) >= max(FEWEST, COVERED * len(keys))
