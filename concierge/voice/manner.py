"""How a house speaks in one language: frozen plain values, and their form in JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Address = Literal["formal", "familiar"]
Sentence = Literal[
    "greeting", "thanks", "sign_off", "nearest", "silent", "person", "beyond", "busy", "quoting"
]
AIM, MOST = 80, 120  # words of an answer, where the house has not said
LONGEST = 600  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that the house prefers, and those it stands in the place of."""

    say: str
    instead_of: tuple[str, ...]
    plural: str = ""  # of `say`; empty: made by rule


@dataclass(frozen=True, slots=True)
class Topic:
    """What is always said, word for word, to a question that has one of the `signs`."""

    name: str
    signs: tuple[str, ...]
    sentence: str
    reviewed_by: str = ""
    reviewed: str = ""  # the day, YYYY-MM-DD
    others: tuple[tuple[str, str], ...] = ()  # the sentence in other languages, by code

    def said_in(self, language: str) -> str:
        """The sentence in this language, where it is written in it; else as it is."""
        return dict(self.others).get(language, self.sentence)


@dataclass(frozen=True, slots=True)
class Manner:
    """One version of a house's voice in one language; version 0 was written by nobody."""

    language: str
    version: int = 0
    address: Address = "formal"
    title: str = ""  # how a client is addressed: "Madame, Monsieur"
    register: str = ""  # formal, warm, plain, lively
    character: str = ""  # the same in the house's own words
    aim: int = AIM
    most: int = MOST
    lexicon: tuple[Entry, ...] = ()
    forbidden: tuple[str, ...] = ()
    exclamations: bool = False  # whether they may be used, like the next two
    emoji: bool = False
    superlatives: bool = False  # of the house's own; those of a source always may
    sentences: tuple[tuple[str, str], ...] = ()  # the house's own, by Sentence
    topics: tuple[Topic, ...] = ()
    written_in: str = ""  # where that is another language than this

    def own(self, kind: Sentence) -> str:
        """The house's own sentence of this kind; "" where it has none."""
        return dict(self.sentences).get(kind, "")

    @property
    def mark(self) -> str:
        """What is written on each answer: "voice-en-3"."""
        return f"voice-{self.written_in or self.language}-{self.version}"

    def elsewhere(self, language: str) -> "Manner":
        """What of it holds in a language that the house has not written its voice in."""
        return replace(
            self,
            language=language,
            written_in=self.written_in or self.language,
            title="",
            lexicon=(),
            forbidden=(),
            sentences=(),
        )


def as_json(manner: Manner) -> dict[str, Any]:
    """Without language and version, which are columns of its row."""
    values = asdict(manner)
    del values["language"], values["version"], values["written_in"]
    topics = [each | {"others": dict(each["others"])} for each in values["topics"]]
    return values | {"sentences": dict(manner.sentences), "topics": topics}


def from_json(values: Mapping[str, Any], language: str, version: int) -> Manner:
    """The manner that `as_json` gave; what a later release added has its default."""
    known = {name: values[name] for name in PLAIN if name in values}
    return Manner(
        language=language,
        version=version,
        **known,
        lexicon=tuple(
            Entry(each["say"], tuple(each["instead_of"]), each.get("plural", ""))
            for each in values.get("lexicon", ())
        ),
        forbidden=tuple(values.get("forbidden", ())),
        sentences=tuple(sorted(values.get("sentences", {}).items())),
        topics=tuple(
            Topic(
                **{
                    **each,
                    "signs": tuple(each["signs"]),
                    "others": tuple(sorted(each.get("others", {}).items())),
                }
            )
            for each in values.get("topics", ())
        ),
    )


PLAIN = (
    *("address", "title", "register", "character", "aim", "most"),
    *("exclamations", "emoji", "superlatives"),
)
