"""What a question turns on, and whether what would be quoted says anything of it.

"Who guards the Modern Wing at night?" finds all there is on the Modern Wing and turns on guarding.
A passage that only shares the subject says nothing of it, however near it is. English alone: other
languages order their questions otherwise, and their words are compared by `absent`.
"""

import re
from collections.abc import Sequence

import numpy as np

from archive.embedding import PieceReader, current_embedder
from archive.stems import stems
from archive.unmet import mean_within, met
from concierge.answering.absent import PLAIN
from concierge.answering.folding import folded
from concierge.answering.sentences import Sentence, around
from concierge.answering.support import ALL_STOPS, SHORTEST, stem

# Of the most that a word-piece can be met by those of a sentence; chosen on 160 questions over two
# dozen articles (docs/answering.md).
MET = 0.43
READ = 3  # sentences that would be quoted, best first
TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d+")
# Before a word of asking that asks: "people who kept them" asks for nobody.
OPENS = re.compile(
    r"(^|[.,;:!?]|\b(and|so|but|for|from|in|of|by|to|on|at|with|since|until))\W*$", re.IGNORECASE
)
OWNER = re.compile(r"['’]s?$")  # asked is what he owns
_AUXILIARY = (
    "is are was were be been being did does do has have had can could will would shall should may "
    "might must not"
)
_DETERMINER = (
    "the a an this that these those its his her their our your my it he she they you we i there "
    "any some"
)
_BREAK = (
    "of in on at by for from with to into about after before during while as and or but than if "
    "when where who which between under over through against without"
)
AUXILIARY = frozenset(_AUXILIARY.split())
DOING = frozenset(["did", "does", "do"])
ASKING = frozenset(["who", "whom", "whose", "what", "which", "where", "when", "why", "how"])
OF_WHAT = frozenset(["who", "whom", "whose", "what", "which"])  # what "is" says is what is asked
HEADS = frozenset(["name", "names", "kind", "kinds", "sort", "type", "title", "colour", "color"])
DETERMINER = frozenset(_DETERMINER.split())
BREAK = DETERMINER | frozenset(_BREAK.split())
# What questions ask for in general, and no passage says of itself.
_GENERAL = (
    "action step impact effect result reason purpose aim goal focus role part way path idea key "
    "element event benefit detail feature aspect example significance influence importance change "
    "primary main specific particular certain related mention express discuss refuse mark achieve "
    "contribute involve include concern affect regard propose promise urge happen become"
)
GENERAL = PLAIN | {stem(word) for word in _GENERAL.split()}
# Verbs of questions, with other words that say the same.
_SAME = (
    "buy bought purchase acquire",
    "sell sold sale",
    "give gave donate gift present bequest bequeath",
    "lend lent loan",
    "sit sat pose model",
    "die died death",
    "own belong possess property",
    "make made create produce build craft",
    "begin start found establish open launch",
    "write wrote author publish",
    "destroy burn fire demolish",
    "live reside home dwell house",
    "work employ serve job",
    "show display exhibit view",
    "attempt try trial test",
    "meet met encounter introduce",
    "repair mend fix restore restitch re-stitching re-edging re-edge",
    "teach taught train pupil student study learn",
)
SAME = [frozenset(group.split()) for group in _SAME]
GIVEN = frozenset(("give", "gave", "given"))  # plain elsewhere; who gave a thing is a question


def turning(question: str) -> list[str]:
    """The words a question turns on, in order; [] for one without an English word of asking.

    What stands between its "who" or "what" and the subject, and the run of words with which its
    subject and verb begin. Names are none of them.
    """
    found = list(TOKEN.finditer(question))
    tokens = [match.group() for match in found]
    low = [folded(token) for token in tokens]
    asking = (place for place, word in enumerate(low) if word in ASKING)
    at = next((each for each in asking if OPENS.search(question[: found[each].start()])), None)
    if at is None:
        return []
    first, place = _run(low, at + 1)
    if place < len(low) and low[place] == "of" and low[place - 1] in HEADS:
        further, place = _run(low, _subject(tokens, low, place + 1))
        first += further
    second: list[int] = []
    if place < len(low) and low[place] in (AUXILIARY if low[at] in OF_WHAT else DOING):
        second, _ = _run(low, _subject(tokens, low, place))
    if second and low[second[-1]] in HEADS and low[second[-1] + 1 : second[-1] + 2] == ["of"]:
        second += _run(low, _subject(tokens, low, second[-1] + 2))[0]
    words = [tokens[each] for each in (*first, *second)]
    return [word for word in words if word.islower() and weighs(word)]


def _run(low: Sequence[str], place: int) -> tuple[list[int], int]:
    """The places from `place` up to the next auxiliary or small word, and where that stands."""
    run = []
    while place < len(low) and low[place] not in AUXILIARY and low[place] not in BREAK:
        run.append(place)
        place += 1
    return run, place


def _subject(tokens: Sequence[str], low: Sequence[str], place: int) -> int:
    """Where the words begin that follow the auxiliaries, a determiner and a name at `place`."""
    while place < len(low) - 1 and (
        low[place] in AUXILIARY | DETERMINER or tokens[place][0].isupper()
    ):
        place += 1
    return place


def weighs(word: str) -> bool:
    plain = folded(word)
    if len(plain) < SHORTEST or plain in ALL_STOPS or OWNER.search(plain):
        return False
    return plain in GIVEN or stem(word) not in GENERAL


def unsaid(question: str, quoted: Sequence[Sentence], ranked: Sequence[Sentence]) -> list[str]:
    """The words `question` turns on that nothing about `quoted` says, in any form, or is like.

    [] where more of them are said than not: one word of a long question may be put otherwise.

    `quoted` are the sentences that answer best; their passages' others among `ranked` are read for
    likeness too. [] where the embedding model tells nothing of single words. Raises
    EmbeddingError.
    """
    embedder = current_embedder()
    words = turning(question)
    if not words or not quoted or not isinstance(embedder, PieceReader):
        return []
    if {each.source.language[:2] for each in quoted} != {"en"}:
        return []
    numbers = {sentence.source.number for sentence in quoted}
    sketches = b"".join(each.sketch for each in ranked if each.source.number in numbers)
    if not sketches:
        return []
    reading = embedder.read_query(question)
    shares = met(np.asarray(reading.pieces), sketches)
    spans = {match.group(): match.span() for match in TOKEN.finditer(question)}
    unlike = [word for word in words if mean_within(shares, reading.spans, spans[word]) < MET]
    missed = _unspoken(unlike, quoted) if unlike else []
    return missed if 2 * len(missed) >= len(words) else []


def _unspoken(words: Sequence[str], quoted: Sequence[Sentence]) -> list[str]:
    """Those of `words` that stand around `quoted` in no form, and by no word that says the same."""
    language = quoted[0].source.language
    near = " ".join(f"{each.source.title} {around(each)}" for each in quoted)
    wanted = [(language, " ".join(alike_in(word))) for word in words]
    told, *asked = stems([(language, near), *wanted])
    return [word for word, forms in zip(words, asked, strict=True) if forms.isdisjoint(told)]


def alike_in(word: str) -> frozenset[str]:
    """`word` with the others that say the same."""
    own = stem(word)
    groups = (group for group in SAME if any(stem(each) == own for each in group))
    return frozenset([word]).union(*groups)
