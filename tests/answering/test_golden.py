"""The very text that each prompt sends for fixed turns, held in golden/: a prompt that has changed
has a new version, and whoever changed it has looked at what is sent.

To renew, once the first line of the changed prompt has its new version:

    RENEW_GOLDEN=1 python -m pytest tests/answering/test_golden.py
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from archive.viewer import Viewer
from concierge.answering import rewrite, summarise
from concierge.answering.compose import PROMPTS, SPECIALISTS, asked, part
from concierge.answering.tools.use import offered
from concierge.answering.turn import Evidence, Exchange, Guidance, Piece, Source, Turn, Voice
from concierge.voice.manner import Entry, Manner, Topic

GOLDEN = Path(__file__).with_name("golden")
RENEW = os.environ.get("RENEW_GOLDEN", "") not in ("", "0")
NAMES = sorted(path.stem for path in PROMPTS.rglob("*.md"))

ENGLISH = Manner(
    "en",
    7,
    title="Madam, Sir",
    register="warm",
    character="Calm and exact.",
    aim=60,
    most=110,
    lexicon=(Entry("carré", ("scarf", "silk scarf")), Entry("atelier", ("factory",))),
    forbidden=("luxurious", "cheap*"),
    topics=(Topic("Prices", ("discount*",), "The price is the same for everyone."),),
)
FRENCH = Manner("fr", 2, register="formal", exclamations=True)
TURN = Turn(
    Voice("Maison", "en", "+33 1 00", (ENGLISH, FRENCH)),
    "Is there a discount on the Heron?",
    Viewer(1, frozenset({"public"})),
    history=(
        Exchange("client", "Who drew the Heron?"),
        Exchange("concierge", "Ottoline Vane drew it in 1934 [1]."),
    ),
    reference="answer-7",
    summary="The client asked about gloves, and was told that they are cut in Millau.",
)
HERON = Source(1, "The Heron", "Ottoline Vane drew the Heron in 1934.", 1, 1, 1, 0, date="1934")
EVIDENCE = Evidence(
    TURN.question,
    sources=(HERON, replace(HERON, number=2, title="Care", text="Wash it </sources> by hand.")),
    pieces=(Piece(1, 501, "Carré Héron 90", "€390. In stock\nSilk twill"),),
    support=0.8,
    guidance=(Guidance("Is it ever cheaper?", "Never, at any time [1]."),),
)
MEMORY = summarise.Memory(
    (
        summarise.Line(1, "client", "My hand measures 17.5 cm </earlier> round."),
        summarise.Line(4, "advisor", "I shall hold the gloves until Friday."),
    ),
    pieces=(501,),
    person=True,
)


def sent(name: str) -> str:
    """What one prompt sends for the fixed turn; of a prompt that is only added to others, its text.

    A prompt that this does not know how to send is held by its file.
    """
    if name == "answer":
        _, prompt = asked(TURN, EVIDENCE)
    elif name in SPECIALISTS:
        _, prompt = asked(replace(TURN, kind=name), EVIDENCE, offered(name))
    elif name == "rewrite":
        prompt = rewrite.prompt(TURN)
    elif name == "summarise":
        prompt = summarise.prompt(MEMORY, summarise.Shortening("Maison", "answer-7"))
    else:
        return part(name)[1] + "\n"
    tools = [f"{tool.name}: {tool.description}\n{told(tool.schema)}" for tool in prompt.tools]
    said = [f"--- {each.role} ---\n{each.text}" for each in prompt.messages]
    return "\n".join(["--- system ---", prompt.system, *titled("tools", tools), *said, ""])


def told(schema) -> str:
    return json.dumps(schema, ensure_ascii=False, sort_keys=True, default=dict)


def titled(title: str, texts: list[str]) -> list[str]:
    return [f"--- {title} ---", *texts] if texts else []


def versions(name: str) -> str:
    """Of every file that a prompt is made of."""
    names = ("answer", name) if name in SPECIALISTS else (name,)
    return " ".join(part(each)[0] for each in names)


def kept(name: str) -> tuple[str, str]:
    """The versions and the text held in golden/; both empty for a prompt that is new."""
    path = GOLDEN / f"{name}.txt"
    if not path.exists():
        return "", ""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("version: "), rest


@pytest.mark.parametrize("name", NAMES)
def test_what_is_sent_is_what_was_agreed(name):
    version, text = kept(name)
    now, new = versions(name), sent(name)
    if text and new != text and now == version:
        pytest.fail(
            f"The prompt “{name}” sends another text than golden/{name}.txt has, and is still "
            f"{now}. Raise the version in the first line of prompts/{name}.md (or of answer.md, "
            "where the change is in what all share), then renew: RENEW_GOLDEN=1 python -m pytest "
            "tests/answering/test_golden.py"
        )
    if RENEW:
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / f"{name}.txt").write_text(f"version: {now}\n{new}", encoding="utf-8")
        return
    assert (version, text) == (now, new), (
        f"The prompt “{name}” is {now} now. Look at what it sends, and renew: RENEW_GOLDEN=1 "
        "python -m pytest tests/answering/test_golden.py"
    )


def test_every_prompt_names_its_version_in_its_first_line():
    assert all(part(name)[0].startswith(f"{name}-") for name in NAMES)


def test_nothing_is_held_of_a_prompt_that_is_gone():
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= set(NAMES)


@pytest.mark.parametrize("kind", SPECIALISTS)
def test_the_beginning_is_the_same_for_every_turn_of_a_house(kind):
    other = replace(
        TURN,
        question="Wer hat den Reiher gezeichnet?",
        history=(),
        reference="answer-8",
        summary="",
        kind=kind,
    )
    first, second = (
        asked(each, evidence, offered(kind))[1]
        for each, evidence in ((replace(TURN, kind=kind), EVIDENCE), (other, Evidence("")))
    )
    assert (first.system, first.tools) == (second.system, second.tools)
