"""A follow-up made to stand alone by a small model, when the house has one and it is quick.

What it writes is one more way of asking: the searches without it are made all the same, so that
nothing is lost when it errs, and the turn goes on without a word when it fails.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Template
from time import monotonic

from django.conf import settings

from archive.steps import Step as SearchStep
from archive.steps import taken
from concierge.answering.turn import Exchange, Step, Turn
from concierge.answering.understand import Understanding
from concierge.llm.errors import ProviderError
from concierge.llm.protocol import Model, Prompt, Said
from concierge.llm.registry import small_model
from concierge.llm.upstream import Upstream, upstream

NAME = "rewrite"  # of the step, and the ledger's purpose
PROMPT = Path(__file__).with_name("prompts") / "rewrite.md"
MAX_TOKENS = 200  # a question takes about 30; some models think within the rest
MESSAGES = 6  # earlier ones the model is told
MESSAGE = 600  # characters of each
LONGEST = 400  # characters of a question; what is longer is an answer, or talk
DECLINING = re.compile(
    r"^\W*(i'?m sorry|i am sorry|sorry|i can(no|')t|i am unable|i'm unable|as an ai|je suis désolé"
    r"|mi dispiace|es tut mir leid)",
    re.IGNORECASE,
)


async def rewrite(
    turn: Turn, asked: Understanding, way: Upstream | None = None
) -> tuple[Understanding, Step | None]:
    """`asked` with the model's way of asking it, and what became of the call.

    The call is one of those that the turn's `way` allows, and at most REWRITE_TIMEOUT seconds long.
    No step is told of a first turn, or when there is no model.
    """
    follows = any(exchange.role == "client" for exchange in turn.history)
    if not follows or settings.REWRITE_TIMEOUT <= 0 or not taken(SearchStep.REWRITE):
        return asked, None
    if (model := await small_model()) is None:
        return asked, None
    began = monotonic()
    said, reason = await heard(turn, model, way or await upstream())
    step = Step(
        NAME, "failed" if reason else "answered", reason, round((monotonic() - began) * 1000)
    )
    return replace(asked, rewritten="" if reason else said), step


async def heard(turn: Turn, model: Model, way: Upstream) -> tuple[str, str]:
    """The question as the model writes it, and why it is of no use; one of them is empty.

    Running out of its short time is not held against the provider, which has longer to answer.
    """
    if await way.breaker.is_open(model.endpoint.provider):
        return "", "circuit_open"  # the one call let through to try again is the answer's
    try:
        async with asyncio.timeout(settings.REWRITE_TIMEOUT):
            parts = [part async for part in way.ask(model, prompt(turn))]
    except TimeoutError:
        return "", "timeout"
    except ProviderError as error:
        return "", error.reason
    words = "".join(part for part in parts if isinstance(part, str))
    said = " ".join(words.split()).strip("\"'“”«» ")
    reason = next((reason for reason, fails in FAULTS.items() if fails(said)), "")
    return said, reason


FAULTS: dict[str, Callable[[str], bool]] = {
    "empty": lambda said: not said,
    "too_long": lambda said: len(said) > LONGEST,
    "declined": lambda said: bool(DECLINING.match(said)),
}


def prompt(turn: Turn) -> Prompt:
    """The conversation and the question as data between tags that they cannot close."""
    told = "\n".join(line(exchange) for exchange in turn.history[-MESSAGES:])
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
    )


def line(exchange: Exchange) -> str:
    return f"{exchange.role}: {escaped(' '.join(exchange.text.split())[:MESSAGE])}"


def escaped(text: str) -> str:
    return text.replace("<", "‹")


@cache
def rules() -> Template:
    """The prompt file without its first line, which is its version."""
    return Template(PROMPT.read_text(encoding="utf-8").partition("\n")[2].strip())
