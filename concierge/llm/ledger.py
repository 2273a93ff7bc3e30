"""Writes down what each upstream call took and cost, beside the answer and never before it."""

import asyncio
import logging
import re
import tomllib
from concurrent.futures import Future
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db import Error as DatabaseError
from django.db import close_old_connections

from archive.threads import POOL
from concierge.llm.models import Call
from concierge.llm.protocol import Usage

PRICES = Path(__file__).with_name("prices.toml")
MILLION = Decimal(1_000_000)

logger = logging.getLogger(__name__)
_writing: set[Future[None]] = set()


@dataclass(frozen=True, slots=True)
class Spent:
    """One upstream call that has ended, well or not. `first_token_ms` is None without a word."""

    provider: str
    model: str
    purpose: str
    reference: str
    outcome: str  # "ok", "cancelled" or a ProviderError's reason
    usage: Usage
    first_token_ms: int | None
    total_ms: int


def record(spent: Spent) -> None:
    """Begin writing `spent` in a thread; the caller, and a loop that ends, go on meanwhile."""
    writing = POOL.submit(write, spent)
    _writing.add(writing)
    writing.add_done_callback(_writing.discard)


async def settled() -> None:
    """Wait until what has begun to be recorded is written."""
    await asyncio.gather(*(asyncio.wrap_future(writing) for writing in list(_writing)))


def write(spent: Spent) -> None:
    """Store the call. A database that cannot is logged: the answer matters more than its bill."""
    close_old_connections()
    try:
        Call.objects.create(
            provider=spent.provider,
            model=spent.model,
            purpose=spent.purpose,
            reference=spent.reference,
            outcome=spent.outcome,
            input_tokens=spent.usage.input_tokens,
            output_tokens=spent.usage.output_tokens,
            cost=cost(spent.model, spent.usage),
            first_token_ms=spent.first_token_ms,
            total_ms=spent.total_ms,
        )
    except DatabaseError:
        logger.exception("call_not_recorded", extra={"reference": spent.reference})
    finally:
        close_old_connections()


def cost(model: str, usage: Usage) -> Decimal | None:
    """US dollars, by the price table; None for a model it does not list."""
    prices = price_of(model)
    if prices is None:
        return None
    fresh = usage.input_tokens - usage.cached_tokens - usage.stored_tokens
    total = (
        fresh * prices["input"]
        + usage.cached_tokens * prices["cached"]
        + usage.stored_tokens * prices.get("stored", prices["input"])
        + usage.output_tokens * prices["output"]
    )
    return (total / MILLION).quantize(Decimal("0.000001"))


def price_of(model: str) -> dict[str, Decimal] | None:
    """What a million tokens of `model`, or of `model` without its date, cost."""
    table = price_table()
    undated = re.sub(r"-\d{4}-?\d{2}-?\d{2}$", "", model)
    return table.get(model) or table.get(undated)


@cache
def price_table() -> dict[str, dict[str, Decimal]]:
    models: dict[str, dict[str, Decimal]] = tomllib.loads(
        PRICES.read_text(encoding="utf-8"), parse_float=Decimal
    )["models"]
    return models
