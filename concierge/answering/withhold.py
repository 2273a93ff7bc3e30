"""What no model is let say, whatever it has read: its own rules, and ways out of the house.

A document or a message may tell a model to repeat its rules, to name an address, or to write what
a reader does not see. Rules are known again in other capitals, without or with more spaces, with
digits for letters and backwards; not when translated or enciphered.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PROMPTS = Path(__file__).with_name("prompts")
RUN = 8  # consecutive words of a prompt that give it away
SOON = 5  # consecutive words after which no more are shown of what may become such a run
LETTERS = 40  # the same, of consecutive letters
LONGEST = 40  # characters of a word; what is longer is an encoding, unless the house wrote it

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
CLOSING = ".,;:!?)]}»”\"'"
WORD = re.compile(r"\w+(?:['’]\w+)*")
PLACEHOLDER = re.compile(r"\$\{?\w+\}?")
DIGITS = str.maketrans("013457@$", "oieastas")
ADDRESS = re.compile(
    r"\w{2,}:/{1,2}\S+|\bwww\.\S+|[^\s@]+@[^\s@]+\.\w{2,}"  # with a scheme, a host's, somebody's
    r"|(?<![\w.])(?:[a-z0-9-]{2,}\.)+(?-i:[a-z]{2,24})\b(?:[:/?#]\S*)?"
    r"|\b(?:javascript|vbscript|mailto|tel|blob):\S+|\bdata:\w+[/,;]\S*"
    r"|(?:\+|\b00)\s?\d[\d .()/-]{6,}\d|\b0\d(?:[ .-]?\d\d){4}\b",  # of a telephone
    re.IGNORECASE,
)


def seen(text: str) -> str:
    """`text` without controls and hidden or turned writing, none of which can be kept or shown."""
    return UNSEEN.sub("", text)


def plain(text: str) -> str:
    """Compatible forms made one, so that ｅｖｉｌ。com is evil.com; as lower case."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").casefold()


def addresses(text: str) -> list[tuple[int, int]]:
    """Where `text` names a page, a mailbox or a telephone, or holds a word too long to be one."""
    found = [match.span() for match in ADDRESS.finditer(text)]
    return found + [match.span() for match in re.finditer(rf"\S{{{LONGEST + 1},}}", text)]


class Withheld:
    """What is withheld from answers that rest on `known`: the texts whose addresses may be told."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = plain("\n".join(known))

    def strange(self, text: str, cited: Iterable[str] = ()) -> bool:
        """Whether `text` names a way that stands neither in what is known nor in what is cited."""
        folded = unicodedata.normalize("NFKC", text).replace("。", ".")
        if not (found := addresses(folded)):
            return False
        told = "\n".join([self.known, *map(plain, cited)])
        names = (folded[start:end].casefold().rstrip(CLOSING) for start, end in found)
        return any(name not in told for name in names)


class Recital:
    """Listens to an answer as it comes, and knows when it begins to recite a prompt."""

    def __init__(self) -> None:
        self._open = ""  # a word that may go on
        self._words: tuple[str, ...] = ()
        self._letters = ""

    def hears(self, text: str) -> bool:
        """Whether with `text` the last words or letters said are those of a prompt."""
        return self._hears_words(text) | self._hears_letters(text)

    def _hears_words(self, text: str) -> bool:
        self._open += text
        said = list(WORD.finditer(self._open))
        goes_on = bool(said) and said[-1].end() == len(self._open)
        self._open = said.pop().group() if goes_on else ""
        self._words = (*self._words, *(word_of(match.group()) for match in said))[-SOON:]
        return self._words in prompts().openings

    def _hears_letters(self, text: str) -> bool:
        run = self._letters + "".join(letters(text))
        self._letters = run[-LETTERS:]
        cuts = range(max(0, len(run) - LETTERS + 1))
        return any(run[at : at + LETTERS] in prompts().letters for at in cuts)


def recited(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` that stand in a prompt, in order; they may overlap."""
    rules = prompts()
    found = list(WORD.finditer(text))
    said = [word_of(match.group()) for match in found]
    spans = [
        (found[at].start(), found[at + RUN - 1].end())
        for at in range(len(found) - RUN + 1)
        if tuple(said[at : at + RUN]) in rules.words
    ]
    places = [(at, letter) for at, char in enumerate(text) for letter in letters(char)]
    run = "".join(letter for _, letter in places)
    spans += [
        (places[at][0], places[at + LETTERS - 1][0] + 1)
        for at in range(len(run) - LETTERS + 1)
        if run[at : at + LETTERS] in rules.letters
    ]
    return sorted(spans)


class Rules:
    """The runs of words and of letters, also backwards, that stand in a prompt of ours."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[tuple[str, ...]] = set()
        self.openings: set[tuple[str, ...]] = set()  # of SOON words
        self.letters: set[str] = set()
        for text in texts:
            said = list(words(text))
            self.words.update(tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))
            self.openings.update(tuple(said[at : at + SOON]) for at in range(len(said) - SOON + 1))
            forwards = "".join(letters(text))
            for run in (forwards, forwards[::-1]):
                cuts = range(len(run) - LETTERS + 1)
                self.letters.update(run[at : at + LETTERS] for at in cuts)


@cache
def prompts() -> Rules:
    """Every prompt file, without its version; what a placeholder stands for is no part of it."""
    read = (path.read_text(encoding="utf-8") for path in sorted(PROMPTS.rglob("*.md")))
    bodies = (text.partition("\n")[2] for text in read)
    return Rules(part for body in bodies for part in PLACEHOLDER.split(body))


def words(text: str) -> Iterator[str]:
    return (word_of(match.group()) for match in WORD.finditer(text))


def word_of(word: str) -> str:
    return "".join(letters(word))


def letters(text: str) -> Iterator[str]:
    """The letters of `text`, without accents and case; a digit is the letter it looks like."""
    bare = unicodedata.normalize("NFKD", text).casefold().translate(DIGITS)
    return (char for char in bare if char.isalpha())
