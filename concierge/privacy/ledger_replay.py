"""Erasures that a restored database does not know of are carried out again."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from archive.wall.scope import everything
from concierge.clients.models import Client, Visitor
from concierge.privacy import ledger
from concierge.privacy.erasure import ErasureError, carry_out
from concierge.privacy.ledger import Line
from concierge.privacy.models import Erasure, LedgerMark
from concierge.privacy.receipt import digest_of

logger = logging.getLogger(__name__)


def is_behind() -> bool:
    """Whether the ledger tells of erasures that this database has not seen. Raises LedgerError."""
    last = ledger.end()
    with everything():
        return (last.number if last else 0) > mark().line


def replay() -> int:
    """Carry out again what the database does not know to be done; gives how many persons.

    To be called after every restore, before anybody is let in. Raises LedgerError when the ledger
    itself cannot be believed, and ErasureError when somebody could not be removed yet.
    """
    with everything():
        held = mark()
        if (last := ledger.end()) is None or last.number == held.line:
            return 0
        if last.number < held.line:
            raise ledger.LedgerError(
                f"The ledger ends at line {last.number}, and the database has seen {held.line}: "
                "bring the whole file back before anything else."
            )
        asked = [line for line in ledger.lines(held.line) if line.event == ledger.ASKED]
        done = sum(again(line) for line in asked)
        # What was appended meanwhile is of rows that this database has.
        mark_to(ledger.end() or last)
        return done


def again(line: Line) -> bool:
    """Whether the person had to be forgotten again; what is under way is the sweep's to finish."""
    if Erasure.objects.filter(pk=line.erasure).exists() or not is_back(line):
        return False
    carry_out(begun(line))
    return True


def is_back(line: Line) -> bool:
    """Whether the database has them; all that is theirs hangs on a visitor or a client."""
    visitors = Visitor.objects.filter(pk__in=line.visitors)
    return visitors.exists() or Client.objects.filter(pk__in=line.clients).exists()


def begun(line: Line) -> Erasure:
    visitors = [uuid.UUID(each) for each in line.visitors]
    clients = [uuid.UUID(each) for each in line.clients]
    brand = house_of(visitors, clients)
    return Erasure.objects.create(
        id=uuid.UUID(line.erasure),
        brand_id=brand,
        reason=Erasure.Reason.REPLAY,
        visitors=visitors,
        clients=clients,
        digest=digest_of(visitors),
        asked=datetime.fromisoformat(line.at),
        line=line.number,
    )


def house_of(visitors: Iterable[uuid.UUID], clients: Iterable[uuid.UUID]) -> int | None:
    for rows in (Visitor.objects.filter(pk__in=visitors), Client.objects.filter(pk__in=clients)):
        if (brand := rows.values_list("brand", flat=True).first()) is not None:
            return brand
    return None


def mark() -> LedgerMark:
    return LedgerMark.objects.get_or_create(pk=1)[0]


def mark_to(line: Line) -> None:
    """The database knows the ledger up to `line`; never less than it did."""
    with transaction.atomic():
        LedgerMark.objects.get_or_create(pk=1)
        LedgerMark.objects.filter(pk=1, line__lt=line.number).update(
            line=line.number, hash=line.hash
        )


def keep_up() -> int:
    """Replay if it is due; for a process that begins and for the scheduler. Gives how many."""
    try:
        return replay() if is_behind() else 0
    except (ledger.LedgerError, ErasureError) as error:
        logger.error("erasures not replayed", extra={"reason": str(error)})  # noqa: TRY400
        return 0
