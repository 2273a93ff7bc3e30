"""A question understood by a small model, when the house has one and it is quick: its kind, and
how it is asked alone.

What it writes is one more way of asking: the searches without it are made all the same, so that
nothing is lost when it errs, and the turn goes on without a word when it fails.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import Template
from time import monotonic
from typing import Literal

from django.conf import settings

from archive.steps import Step as SearchStep
from archive.steps import taken
from concierge.answering.recognise import KINDS
from concierge.answering.turn import Exchange, Step, Turn
from concierge.answering.understand import Understanding
from concierge.answering.way import way_of
from concierge.llm.errors import ProviderError
from concierge.llm.protocol import Model, Prompt, Said
from concierge.llm.registry import small_model
from concierge.llm.upstream import Upstream

NAME = "rewrite"  # of the step, and the ledger's purpose
PROMPT = Path(__file__).with_name("prompts") / "rewrite.md"
MAX_TOKENS = 200  # a question takes about 30; some models think within the rest
MESSAGES = 6  # earlier ones the model is told
MESSAGE = 600  # characters of each
LONGEST = 400  # characters of a question; what is longer is an answer, or talk
SELF_HARM = "self_harm"  # a kind the model may tell; of ours it is unsafe
FENCE = re.compile(r"^```\w*\s*|\s*```$")
DECLINING = re.compile(
    r"^\W*(i'?m sorry|i am sorry|sorry|i can(no|')t|i am unable|i'm unable|as an ai|je suis désolé"
    r"|mi dispiace|es tut mir leid)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Read:
    """What the model wrote; each is empty where it did not tell, `reason` where it is of use."""

    kind: str = ""
    question: str = ""
    reason: str = ""


async def rewrite(
    turn: Turn, asked: Understanding, way: Upstream | None = None, *, unsure: bool = False
) -> tuple[Understanding, Step | None]:
    """`asked` as the model understands it, and what became of the call.

    The call is one of those that the turn's `way` allows, and at most REWRITE_TIMEOUT seconds long.
    No step is told of when there is no model, nor of a first turn, unless it is `unsure`.
    """
    follows = any(exchange.role == "client" for exchange in turn.history)
    wanted = (follows or unsure) and settings.REWRITE_TIMEOUT > 0
    if not wanted or not taken(SearchStep.REWRITE):
        return asked, None
    if (model := await small_model()) is None:
        return asked, None
    began = monotonic()
    read = await heard(turn, model, way or await way_of(turn))
    outcome: Literal["failed", "answered"] = "failed" if read.reason else "answered"
    step = Step(NAME, outcome, read.reason, round((monotonic() - began) * 1000))
    return understood(asked, read), step


def understood(asked: Understanding, read: Read) -> Understanding:
    """`asked` with what the model read. Of what the patterns are sure, they are believed."""
    if read.reason:
        return asked
    told = replace(asked, rewritten=read.question)
    if read.kind == SELF_HARM:
        return replace(told, kind="unsafe", topic=SELF_HARM)
    kind = next((kind for kind in KINDS if kind == read.kind), asked.kind)
    if kind == asked.kind or not asked.is_for_archive:
        return told
    return replace(told, kind=kind, topic="")


async def heard(turn: Turn, model: Model, way: Upstream) -> Read:
    """What the model makes of the question.

    Running out of its short time is not held against the provider, which has longer to answer.
    """
    if await way.breaker.is_open(model.endpoint.provider):
        return Read(reason="circuit_open")  # the one call let through to try again is the answer's
    try:
        async with asyncio.timeout(settings.REWRITE_TIMEOUT):
            parts = [part async for part in way.ask(model, prompt(turn))]
    except TimeoutError:
        return Read(reason="timeout")
    except ProviderError as error:
        return Read(reason=error.reason)
    return read("".join(part for part in parts if isinstance(part, str)))


def read(words: str) -> Read:
    """A line of JSON, or the kind on one line and the question on the next, or the question."""
    try:
        kind, question = parted(words.strip())
    except (ValueError, RecursionError):
        return Read(reason="unreadable")
    question = " ".join(question.split()).strip("\"'“”«» ")
    reason = next((reason for reason, fails in FAULTS.items() if fails(question)), "")
    return Read(reason=reason) if reason else Read(kind, question)


def parted(words: str) -> tuple[str, str]:
    """(kind, question); the kind is empty where none is told. Raises ValueError."""
    bare = FENCE.sub("", words).strip()
    if bare.startswith("{"):
        told = json.loads(bare)
        kind, question = told.get("kind"), told.get("question")
        if not isinstance(kind, str) or not isinstance(question, str):
            raise ValueError("not a kind and a question")
        return kind.strip().lower(), question
    first, _, rest = bare.partition("\n")
    kind = first.strip().lower()
    return (kind, rest) if kind in {*KINDS, SELF_HARM} else ("", bare)


FAULTS: dict[str, Callable[[str], bool]] = {
    "empty": lambda said: not said,
    "too_long": lambda said: len(said) > LONGEST,
    "declined": lambda said: bool(DECLINING.match(said)),
}


def prompt(turn: Turn) -> Prompt:
    """The conversation and the question as data between tags that they cannot close."""
    told = "\n".join(line(exchange) for exchange in turn.history[-MESSAGES:])
    if turn.summary:
        told = f"(earlier)\n{escaped(turn.summary)}\n(just now)\n{told}"
    question = escaped(turn.question)
    return Prompt(
        system=rules().substitute(house=turn.brand.name),
        messages=(
            Said(
                "user",
                f"<conversation>\n{told}\n</conversation>\n\n<question>\n{question}\n</question>",
            ),
        ),
        max_tokens=MAX_TOKENS,
        purpose=NAME,
        reference=turn.reference,
        payer=turn.payer,
    )


def line(exchange: Exchange) -> str:
    return f"{exchange.role}: {escaped(' '.join(exchange.text.split())[:MESSAGE])}"


def escaped(text: str) -> str:
    return text.replace("<", "‹")


@cache
def rules() -> Template:
    """The prompt file without its first line, which is its version."""
    return Template(PROMPT.read_text(encoding="utf-8").partition("\n")[2].strip())
