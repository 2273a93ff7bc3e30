"""The words that stand for what is hidden, and what they stand for."""

import re
from dataclasses import dataclass, field

from concierge.redaction.folded import squeezed
from concierge.redaction.found import KINDS

# How a model may translate the kind when it writes a placeholder back.
ALSO = {
    "MAIL": "EMAIL", "COURRIEL": "EMAIL", "TEL": "PHONE", "TELEPHONE": "PHONE",
    "TÉLÉPHONE": "PHONE", "TELEFON": "PHONE", "TELEFONO": "PHONE", "NOM": "NAME", "NOME": "NAME",
    "ADRESSE": "ADDRESS", "INDIRIZZO": "ADDRESS", "CARTE": "CARD", "CARTA": "CARD",
    "KARTE": "CARD", "COMMANDE": "ORDER", "ORDINE": "ORDER", "BESTELLUNG": "ORDER",
    "LIEN": "LINK", "URL": "LINK", "DATE": "BIRTH",
}  # fmt: skip
WORD = "|".join(sorted({*KINDS, *ALSO, "E-MAIL"}, key=lambda each: (-len(each), each)))
# "[NAME_1]", and what becomes of it in a model's hands: "[name 1]", "\[NAME\_1\]", "NAME_1".
WRITTEN = re.compile(
    rf"\\?[\[【⟦]\s{{0,2}}(?P<kind>{WORD})\s{{0,2}}\\?[_ .#:-]?\s{{0,2}}(?P<number>\d{{1,4}})"
    r"\s{0,2}\\?[\]】⟧]"
    rf"|(?<![\w\[])(?P<bare>{'|'.join(KINDS)})_(?P<nth>\d{{1,4}})(?![\w\]])",
    re.IGNORECASE,
)
BARE = re.compile(rf"(?:{'|'.join(KINDS)})_\d{{1,4}}")
# The end of a text that may go on as one of them.
BEGUN = re.compile(
    r"\\?[\[【⟦]\s{0,2}"
    r"(?:(?P<word>[A-Za-zÉé-]{1,12})(?P<rest>\s{0,2}\\?[_ .#:]?\s{0,2}\d{0,4}\s{0,2}\\?))?$"
    r"|(?<![\w\[])(?P<bare>[A-Z]{1,8})(?P<nth>_?\d{0,4})$|\\$"
)
LONGEST = 32  # characters of one, however it is written


@dataclass(slots=True)
class Placeholders:
    """One turn's. The same words always have the same one."""

    _words: dict[str, str] = field(default_factory=dict)  # by placeholder
    _named: dict[tuple[str, str], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._words)

    def of(self, kind: str, words: str) -> str:
        key = (kind, squeezed(words) or words)
        if key not in self._named:
            number = 1 + sum(known == kind for known, _ in self._named)
            self._named[key] = f"[{kind}_{number}]"
            self._words[self._named[key]] = words
        return self._named[key]

    def meant(self, match: re.Match[str]) -> str | None:
        """What a match of WRITTEN stands for; None for what stands for nothing."""
        kind = (match["kind"] or match["bare"]).upper().replace("E-MAIL", "EMAIL")
        number = int(match["number"] or match["nth"])
        return self._words.get(f"[{ALSO.get(kind, kind)}_{number}]")

    def restored(self, text: str) -> str:
        """With the words that are meant; a placeholder of ours that means nothing is left out."""
        return WRITTEN.sub(self._put_back, text) if "_" in text or has_bracket(text) else text

    def _put_back(self, match: re.Match[str]) -> str:
        meant = self.meant(match)
        if meant is not None:
            return meant
        # A word that nobody hid may be the house's own: "[name 1]" alone is never shown.
        return match[0] if match["bare"] and not BARE.fullmatch(match[0]) else ""

    def structured(self) -> dict[str, str]:
        """By its words, the placeholder of each that is no name."""
        return {words: name for name, words in self._words.items() if not name.startswith("[NAME")}


def has_bracket(text: str) -> bool:
    return "[" in text or "【" in text or "⟦" in text


class Restoring:
    """A reply put back as it streams: a placeholder may come in pieces."""

    def __init__(self, placeholders: Placeholders) -> None:
        self._placeholders = placeholders
        self._held = ""

    def heard(self, words: str) -> str:
        """What can be said by now; the rest may be the beginning of a placeholder."""
        text = self._held + words
        cut = len(text)
        begun = BEGUN.search(text, max(0, len(text) - LONGEST))
        if begun and may_become_one(begun):
            cut = begun.start()
        self._held = text[cut:]
        return self._placeholders.restored(text[:cut])

    def ended(self) -> str:
        """What was still held; a placeholder that the reply broke off in is left out."""
        held, self._held = self._held, ""
        said = self._placeholders.restored(held)
        begun = BEGUN.search(said) if said == held else None
        return said[: begun.start()] if begun and is_broken_off(begun) else said


def may_become_one(begun: re.Match[str]) -> bool:
    if begun["bare"]:
        return is_begun(begun["bare"], begun["nth"], set(KINDS))
    if begun["word"]:
        return is_begun(begun["word"].upper(), begun["rest"], {*KINDS, *ALSO, "E-MAIL"})
    return True


def is_broken_off(begun: re.Match[str]) -> bool:
    """Whether nothing but a placeholder begins so; a lone bracket or word may be the house's."""
    if begun["bare"]:
        return begun["nth"].startswith("_") and may_become_one(begun)
    return bool(begun["word"]) and begun["word"].isupper() and may_become_one(begun)


def is_begun(word: str, rest: str, kinds: set[str]) -> bool:
    """Whether a kind, or after one a number, may be what was begun."""
    if rest or word.endswith("-"):
        return word.rstrip("-") in kinds or (not rest and word == "E-")
    return any(kind.startswith(word) for kind in kinds)
