"""What belongs to a house and is nobody's personal data: never hidden, however it looks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from concierge.redaction.folded import WORDS, fold, folded, squeezed
from concierge.redaction.found import Found

AROUND = 120  # characters beside a name in which a name of the house's may hold it
MOST_WORDS = 10  # of such a name
LEAST = 3  # letters and digits of a code
STREET = 10  # letters and digits of a street with its number, at least
CORE = re.compile(r"\d|[A-ZÀ-ÖØ-Þ]|\b(?:via|rue|piazza|corso)\b")  # where a place may begin
PLACE = re.compile(  # a part of an address that is still one
    r"\d|(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ufer|damm|street|road|lane)\b"
    r"|\b(?:rue|avenue|via|viale|piazza|corso|chemin|quai)\b",
    re.IGNORECASE,
)
SMALL_WORDS = re.compile(r"(?:^|[\s,;:]+)(?:[a-zà-ÿß'’]{1,5}[\s,;:]*)*$")
OF_THE = re.compile(r"(?<=\d) (?:du|de la|de l['’]|des) ?")  # "au 9 du passage ..."
TELEPHONE = 7  # digits of a number without its country's, at least


@dataclass(frozen=True, slots=True)
class Facts:
    """A house's names, codes and addresses, folded."""

    codes: frozenset[str] = frozenset()  # references, bar codes; squeezed
    reached: frozenset[str] = frozenset()  # addresses and telephones; squeezed
    names: frozenset[str] = frozenset()  # of pieces, documents and people, word by word
    people: frozenset[str] = frozenset()  # words of the names of its people
    hosts: frozenset[str] = frozenset()  # of its pages
    words: frozenset[str] = frozenset()  # of all its names, those of a few letters left out
    mentioned: frozenset[str] = frozenset()  # names after a title in its documents

    @classmethod
    def of(
        cls,
        codes: Iterable[str] = (),
        reached: Iterable[str] = (),
        titles: Iterable[str] = (),
        people: Iterable[str] = (),
        hosts: Iterable[str] = (),
        mentioned: Iterable[str] = (),
    ) -> "Facts":
        named = list(people)
        flat = [" ".join(WORDS.findall(fold(each))) for each in (*titles, *named)]
        return cls(
            frozenset(each for code in codes if len(each := squeezed(code)) >= LEAST),
            frozenset(each for place in reached if len(each := squeezed(place)) >= LEAST),
            frozenset(flat),
            frozenset(word for name in named for word in WORDS.findall(fold(name))),
            frozenset(host.lower() for host in hosts if host),
            frozenset(word for name in flat for word in name.split() if len(word) > LEAST),
            frozenset(" ".join(WORDS.findall(fold(each))) for each in mentioned),
        )

    def spares(self, text: str, found: Found) -> bool:
        """Whether what was found is the house's own."""
        said = text[found.start : found.end]
        if found.kind == "NAME":
            return self.names_it(text, found)
        if found.kind == "LINK":
            return host_of(said) in self.hosts
        bare = squeezed(said)
        if found.kind == "ADDRESS":
            bare = squeezed(OF_THE.sub(" ", said))
            return any(alike(bare, place) for place in self.reached)
        if found.kind == "PHONE" and len(own := bare.lstrip("0")) >= TELEPHONE:
            return bare in self.codes or any(place.endswith(own) for place in self.reached)
        return bare in self.codes or bare in self.reached

    def names_it(self, text: str, found: Found) -> bool:
        """Whether a name of the house's holds it: a title, somebody of the house's."""
        before = WORDS.findall(fold(text[max(0, found.start - AROUND) : found.start]))
        said = WORDS.findall(fold(text[found.start : found.end]))
        after = WORDS.findall(fold(text[found.end : found.end + AROUND]))
        if not said or not self.names:
            return False
        left, right = before[-MOST_WORDS:], after[:MOST_WORDS]
        return any(
            " ".join([*left[len(left) - n :], *said, *right[:m]]) in self.names
            for n in range(len(left) + 1)
            for m in range(min(len(right), MOST_WORDS - n) + 1)
            if n + m or len(said) > 1
        )

    def may_be_own(self, name: str) -> bool:
        """Whether its words are of the names of pieces or documents, or it is a name in one."""
        words = WORDS.findall(fold(name))
        longer = [word for word in words if len(word) > LEAST]
        is_titled = bool(longer) and all(word in self.words for word in longer)
        return is_titled or " ".join(words) in self.mentioned

    def beside_names(self, text: str, found: Found) -> Iterator[Found]:
        """An address without the house's names in it.

        "in die Hauptstraße den Carré Héron 90": whoever asks for it to be sent says both at once.
        """
        begin = found.start
        for start, end in self._names_in(text, found):
            yield from shortened(text, Found(found.kind, begin, start))
            begin = end
        yield from shortened(text, replace(found, start=begin)) if begin > found.start else [found]

    def _names_in(self, text: str, found: Found) -> Iterator[tuple[int, int]]:
        """Where those of two words or more stand in `found`, from their beginning in it or before
        it; they may go beyond."""
        begin = max(0, found.start - AROUND)
        said = folded(text[begin : found.end + AROUND])
        words = list(WORDS.finditer(said.text))
        beyond = 0
        for first, word in enumerate(words):
            place, _ = said.span(*word.span())
            if place >= found.end - begin:
                return
            # "12, passage ...": the street itself.
            if first < beyond or (first and words[first - 1][0].isdigit()):
                continue
            for last in range(min(first + MOST_WORDS, len(words)) - 1, first, -1):
                end = begin + said.span(*words[last].span())[1]
                if end <= found.start:
                    break
                if " ".join(each[0] for each in words[first : last + 1]) in self.names:
                    beyond = last + 1
                    yield max(found.start, begin + place), end
                    break

    def is_own_person(self, name: str) -> bool:
        """Whether it is of the name of somebody of the house's, or named so in its documents."""
        words = WORDS.findall(fold(name))
        is_own = bool(words) and all(word in self.people for word in words)
        return is_own or " ".join(words) in self.mentioned


def shortened(text: str, found: Found) -> Iterator[Found]:
    """Without small words and signs at its ends; nothing where nothing else is left."""
    said = text[found.start : found.end]
    core = CORE.search(said)
    if core and PLACE.search(said):
        left = SMALL_WORDS.sub("", said[core.start() :])
        yield Found(found.kind, found.start + core.start(), found.start + core.start() + len(left))


def alike(address: str, other: str) -> bool:
    """Whether one goes on where the other ends: a street, and the street with its town."""
    shorter = min(len(address), len(other))
    return shorter >= STREET and address[:shorter] == other[:shorter]


def host_of(link: str) -> str:
    """ "maison.example" of "https://www.maison.example/pieces"; one with a password has none."""
    after = link.partition("://")[2] or link
    place = after.partition("/")[0].partition("?")[0]
    return "" if "@" in place else place.partition(":")[0].lower().removeprefix("www.")


NONE = Facts()
