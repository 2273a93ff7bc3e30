"""The tools a model may ask for, and what becomes of a call.

A tool reads, and what it reads is what the turn's own viewer may see. Whatever a model writes in
its call, the answer is a text: a call that cannot be understood is told so, and nothing is raised.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError

from archive.embedding import EmbeddingError
from archive.threads import in_thread
from concierge.answering.recognise import Kind
from concierge.answering.tools import offer_person, product_facts, search_archive, search_products
from concierge.answering.tools.arguments import BadArgumentsError, parsed, schema
from concierge.answering.tools.found import Found
from concierge.answering.turn import Evidence, Turn
from concierge.llm.protocol import Tool, ToolCall

LONGEST = 3.0  # seconds of one call
UNREACHABLE = "This could not be looked up. Answer from what you have."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """One tool: what the model is told of it, how it is read and how it is run."""

    tool: Tool
    arguments: type
    run: Callable[[Turn, Evidence, Any], Found]


def known(module: Any) -> Known:
    tool = Tool(module.NAME, module.DESCRIPTION, schema(module.Arguments))
    return Known(tool, module.Arguments, module.run)


ALL = {
    module.NAME: known(module)
    for module in (search_archive, search_products, product_facts, offer_person)
}
# What each specialist is offered, in an order that never changes: providers keep the beginning of
# a prompt.
OF_KIND: dict[Kind, tuple[str, ...]] = {
    "heritage": (search_archive.NAME, search_products.NAME, offer_person.NAME),
    "pieces": (search_products.NAME, product_facts.NAME, search_archive.NAME, offer_person.NAME),
    "care": (search_archive.NAME, product_facts.NAME, offer_person.NAME),
}


def offered(kind: str) -> tuple[Tool, ...]:
    """The tools of a specialist; of none for a turn that is not for the archive."""
    names = next((names for each, names in OF_KIND.items() if each == kind), ())
    return tuple(ALL[name].tool for name in names)


async def look_up(turn: Turn, evidence: Evidence, call: ToolCall) -> Found:
    """As `use`; a search that breaks or takes too long is told so."""
    try:
        async with asyncio.timeout(LONGEST):
            return await in_thread(use)(turn, evidence, call)
    except TimeoutError:
        return refused(evidence, UNREACHABLE, "timeout")
    except (DatabaseError, EmbeddingError) as error:
        logger.warning("tool_broke", extra={"tool": call.name, "error": type(error).__name__})
        return refused(evidence, UNREACHABLE, "fault")


def use(turn: Turn, evidence: Evidence, call: ToolCall) -> Found:
    """What `call` gives."""
    tool = ALL.get(call.name)
    if tool is None or tool.tool not in offered(turn.kind):
        return refused(evidence, "There is no such tool.", "unknown_tool")
    try:
        asked: object = parsed(tool.arguments, call.arguments)
    except BadArgumentsError as error:
        return refused(evidence, f"The arguments cannot be read. {error}", "bad_arguments")
    return tool.run(turn, evidence, asked)


def refused(evidence: Evidence, text: str, reason: str) -> Found:
    return Found(evidence, text, reason, is_fault=True)
