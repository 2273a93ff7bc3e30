"""A word in return where nothing is looked up: courtesies, what is kept, what is declined."""

import tomllib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from concierge.answering.judge import QUOTES
from concierge.answering.manners import own
from concierge.answering.own_facts import asked_for, facts, words
from concierge.answering.support import language
from concierge.answering.turn import Delta, Evidence, Reply, Turn
from concierge.answering.understand import Understanding
from concierge.voice.manner import Sentence

RUNG = "courtesy"
TEXTS = Path(__file__).with_name("courtesies.toml")

# The sentence of a topic, where it has not one of its own name.
SENTENCES = {
    "threat": "unsafe",
    "illegal": "unsafe",
    "sexual": "unsafe",
    "medical": "advice",
    "legal": "advice",
    "investment": "advice",
    "weather": "beyond",
    "code": "beyond",
    "politics": "beyond",
    "competitors": "beyond",
    "elsewhere": "beyond",
    "person": "agree",
}
# Where a model has told the kind and nothing else.
OF_KIND = {
    "small_talk": "acknowledged",
    "own": "held",
    "out_of_scope": "beyond",
    "unsafe": "unsafe",
}
HELD = frozenset({"held", "order"})  # what is the client's own, and they may have told it
# A shop and its hours are no answer to despair, nor to somebody in danger.
ALONE = frozenset({"self_harm", "emergency", "poison", "animal"})
WITH_CARD = frozenset({"hours"})  # their own sentence says how to reach a person
THE_HOUSES: dict[str, Sentence] = {
    "greeting": "greeting",
    "thanks": "thanks",
    "farewell": "sign_off",
    "beyond": "beyond",
}
PERSON = {
    "en": "A person of the house can be reached here: {contact}.",
    "fr": "Une personne de la maison vous répond ici : {contact}.",
    "it": "Una persona della casa risponde qui: {contact}.",
    "de": "Einen Menschen des Hauses erreichen Sie hier: {contact}.",
}


@dataclass(frozen=True, slots=True)
class Courteous:
    """A courtesy as the only rung. It cannot fail."""

    understood: Understanding
    name: str = RUNG
    calls_upstream: bool = False

    async def answer(self, turn: Turn, evidence: Evidence) -> AsyncGenerator[Delta | Reply, None]:
        reply = courteous(turn, self.understood)
        yield Delta(reply.text)
        yield reply


def courteous(turn: Turn, understood: Understanding) -> Reply:
    """What is said to a turn that asks nothing of the archive. What is declined counts as refused,
    though nothing is missing in the archive."""
    topic = understood.topic or OF_KIND[understood.kind]
    code = tongue(turn, understood)
    offers = topic not in ALONE and (understood.kind in {"own", "unsafe"} or topic == "person")
    parts = [sentence(turn, SENTENCES.get(topic, topic), code)]
    if offers or topic == "identity":
        parts.append(offered(turn, code))
    if topic in HELD and (told := told_back(turn, topic, code)):
        parts = told
    if topic == "person" and not turn.brand.contact:
        parts = [sentence(turn, "nobody", code)]
    return Reply(
        text=" ".join(part for part in parts if part),
        rung=RUNG,
        reason=topic,
        kind=understood.kind,
        refused=understood.kind in {"out_of_scope", "unsafe"},
        person=offers or topic in WITH_CARD,
    )


def told_back(turn: Turn, topic: str, code: str) -> list[str]:
    """The client's own words for what they ask, or all there are beside what is held; else none."""
    if wanted := asked_for(turn):
        return [filled(turn, texts()["told"][code]).replace("{facts}", listed(wanted, code))]
    if topic == "held" and (known := words(facts(turn))):
        held = sentence(turn, "held", code)
        return [held, filled(turn, texts()["told"][code]).replace("{facts}", listed(known, code))]
    return []


def listed(told: tuple[str, ...], code: str) -> str:
    quoted = QUOTES[code].replace(" ", "\u00a0")
    return "; ".join(quoted.format(each) for each in told)


def sentence(turn: Turn, name: str, code: str) -> str:
    """The house's own sentence where it has written one, else ours; `name` is a table's."""
    if name in THE_HOUSES and (of_the_house := own(turn, THE_HOUSES[name], code)):
        return of_the_house
    return filled(turn, texts()[name][code])


def offered(turn: Turn, code: str) -> str:
    """How to reach a person; empty for a house that has not said."""
    if not turn.brand.contact:
        return ""
    return own(turn, "person", code) or filled(turn, PERSON[code])


def filled(turn: Turn, text: str) -> str:
    return text.replace("{house}", turn.brand.name).replace("{contact}", turn.brand.contact)


def tongue(turn: Turn, understood: Understanding) -> str:
    """The language of what was said, as far as we speak it: what its words tell clearly, then what
    was recognised in it, then the house's."""
    house = turn.brand.language[:2]
    told = understood.languages
    ways = (language(turn.question), house if house in told else "", *told, house)
    return next((code for code in ways if code in PERSON), "en")


@cache
def texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))
