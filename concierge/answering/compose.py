"""What a model is asked: the rules, the conversation, the evidence and the question.

Pure: the same turn and evidence give the same prompt. What does not change from turn to turn of a
brand and kind, the rules and the tools, comes first, so that providers can keep it.
"""

import html
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Template

from archive.support import UNSURE
from concierge.answering.manners import due
from concierge.answering.markers import MARKERS
from concierge.answering.turn import Evidence, Exchange, Guidance, Piece, Source, Turn
from concierge.llm.protocol import Prompt, Said, Tool
from concierge.voice.brief import brief

PROMPTS = Path(__file__).with_name("prompts")
MAX_TOKENS = 2000  # an answer takes about 300; a reasoning model thinks within the rest
SPECIALISTS = ("heritage", "pieces", "care")  # kinds of turn whose rules have an addition
HISTORY = 8  # earlier messages a model is told
HISTORY_LENGTH = 4000  # characters of them
# Said before the question when the search's own estimate is low.
DOUBT = (
    "The sources probably do not answer this question. If neither they nor a tool does, write "
    "[none]; do not answer another question instead. If they answer a part, say in one sentence "
    "what they do not tell."
)
TAGS = re.compile(
    r"<(?=/?\s*(?:sources?|pieces?|guidance|said|earlier|client|question)\b)", re.IGNORECASE
)


def guided(evidence: Evidence) -> Evidence:
    """With what the guidance rests on among the sources, so that it can be cited."""
    known = {(source.version_id, source.text) for source in evidence.sources}
    added: list[Source] = []
    for source in (source for each in evidence.guidance for source in each.sources):
        if (source.version_id, source.text) not in known:
            known.add((source.version_id, source.text))
            added.append(replace(source, number=len(evidence.sources) + len(added) + 1))
    return replace(evidence, sources=(*evidence.sources, *added))


def asked(turn: Turn, evidence: Evidence, tools: tuple[Tool, ...] = ()) -> tuple[str, Prompt]:
    """The prompt's version, and the prompt for this turn."""
    version, rules = template(turn.kind)
    return version, Prompt(
        system=rules.substitute(house=turn.brand.name, voice=brief(turn.brand.manners)),
        messages=(*spoken(turn.history), question(turn, evidence)),
        max_tokens=MAX_TOKENS,
        reference=turn.reference,
        payer=turn.payer,
        tools=tools,
    )


@cache
def template(kind: str = "") -> tuple[str, Template]:
    """The versions of the rules and of what is added to them for `kind`, and the text of both."""
    files = (part(name) for name in ("answer", kind if kind in SPECIALISTS else "") if name)
    versions, texts = zip(*files, strict=True)
    return " ".join(versions), Template("\n\n".join(texts))


def part(name: str) -> tuple[str, str]:
    """The version in a prompt file's first line, and the text after it."""
    first, _, rest = (PROMPTS / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("version:").strip(), rest.strip()


def spoken(history: tuple[Exchange, ...]) -> list[Said]:
    """The newest messages that fit the budget, oldest first, beginning with the client's.

    Earlier markers are left out: their numbers meant other sources.
    """
    kept: list[Said] = []
    left = HISTORY_LENGTH
    for exchange in reversed(history[-HISTORY:]):
        text = MARKERS.sub("", exchange.text).strip()
        left -= len(text)
        if left < 0:
            break
        if text:
            kept.append(Said("user" if exchange.role == "client" else "assistant", text))
    while kept and kept[-1].role == "assistant":
        kept.pop()
    return kept[::-1]


def question(turn: Turn, evidence: Evidence) -> Said:
    """The last message: the evidence as data between tags that it cannot close, the question."""
    house = "\n\n".join(found(evidence))
    parts = [house]
    if turn.summary:
        parts.append(tagged("earlier", [quoted(turn.summary)]))
    if turn.remembered:
        parts.append(tagged("client", [quoted(each) for each in turn.remembered]))
    if said := due(turn):
        parts.append(tagged("said", [quoted(each) for each in said]))
    parts.append(tagged("question", [quoted(turn.question)]))
    return Said("user", "\n\n".join(parts), house=len(house))


def found(evidence: Evidence) -> list[str]:
    """What the house has, block by block."""
    parts = [tagged("sources", [source_block(source) for source in evidence.sources])]
    if evidence.pieces:
        parts.append(tagged("pieces", [piece_block(piece) for piece in evidence.pieces]))
    if evidence.guidance:
        parts.append(tagged("guidance", [guidance_block(each) for each in evidence.guidance]))
    if evidence.support < UNSURE and not evidence.pieces:
        parts.append(DOUBT)
    return parts


def source_block(source: Source) -> str:
    named = {"number": str(source.number), "title": source.title, "date": source.date}
    words = attributes({**named, "kind": source.kind})
    return f"<source {words}>\n{quoted(source.text)}\n</source>"


def guidance_block(guidance: Guidance) -> str:
    """Its marks are left out: their numbers mean other sources."""
    return f"{quoted(guidance.question)}\n{quoted(MARKERS.sub('', guidance.text))}"


def piece_block(piece: Piece) -> str:
    words = attributes({"number": f"P{piece.number}", "title": piece.title})
    return f"<piece {words}>\n{quoted(piece.facts)}\n</piece>"


def tagged(tag: str, blocks: list[str]) -> str:
    return "\n".join([f"<{tag}>", *blocks, f"</{tag}>"])


def attributes(values: dict[str, str]) -> str:
    return " ".join(
        f'{name}="{html.escape(" ".join(value.split()))}"'
        for name, value in values.items()
        if value
    )


def quoted(text: str) -> str:
    """Text of others, unable to open or close one of the prompt's own tags."""
    return TAGS.sub("‹", text)
