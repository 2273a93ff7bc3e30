"""What a call may cost is reserved before it is made, and settled when it has ended.

Five scopes hold every call: the visitor's day, the address's day, the brand's day and month, the
installation's day. One statement takes the most that the call can cost from all of them or, when
one has not that much left, from none. A reservation whose process died is counted as spent in full
after a while, so that a cap holds whatever happens.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.wall.scope import everything
from concierge.llm.errors import BudgetSpentError
from concierge.llm.models import Call, Reservation, Spending
from concierge.llm.price import CENT, Rate, rate_of, stand_in
from concierge.llm.protocol import Called, Endpoint, Payer, Prompt, Result, Usage

OVERDUE = timedelta(minutes=5)  # longer than any call lasts
BYTES_A_TOKEN = 3  # in prose; European languages have about four
FRAMING = 64  # tokens around a message, at most
KEPT = timedelta(days=35)  # days of spending that the console shows
VISITORS_KEPT = timedelta(days=2)  # of one visitor's or address's spending

# All of `claims` in their order, so that two reservations never wait for each other in a ring.
# A row that another is just changing is looked at again when the other has committed.
TAKE = """
INSERT INTO llm_spending AS held (scope, since, cap, spent, reserved)
SELECT scope, since, cap, 0, %(amount)s
FROM unnest(%(scopes)s::text[], %(days)s::date[], %(caps)s::numeric[]) AS claim (scope, since, cap)
WHERE %(amount)s <= cap
ORDER BY scope
ON CONFLICT (scope, since) DO UPDATE
SET reserved = held.reserved + excluded.reserved, cap = excluded.cap
WHERE held.spent + held.reserved + excluded.reserved <= excluded.cap
RETURNING id, scope
"""
SETTLE = """
UPDATE llm_spending SET reserved = llm_spending.reserved - %(amount)s,
                        spent = llm_spending.spent + %(cost)s
FROM (SELECT id FROM llm_spending WHERE id = ANY(%(rows)s) ORDER BY scope FOR UPDATE) AS held
WHERE llm_spending.id = held.id
"""
OF_BRAND = ("visitor_day", "address_day", "day", "month")
SAID = "SELECT visitor_day, address_day, day, month FROM llm_budget WHERE brand_id = %s"
END = "DELETE FROM llm_reservation WHERE id = %s RETURNING amount, spendings, visitor"


@dataclass(frozen=True, slots=True)
class Caps:
    """US dollars. `address_day` and the rest hold for a visitor; see `for_tier`."""

    visitor_day: Decimal
    address_day: Decimal
    day: Decimal
    month: Decimal
    installation_day: Decimal


@dataclass(frozen=True, slots=True)
class Claim:
    """One scope that a call is to be paid from."""

    scope: str
    since: date
    cap: Decimal


def caps_of(brand_id: int) -> Caps:
    """What the console says for the brand, and the settings where it says nothing."""
    with connection.cursor() as cursor:
        cursor.execute(SAID, [brand_id])
        said = dict(zip(OF_BRAND, cursor.fetchone() or (), strict=False))
    defaults = settings.LLM_BUDGETS
    told = {name: defaults[name] if said.get(name) is None else said[name] for name in OF_BRAND}
    everybody = Decimal(defaults["installation_day"])
    return Caps(**{name: Decimal(cap) for name, cap in told.items()}, installation_day=everybody)


def claims_of(payer: Payer, now: datetime) -> list[Claim]:
    """The scopes a call of `payer` is to be paid from, in the order they are taken.

    Whoever is better known may use more of what is everybody's: a crowd of new visitors leaves a
    share of the brand's budget to those who came back, and half of that to those signed in.
    """
    caps, today = caps_of(payer.brand_id), now.date()
    left = 1 - Decimal(settings.LLM_BUDGETS["known_share"]) * UNREACHED[payer.tier]
    month = today.replace(day=1)
    claims = [
        Claim(f"brand:{payer.brand_id}", today, caps.day * left),
        Claim("installation", today, caps.installation_day * left),
        Claim(f"month:{payer.brand_id}", month, caps.month * left),
    ]
    claims.append(Claim(f"visitor:{pseudonym(payer.visitor)}", today, caps.visitor_day))
    # Whoever is signed in is known by more than an address, and pays for nobody beside them.
    if payer.address and payer.tier != "client":
        claims.append(Claim(f"address:{payer.address}", today, caps.address_day))
    return sorted(claims, key=lambda claim: claim.scope)


UNREACHED = {"new": Decimal(1), "known": Decimal("0.5"), "client": Decimal(0)}


def pseudonym(visitor: str) -> str:
    """A keyed fingerprint: without the installation's secret it tells nothing of the visitor."""
    return salted_hmac("concierge.llm.visitor", visitor).hexdigest()[:32]


@everything()
def reserve(endpoint: Endpoint, prompt: Prompt) -> uuid.UUID | None:
    """Take the most that this call can cost from every budget of its payer.

    Gives what `settle` is to be told; None for a prompt of no visitor's: what is asked on this
    machine, by a command, is written down and held by no budget. Raises BudgetSpentError, with
    the scope that had not enough left, and then has taken nothing.
    """
    if prompt.payer is None or not prompt.payer.visitor:
        return None
    now = timezone.now()
    amount = most(rate_of(endpoint.model, now.date()) or stand_in(now.date()), prompt)
    claims = claims_of(prompt.payer, now)
    with transaction.atomic():
        taken = take(claims, amount)
        if spent := next((each for each in claims if each.scope not in taken), None):
            raise BudgetSpentError(spent.scope.partition(":")[0])
        return Reservation.objects.create(
            amount=amount,
            spendings=list(taken.values()),
            provider=endpoint.provider,
            model=endpoint.model,
            purpose=prompt.purpose,
            reference=prompt.reference,
            brand_id=prompt.payer.brand_id,
            visitor=pseudonym(prompt.payer.visitor),
        ).pk


def take(claims: list[Claim], amount: Decimal) -> dict[str, int]:
    """The rows that had room, by scope, in one statement; the caller undoes what is not whole."""
    scopes = [claim.scope for claim in claims]
    days = [claim.since for claim in claims]
    caps = [claim.cap.quantize(CENT) for claim in claims]
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"amount": amount, "scopes": scopes, "days": days, "caps": caps})
        return {scope: pk for pk, scope in cursor.fetchall()}


def settle(reservation: uuid.UUID, cost: Decimal) -> str | None:
    """Put the true cost in the place of what was reserved.

    Gives the visitor's fingerprint, empty when they are forgotten by now; None when the
    reservation was settled already. To be called in a transaction of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(END, [reservation])
        if (row := cursor.fetchone()) is None:
            return None
        amount, spendings, visitor = row
        cursor.execute(SETTLE, {"amount": amount, "cost": cost, "rows": spendings})
    return str(visitor)


@everything()
def give_back(reservation: uuid.UUID | None) -> None:
    """The call was not made."""
    if reservation:
        with transaction.atomic():
            settle(reservation, Decimal(0))


def sweep(now: datetime | None = None) -> int:
    """Count as spent, in full, what calls reserved whose process died. Gives how many."""
    overdue = Reservation.objects.filter(made__lt=(now or timezone.now()) - OVERDUE)
    swept = 0
    for row in overdue:
        with transaction.atomic():
            if (visitor := settle(row.pk, row.amount)) is None:
                continue
            Call.objects.create(
                provider=row.provider,
                model=row.model,
                purpose=row.purpose,
                reference=row.reference,
                brand_id=row.brand_id,
                visitor=visitor,
                outcome="lost",
                estimated=True,
                cost=row.amount,
            )
            swept += 1
    return swept


def forget_old(now: datetime | None = None) -> int:
    """Remove spending that no budget and no page looks at any more. Gives how many rows."""
    today = (now or timezone.now()).date()
    of_persons = Spending.objects.filter(
        scope__regex="^(visitor|address):", since__lt=today - VISITORS_KEPT
    )
    removed, _ = of_persons.delete()
    older, _ = Spending.objects.filter(since__lt=today - KEPT).delete()
    return removed + older


def forget_visitor(visitor: str) -> None:
    """Leave nothing that leads to this visitor; what their calls cost stays in the sums."""
    known_as = pseudonym(visitor)
    with transaction.atomic():
        Reservation.objects.filter(visitor=known_as).update(visitor="", reference="")
        Call.objects.filter(visitor=known_as).update(visitor="", reference="")
        Spending.objects.filter(scope=f"visitor:{known_as}").delete()


def most(rate: Rate, prompt: Prompt) -> Decimal:
    """US dollars that a call cannot exceed: a token is a byte at least."""
    bound = Usage(input_tokens=size(prompt) + framing(prompt), output_tokens=prompt.max_tokens)
    dearest = Rate(rate.dearest_input, rate.cached, rate.stored, rate.output)
    return dearest.cost(bound)


def counted(prompt: Prompt, said: int) -> Usage:
    """Tokens of a call whose provider did not tell them; `said` is bytes of its answer."""
    return Usage(
        input_tokens=-(-size(prompt) // BYTES_A_TOKEN), output_tokens=-(-said // BYTES_A_TOKEN)
    )


def size(prompt: Prompt) -> int:
    """Bytes of everything that is sent."""
    texts = [prompt.system]
    for tool in prompt.tools:
        texts += [tool.name, tool.description, str(dict(tool.schema))]
    for message in prompt.messages:
        texts.append(message.text)
        calls = message.calls if isinstance(message, Called) else ()
        calls = (message.call,) if isinstance(message, Result) else calls
        texts += [part for call in calls for part in (call.id, call.name, call.arguments)]
    return sum(len(text.encode()) for text in texts)


def framing(prompt: Prompt) -> int:
    return FRAMING * (1 + len(prompt.messages) + len(prompt.tools))
