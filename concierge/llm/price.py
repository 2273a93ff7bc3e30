"""What a model's tokens cost on a day, by the price table that the console edits."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from concierge.llm.models import Price
from concierge.llm.protocol import Usage

LISTED = Path(__file__).with_name("prices.toml")
MILLION = Decimal(1_000_000)
CENT = Decimal("0.000001")  # the smallest amount that is kept, in US dollars
# Of each call, so that they are text: composing them took longer than asking.
NAMED = """
    SELECT model, input, cached, stored, output FROM llm_price
    WHERE model = ANY(%s) AND valid_from <= %s ORDER BY valid_from DESC LIMIT 50
"""
IN_FORCE = """
    SELECT DISTINCT ON (model) model, input, cached, stored, output FROM llm_price
    WHERE valid_from <= %s ORDER BY model, valid_from DESC
"""
KNOWN = "SELECT DISTINCT model FROM llm_price WHERE model = ANY(%s)"
DATED = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for a million tokens."""

    input: Decimal
    cached: Decimal
    stored: Decimal
    output: Decimal

    def cost(self, usage: Usage) -> Decimal:
        """US dollars for `usage`, rounded up to a millionth."""
        fresh = max(0, usage.input_tokens - usage.cached_tokens - usage.stored_tokens)
        total = (
            fresh * self.input
            + usage.cached_tokens * self.cached
            + usage.stored_tokens * self.stored
            + usage.output_tokens * self.output
        )
        return (total / MILLION).quantize(CENT, ROUND_UP)

    @property
    def dearest_input(self) -> Decimal:
        """For a prompt of which it is not yet known what will be read from a cache."""
        return max(self.input, self.stored)


def rate_of(model: str, day: date | None = None) -> Rate | None:
    """The price of `model`, else of `model` without its date, in force on `day` (today, in UTC).

    None where there is no price. A model that only the product's own list knows is written to the
    table when it is first asked for.
    """
    undated = DATED.sub("", model)
    on = day or timezone.now().date()
    if found := _in_force((model, undated), on):
        return found
    if not listed().keys() & {model, undated}:
        return None
    seed()
    return _in_force((model, undated), on)


def stand_in(day: date | None = None) -> Rate:
    """What a model without a price is counted by in budgets: the dearest price there is.

    Of input, of output and so on by itself, over the models that have a price on `day`.
    """
    seed()
    rates = [rate for _, rate in asked(IN_FORCE, [day or timezone.now().date()])]
    return Rate(
        input=max((each.input for each in rates), default=Decimal(0)),
        cached=max((each.cached for each in rates), default=Decimal(0)),
        stored=max((each.stored for each in rates), default=Decimal(0)),
        output=max((each.output for each in rates), default=Decimal(0)),
    )


def seed() -> None:
    """Write the listed models that the table does not know. Prices of the house's are left."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [list(listed())])
        known = {model for (model,) in cursor.fetchall()}
    missing = [row for name, row in listed().items() if name not in known]
    if missing:
        rows = [Price(**row) for row in missing]
        Price.objects.bulk_create(rows, ignore_conflicts=True)


@cache
def listed() -> dict[str, dict[str, Any]]:
    """The product's own list, by model."""
    told = tomllib.loads(LISTED.read_text(encoding="utf-8"), parse_float=Decimal)
    return {
        name: {"model": name, "stored": row["input"], "valid_from": told["as_of"], **row}
        for name, row in told["models"].items()
    }


def asked(statement: str, given: list[Any]) -> list[tuple[str, Rate]]:
    """Models and prices, of which more than one may have been in force, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [(model, Rate(*prices)) for model, *prices in cursor.fetchall()]


def _in_force(names: tuple[str, str], day: date) -> Rate | None:
    found = asked(NAMED, [list(names), day])
    return dict(reversed(found)).get(names[0]) or next((rate for _, rate in found), None)
