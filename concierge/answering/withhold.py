"""What no model is let say, whatever it has read: its rules, ways out of the house, deeds.

A document or a message may tell a model to repeat its rules, to name an address, or to write what
a reader does not see. Rules are known again in other capitals, without or with more spaces, with
digits for letters and backwards; not when translated or enciphered. A concierge only reads: that it
has cancelled, changed or sent something is never true.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PROMPTS = Path(__file__).with_name("prompts")
RUN = 8  # consecutive words of a prompt that give it away
SOON = 5  # consecutive words after which no more are shown of what may become such a run
LETTERS = 40  # consecutive letters that give it away, however they are parted
LONGEST = 40  # characters of a word; what is longer is an encoding, unless the house wrote it

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
CLOSING = ".,;:!?)]}»”\"'"
WORD = re.compile(r"\w+(?:['’]\w+)*")
PLACEHOLDER = re.compile(r"\$\{?\w+\}?")
DIGITS = str.maketrans("013457@$", "oieastas")
NO_LETTERS = re.compile(r"[^a-z]+")
ADDRESS = re.compile(
    r"\w{2,}:/{1,2}\S+|\bwww\.\S+|[^\s@]+@[^\s@]+\.\w{2,}"  # with a scheme, a host's, somebody's
    r"|(?<![\w.])(?:[a-z0-9-]{2,}\.)+(?-i:[a-z]{2,24})\b(?:[:/?#]\S*)?"
    r"|\b(?:javascript|vbscript|mailto|tel|blob):\S+|\bdata:\w+[/,;]\S*"
    r"|(?:\+|\b00)\s?\d[\d .()/-]{6,}\d|\b0\d(?:[ .-]?\d\d){4}\b",  # of a telephone
    re.IGNORECASE,
)
DEEDS = {
    "en": r"cancell?ed|deleted|erased|removed|changed|updated|refunded|ordered|booked|reserved"
    r"|charged|shipped|sent|transferred|registered|signed",
    "fr": r"annulée?s?|effacée?s?|supprimée?s?|changée?s?|modifiée?s?|remboursée?s?|commandée?s?"
    r"|réservée?s?|débitée?s?|expédiée?s?|envoyée?s?|enregistrée?s?",
    "it": r"annullat[oaie]|cancellat[oaie]|eliminat[oaie]|cambiat[oaie]|modificat[oaie]"
    r"|rimborsat[oaie]|ordinat[oaie]|prenotat[oaie]|addebitat[oaie]|spedit[oaie]|inviat[oaie]",
    "de": r"storniert|gelöscht|entfernt|geändert|aktualisiert|erstattet|bestellt|gebucht"
    r"|reserviert|belastet|verschickt|gesendet|überwiesen|angemeldet",
}
THEIRS = {  # what of a client's own might be touched
    "en": r"your (?:order|address|account|booking|reservation|appointment|data|details)\b",
    "fr": r"vo(?:tre|s) (?:commandes?|adresse|compte|réservation|rendez-vous|données)\b",
    "it": r"(?:il suo|la sua|i suoi) (?:ordine|indirizzo|conto|prenotazione|appuntamento|dati)\b",
    "de": r"ihre?n? (?:bestellung|adresse|konto|buchung|reservierung|termin|daten)\b",
}
DOER = {
    "en": r"\bI(?: have|['’]ve)(?: \w+ly| just| now)?",
    "fr": r"\bj['’]ai(?: bien)?",
    "it": r"\bho(?: già)?",
    "de": r"\b(?:ich habe|habe ich)\b[^.!?;]{0,60}?",
}
BEEN = {  # has become; "your order is shipped within two days" tells what is usual
    "en": r"ha(?:s|ve) (?:now |just |already )?been|(?:is|are) (?:now |already )?",
    "fr": r"(?:a|ont) (?:bien )?été|(?:est|sont)(?: désormais| maintenant| bien)?",
    "it": r"(?:è|sono) stat[oaie]|(?:è|sono)(?: ora| già)?",
    "de": r"(?:wurden?|ist|sind)(?: nun| jetzt| bereits)?",
}
DONE = re.compile(
    "|".join(
        rf"{DOER[code]} (?:{deeds})\b"
        rf"|\b{THEIRS[code]}\s+(?:{BEEN[code]})\s*\b(?:{deeds})(?=[.,;!?]|$)"
        for code, deeds in DEEDS.items()
    ),
    re.IGNORECASE,
)


def seen(text: str) -> str:
    """`text` without controls and hidden or turned writing, none of which can be kept or shown."""
    return UNSEEN.sub("", text)


def plain(text: str) -> str:
    """Compatible forms made one, so that ｅｖｉｌ。com is evil.com."""
    return unicodedata.normalize("NFKC", text).replace("。", ".")


def addresses(text: str) -> list[str]:
    """The pages, mailboxes and telephones that `text` names, and words too long to be one."""
    found = [match.group() for match in ADDRESS.finditer(text)]
    return found + re.findall(rf"\S{{{LONGEST + 1},}}", text)


def words(text: str) -> list[str]:
    return [word_of(match) for match in WORD.finditer(text)]


def word_of(match: re.Match[str]) -> str:
    return letters(match.group())


def letters(text: str) -> str:
    """The letters of `text`, without accents and case; a digit is the letter it looks like."""
    if text.isascii():  # as most is, and heard word by word
        return NO_LETTERS.sub("", text.lower().translate(DIGITS))
    bare = unicodedata.normalize("NFKD", text).casefold().translate(DIGITS)
    return "".join(char for char in bare if char.isalpha())


class Rules:
    """The runs of words and of letters, also backwards, that stand in a prompt of ours."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[tuple[str, ...]] = set()
        self.openings: set[tuple[str, ...]] = set()  # of SOON words
        self.letters: set[str] = set()
        for text in texts:
            said = words(text)
            self.words.update(tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))
            self.openings.update(tuple(said[at : at + SOON]) for at in range(len(said) - SOON + 1))
            forwards = letters(text)
            for run in (forwards, forwards[::-1]):
                cuts = range(len(run) - LETTERS + 1)
                self.letters.update(run[at : at + LETTERS] for at in cuts)


@lru_cache(maxsize=64)  # houses speaking at a time
def prompts(system: str = "") -> Rules:
    """Every prompt file, without its version and without what it leaves open; and `system`."""
    read = (path.read_text(encoding="utf-8") for path in sorted(PROMPTS.rglob("*.md")))
    bodies = (text.partition("\n")[2] for text in read)
    return Rules([system, *(part for body in bodies for part in PLACEHOLDER.split(body))])


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld from one answer: `system`, by which it is given, beside the prompt files.

    `contact` is the house's own, which may always be told.
    """

    system: str = ""
    contact: str = ""

    @property
    def rules(self) -> Rules:
        return prompts(self.system)

    def strange(self, text: str, cited: Iterable[str] = ()) -> bool:
        """Whether `text` names a way that neither what it rests on nor the contact has."""
        is_word = text.isascii() and text.isalpha() and len(text) <= LONGEST
        if is_word or not (found := addresses(plain(text))):
            return False
        told = plain("\n".join([self.contact, *cited])).casefold()
        return any(name.casefold().rstrip(CLOSING) not in told for name in found)

    def pretends(self, text: str, cited: Iterable[str] = ()) -> bool:
        """Whether `text` claims a deed that only a person could have done; a quotation may."""
        return bool(DONE.search(text)) and not any(text.strip() in each for each in cited)

    def recited(self, text: str) -> list[tuple[int, int]]:
        """The stretches of `text` that stand in a prompt; they may overlap."""
        return [*self._runs_of_words(text), *self._runs_of_letters(text)]

    def _runs_of_words(self, text: str) -> Iterator[tuple[int, int]]:
        found = list(WORD.finditer(text))
        said = [word_of(match) for match in found]
        for at in range(len(found) - RUN + 1):
            if tuple(said[at : at + RUN]) in self.rules.words:
                yield found[at].start(), found[at + RUN - 1].end()

    def _runs_of_letters(self, text: str) -> Iterator[tuple[int, int]]:
        places = [(at, letter) for at, char in enumerate(text) for letter in letters(char)]
        run = "".join(letter for _, letter in places)
        for at in range(len(run) - LETTERS + 1):
            if run[at : at + LETTERS] in self.rules.letters:
                yield places[at][0], places[at + LETTERS - 1][0] + 1


class Recital:
    """Listens to an answer as it comes, and knows when it begins to recite a prompt."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
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
        self._words = (*self._words, *map(word_of, said))[-SOON:]
        return self._words in self.rules.openings

    def _hears_letters(self, text: str) -> bool:
        heard = letters(text)
        if not heard:
            return self._letters in self.rules.letters
        run = self._letters + heard
        self._letters = run[-LETTERS:]
        cuts = range(len(run) - LETTERS + 1)
        return any(run[at : at + LETTERS] in self.rules.letters for at in cuts)
