"""What was said earlier in a conversation, kept short, and by whom.

Kept are the client's and the advisors' own words, line by line with who said them, and which
pieces and documents the concierge spoke of: their numbers alone, so that what is withdrawn since
is not spoken of again. What the concierge said from the archive is not kept: it is looked up anew.
Pure but for `shortened`, which asks a small model; nothing it writes is kept that was not said.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

from archive.sentences import sentences
from concierge.answering.figures import figures, known
from concierge.llm.protocol import Model, Payer, Prompt, Said
from concierge.llm.upstream import Upstream

NAME = "summarise"  # the ledger's purpose
PROMPT = Path(__file__).with_name("prompts") / "summarise.md"
LENGTH = 2000  # characters of all lines
FULL = 1200  # characters from which a model is asked to shorten them
LINE = 240  # characters of one sentence
A_MESSAGE = 4  # sentences kept of one message, those that tell most
SPOKEN_OF = 12  # pieces, and documents, the latest ones
MAX_TOKENS = 800  # the lines take about 500
KNOWN_WORDS = 0.8  # share of a shortened line's words that were said in the original ones
# Somebody speaks of themselves: in English, French, Italian and German.
PERSONAL = re.compile(
    r"\b(i|i['’]\w+|my|mine|me|we|our|us|je|j['’]|mon|ma|mes|moi|nous|notre|nos|io|mio|mia|miei|mie"
    r"|ho|sono|vorrei|noi|nostr[oaie]|ich|mein\w*|mir|mich|wir|uns\w*)\b",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W_]+", re.UNICODE)
WRITTEN = re.compile(r"^\s*[-*]?\s*(client|advisor)\s*:\s*(.+?)\s*$", re.IGNORECASE)

Who = Literal["client", "advisor"]


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that is to be remembered. `pieces` and `documents` are ids, for the concierge."""

    number: int
    who: Literal["client", "concierge", "advisor"]
    text: str = ""
    pieces: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    person: bool = False  # the concierge offered one


@dataclass(frozen=True, slots=True)
class Line:
    """Words of the client's or an advisor's, from message `number`."""

    number: int
    who: Who
    said: str

    @property
    def weight(self) -> int:
        """How much is lost with it, from 0, a question, to 3, a figure of the client's own."""
        if self.who == "advisor":
            return 3
        is_personal = bool(PERSONAL.search(self.said))
        if self.said.rstrip().endswith(("?", "？")):
            return int(is_personal)
        if not is_personal:
            return 1
        return 3 if any(figures(self.said)) else 2


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of a conversation, the oldest first."""

    lines: tuple[Line, ...] = ()
    pieces: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    person: bool = False

    @property
    def length(self) -> int:
        """Characters of the lines as they are told."""
        return sum(len(line.said) + len(line.who) + 2 for line in self.lines)

    def dumped(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loaded(cls, text: str) -> "Memory":
        """What `dumped` gave; an empty memory for anything else."""
        try:
            told = json.loads(text or "{}")
            lines = tuple(Line(**line) for line in told.get("lines", ()))
            ids = {name: tuple(map(int, told.get(name, ()))) for name in ("pieces", "documents")}
        except (ValueError, TypeError, AttributeError):
            return cls()
        return cls(lines, **ids, person=bool(told.get("person")))


def rolled(memory: Memory, heard: Iterable[Heard]) -> Memory:
    """`memory` with further messages, within LENGTH: what weighs least goes first."""
    lines = list(memory.lines)
    pieces, documents = list(memory.pieces), list(memory.documents)
    person = memory.person
    for message in heard:
        pieces += message.pieces
        documents += message.documents
        person = person or message.person
        if message.who != "concierge":
            lines += told_in(message)
    return fitted(
        Memory(unlike(lines), latest(pieces), latest(documents), person),
    )


def told_in(message: Heard) -> list[Line]:
    """The sentences of one message that tell most, in their order."""
    who: Who = "advisor" if message.who == "advisor" else "client"
    spans = [message.text[start:end] for start, end in sentences(message.text)]
    lines = [Line(message.number, who, clipped(span)) for span in spans if WORDS.search(span)]
    heaviest = sorted(lines, key=lambda line: -line.weight)[:A_MESSAGE]
    return [line for line in lines if line in heaviest]


def clipped(text: str) -> str:
    """On one line, at most LINE characters, a word never cut in two."""
    flat = " ".join(text.split())
    if len(flat) <= LINE:
        return flat
    return f"{flat[: LINE - 1].rpartition(' ')[0] or flat[: LINE - 1]}…"


def unlike(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Without those that somebody has said in the same words before."""
    found = {(line.who, line.said.casefold()): line for line in reversed(lines)}
    return tuple(line for line in lines if found.get((line.who, line.said.casefold())) is line)


def latest(ids: Sequence[int]) -> tuple[int, ...]:
    """The last SPOKEN_OF different ones, in the order they were last spoken of."""
    return tuple(reversed(list(dict.fromkeys(reversed(ids)))[:SPOKEN_OF]))


def fitted(memory: Memory) -> Memory:
    lines = list(memory.lines)
    left = memory.length - LENGTH
    for line in sorted(lines, key=lambda each: (each.weight, each.number)):
        if left <= 0:
            break
        lines.remove(line)
        left -= len(line.said) + len(line.who) + 2
    return replace(memory, lines=tuple(lines))


def rendered(memory: Memory, pieces: Sequence[str], documents: Sequence[str]) -> str:
    """For a prompt: a line each, with who said it; `pieces` and `documents` are their titles."""
    told = [f"{line.who}: {line.said}" for line in memory.lines]
    if pieces:
        told.append(f"concierge: showed {'; '.join(pieces)}")
    if documents:
        told.append(f"concierge: answered from {'; '.join(documents)}")
    if memory.person:
        told.append("concierge: offered to put the client in touch with a person")
    return "\n".join(told)


@dataclass(frozen=True, slots=True)
class Shortening:
    """For whom a model shortens."""

    house: str
    reference: str = ""
    payer: Payer | None = field(default=None)


async def shortened(memory: Memory, asked: Shortening, model: Model, way: Upstream) -> Memory:
    """The lines as a small model shortens them, as far as they stand in what was said.

    A line with a name or number that its speaker did not say is left out, and what weighs most and
    was lost stands again in its own words. Raises ProviderError.
    """
    parts = [part async for part in way.ask(model, prompt(memory, asked))]
    words = "".join(part for part in parts if isinstance(part, str))
    lines = [line for raw in words.splitlines() if (line := checked(raw, memory))]
    if not lines:
        return memory
    lost = [line for line in memory.lines if line.weight == 3 and is_lost(line, lines)]
    merged = sorted([*lines, *lost], key=lambda line: line.number)
    return fitted(replace(memory, lines=unlike(merged)))


def prompt(memory: Memory, asked: Shortening) -> Prompt:
    """The lines as data between tags that they cannot close."""
    told = "\n".join(f"{line.who}: {line.said.replace('<', '‹')}" for line in memory.lines)
    return Prompt(
        system=rules().substitute(house=asked.house),
        messages=(Said("user", f"<earlier>\n{told}\n</earlier>"),),
        max_tokens=MAX_TOKENS,
        purpose=NAME,
        reference=asked.reference,
        payer=asked.payer,
    )


@cache
def rules() -> Template:
    """The prompt file without its first line, which is its version."""
    return Template(PROMPT.read_text(encoding="utf-8").partition("\n")[2].strip())


def checked(raw: str, memory: Memory) -> Line | None:
    """A line of the model's, where it holds only what its speaker said; else None."""
    found = WRITTEN.match(raw)
    if not found:
        return None
    who: Who = "advisor" if found[1].lower() == "advisor" else "client"
    said = clipped(found[2])
    sources = [line for line in memory.lines if line.who == who]
    if not sources or not stands_in(said, " ".join(line.said for line in sources)):
        return None
    here = bare(said)
    nearest = max(sources, key=lambda line: len(here & bare(line.said)))
    return Line(nearest.number, who, said)


def stands_in(said: str, source: str) -> bool:
    """Whether its numbers and names are all the source's, and nearly all of its other words."""
    numbers = known(source)
    if not all(figure.stands_in(numbers) for figure in figures(said)):
        return False
    there = bare(source)
    words = WORDS.findall(said)
    if any(word[0].isupper() and word.casefold() not in there for word in words):
        return False
    strange = sum(word.casefold() not in there for word in words)
    return bool(words) and strange <= (1 - KNOWN_WORDS) * len(words)


def is_lost(line: Line, kept: Sequence[Line]) -> bool:
    """Whether no line of the same speaker has all of its numbers and most of its words."""
    words = bare(line.said)
    for other in kept:
        numbers = known(other.said)
        if (
            other.who == line.who
            and all(figure.stands_in(numbers) for figure in figures(line.said))
            and len(bare(other.said) & words) >= len(words) / 2
        ):
            return False
    return True


def bare(text: str) -> set[str]:
    return {word.casefold() for word in WORDS.findall(text)}
