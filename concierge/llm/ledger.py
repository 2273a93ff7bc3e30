"""Writes down what each upstream call took and cost, beside the answer and never before it."""

import asyncio
import logging
import uuid
from concurrent.futures import Future
from dataclasses import dataclass, replace

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from archive.threads import POOL
from archive.wall.scope import everything
from concierge.llm.budget import pseudonym, settle
from concierge.llm.models import Call
from concierge.llm.price import rate_of, stand_in
from concierge.llm.protocol import Payer, Usage

logger = logging.getLogger(__name__)
under_way: set[Future[None]] = set()  # being written


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
    is_estimate: bool = False  # the usage, where the provider told none
    payer: Payer | None = None
    reservation: uuid.UUID | None = None  # what was set aside for it


def record(spent: Spent) -> None:
    """Begin writing `spent` in a thread; the caller, and a loop that ends, go on meanwhile."""
    writing = POOL.submit(write, spent)
    under_way.add(writing)
    writing.add_done_callback(under_way.discard)


async def settled() -> None:
    """Wait until what has begun to be recorded is written."""
    await asyncio.gather(*(asyncio.wrap_future(writing) for writing in list(under_way)))


def write(spent: Spent) -> None:
    """Store the call. A database that cannot is logged: the answer matters more than its bill."""
    close_old_connections()
    try:
        with everything(), transaction.atomic():
            store(spent)
    except DatabaseError:
        logger.exception("call_not_recorded", extra={"reference": spent.reference})
    finally:
        close_old_connections()


def store(spent: Spent) -> None:
    """The call's row, by the price of today, and its reservation settled with what it cost.

    A call that was swept meanwhile, as its process seemed dead, is in the ledger already.
    """
    today = timezone.now().date()
    rate = rate_of(spent.model, today)
    payer = spent.payer
    visitor: str | None = pseudonym(payer.visitor) if payer and payer.visitor else ""
    if spent.reservation:
        visitor = settle(spent.reservation, (rate or stand_in(today)).cost(spent.usage))
        if visitor is None:
            return
        if not visitor:  # forgotten meanwhile, and the answer with them
            spent = replace(spent, reference="")
    Call.objects.create(
        provider=spent.provider,
        model=spent.model,
        purpose=spent.purpose,
        reference=spent.reference,
        brand_id=payer.brand_id if payer and is_there(payer.brand_id) else None,
        visitor=visitor or "",
        outcome=spent.outcome,
        input_tokens=spent.usage.input_tokens,
        cached_tokens=spent.usage.cached_tokens,
        stored_tokens=spent.usage.stored_tokens,
        output_tokens=spent.usage.output_tokens,
        estimated=spent.is_estimate,
        cost=rate.cost(spent.usage) if rate else None,
        first_token_ms=spent.first_token_ms,
        total_ms=spent.total_ms,
    )


def is_there(brand_id: int) -> bool:
    """Whether the brand is there: it may have been deleted since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM archive_brand WHERE id = %s", [brand_id])
        return cursor.fetchone() is not None
