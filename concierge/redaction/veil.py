"""What one turn hides from those outside the house, and what it puts back in what they say."""

import re
from collections.abc import Callable, Iterable

from concierge.redaction.facts import NONE, Facts
from concierge.redaction.folded import folded
from concierge.redaction.found import BLANKS, Found, apart
from concierge.redaction.known import Known, Sought
from concierge.redaction.names import modelled
from concierge.redaction.placeholders import Placeholders, Restoring
from concierge.redaction.recognise import identifiers
from concierge.redaction.said import before, holder, introduced, pointed, titled

REMEMBERED = 64  # texts of a turn that are looked through once


class Veil:
    """Hides what is personal by its form, by what is known, and by what `said` tells of itself.

    `said` are the client's own words, of this message and those before it. What `facts` has is the
    house's, and stays. Used by one turn, whose texts share their placeholders.
    """

    def __init__(
        self, known: Iterable[Known] = (), facts: Facts = NONE, said: Iterable[str] = ()
    ) -> None:
        self._facts = facts
        self._seen: dict[str, list[Found]] = {}
        self._named: dict[str, list[Found]] = {}
        self.placeholders = Placeholders()
        told = [Known("name", name) for text in said for name in self._names_told(text)]
        self._sought = Sought([*known, *told])

    def found(self, text: str) -> list[Found]:
        """What of `text` is personal, in its order."""
        if text not in self._seen:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[text] = self._found(text)
        return self._seen[text]

    def hidden(self, text: str) -> str:
        """With a placeholder for everything personal."""
        return replaced(text, self.found(text), self.placeholders.of)

    def echoed(self, text: str) -> str:
        """A text of the house's, with what of it this turn has hidden elsewhere; names stay."""
        known = self.placeholders.structured()
        if not known:
            return text
        longest = sorted(known, key=len, reverse=True)
        return re.sub(
            "|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in longest),
            lambda match: known[match[0]],
            text,
        )

    def without(self, text: str) -> str:
        """With nothing in the place of what is personal: for what reads meanings alone."""
        found = self.found(text)
        return " ".join(replaced(text, found, lambda kind, words: "").split()) if found else text

    def blanked(self, text: str) -> str:
        """With a word in brackets for what is personal, for those who are not to know it."""
        return replaced(text, self.found(text), lambda kind, words: BLANKS[kind])

    def restored(self, text: str) -> str:
        return self.placeholders.restored(text)

    def restoring(self) -> Restoring:
        return Restoring(self.placeholders)

    def _found(self, text: str) -> list[Found]:
        found = [each for each in self._by_form(text) if not self._facts.spares(text, each)]
        return apart(found)

    def _forms(self, text: str) -> Iterable[Found]:
        for each in identifiers(text):
            if each.kind == "ADDRESS":
                yield from self._facts.beside_names(text, each)
                name = before(text, each.start)
            else:
                yield each
                name = holder(text, each.end) if each.kind in {"IBAN", "CARD"} else None
            if name and not self._facts.may_be_own(text[name.start : name.end]):
                yield name

    def _by_form(self, text: str) -> Iterable[Found]:
        yield from self._forms(text)
        yield from self._sought.found(folded(text), text)
        yield from self._said(text)
        for each in self._sought.misspelt(text):
            if not self._facts.may_be_own(text[each.start : each.end]):
                yield each
        yield from modelled(text)

    def _said(self, text: str) -> Iterable[Found]:
        yield from self._given(text)
        for each in pointed(text):
            if not self._facts.may_be_own(text[each.start : each.end]):
                yield each

    def _given(self, text: str) -> list[Found]:
        """Names of which it is sure that they are somebody's."""
        if text not in self._named:
            if len(self._named) >= REMEMBERED:
                self._named.clear()
            own = self._facts.is_own_person
            with_title = [each for each in titled(text) if not own(text[each.start : each.end])]
            self._named[text] = [*introduced(text), *with_title]
        return self._named[text]

    def _names_told(self, text: str) -> Iterable[str]:
        for each in self._given(text):
            if not self._facts.spares(text, each):
                yield text[each.start : each.end]


def replaced(text: str, found: Iterable[Found], by: Callable[[str, str], str]) -> str:
    parts: list[str] = []
    last = 0
    for each in found:
        parts += [text[last : each.start], by(each.kind, text[each.start : each.end])]
        last = each.end
    return "".join([*parts, text[last:]])
