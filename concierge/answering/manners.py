"""The house's voice in one turn: its language, its own sentences, what it always says."""

from collections.abc import Iterable

from archive.ingestion.language import passage_language
from archive.models import Brand
from archive.tongues import spoken
from concierge.answering.support import TELLING, language
from concierge.answering.turn import Evidence, Turn, Voice
from concierge.answering.understand import understand
from concierge.answering.verify import UnsupportedError
from concierge.voice.heed import heeded
from concierge.voice.lexicon import worded
from concierge.voice.manner import Manner, Sentence
from concierge.voice.models import manners_of
from concierge.voice.terms import folded, shown_by


class OffVoiceError(UnsupportedError):
    """Every sentence of the draft has something that the house never says."""

    reason = "off_voice"


def voice_of(brand: Brand) -> Voice:
    """Whose concierge speaks, and how: the one place where it is read. One query."""
    return Voice(brand.name, brand.language, brand.contact, manners_of(brand))


def asked_in(turn: Turn) -> str:
    """The language of the question; the house's own where the question does not tell."""
    return spoken_in(turn) or turn.brand.language[:2]


def spoken_in(turn: Turn) -> str:
    question = turn.question
    return language(question, margin=1) or spoken(question) or passage_language(question, "")


def manner_of(turn: Turn) -> Manner | None:
    """How this turn is answered; None for a house that has written no voice.

    A question in a language the house has not written its voice in is held to what of it holds in
    any language.
    """
    manners = turn.brand.manners
    code = asked_in(turn)
    own = next((each for each in manners if each.language == code), None)
    return own or (manners[0].elsewhere(code) if manners else None)


def own(turn: Turn, kind: Sentence, code: str = "") -> str:
    """The house's own sentence, its names filled in; "" where it has none.

    `code` is the language, where it is known better than from the question.
    """
    code = code or asked_in(turn)
    manner = next((each for each in turn.brand.manners if each.language == code), None)
    said = manner.own(kind) if manner else ""
    return said.replace("{house}", turn.brand.name).replace("{contact}", turn.brand.contact)


def due(turn: Turn) -> tuple[str, ...]:
    """What the house says word for word to this question, in the order it has written it, in the
    question's language where it has written it in that.

    A question in none of its languages, in one whose voice has no topics, or that does not tell its
    own, may touch the topics of any: by words that mean there what they mean here. To despair or a
    threat nothing is.
    """
    if understand(turn).kind == "unsafe":
        return ()
    code = spoken_in(turn)
    manners = [each for each in turn.brand.manners if each.language == code and each.topics]
    own_words = small_words(code) if not manners else frozenset()
    for manner in manners or turn.brand.manners:
        touched = [
            each
            for each in manner.topics
            if shown_by(
                turn.question,
                [sign for sign in each.signs if folded(sign) not in own_words],
                accented=not manners,
            )
        ]
        if touched:
            return tuple(dict.fromkeys(each.said_in(code) for each in touched))
    return ()


def small_words(code: str) -> frozenset[str]:
    """Those of a language, without accents: they are no signs, whatever they mean in another."""
    return frozenset(map(folded, TELLING.get(code, ())))


def heed(turn: Turn, draft: str, evidence: Evidence) -> str:
    """A model's draft without what the house never says. Raises OffVoiceError for nothing left."""
    manner = manner_of(turn)
    if manner is None or not draft.strip():
        return draft
    facts = " ".join(f"{each.title} {each.facts}" for each in evidence.pieces)
    texts = " ".join(f"{each.title} {each.text}" for each in evidence.sources)
    grounds = f"{turn.question} {evidence.finding} {facts} {texts}"
    left = heeded(draft, manner, grounds, names(evidence))
    if not left.strip():
        raise OffVoiceError
    return left


def in_own_words(turn: Turn, text: str, evidence: Evidence) -> str:
    """A model's answer in the words that the house prefers."""
    manner = manner_of(turn)
    return worded(text, manner, names(evidence)) if manner else text


def names(evidence: Evidence) -> tuple[str, ...]:
    pieces = (each.title for each in evidence.pieces)
    return proper((*pieces, *(each.title for each in evidence.sources)))


def proper(titles: Iterable[str]) -> tuple[str, ...]:
    """Those that no word of a sentence is taken for."""
    return tuple(dict.fromkeys(title for title in titles if " " in title.strip()))
