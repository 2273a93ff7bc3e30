"""What was kept by a yes that holds no longer goes, where no hold keeps it.

A withdrawal takes it away at once. This is for what that left: words of somebody who was on hold
then, and of those who have said nothing to the words of consent as they are now.
"""

import uuid
from collections.abc import Iterable

from archive.wall.scope import everything
from concierge.clients.consent import allowing, last_decision
from concierge.clients.models import Memory, Purpose, Visitor
from concierge.gaps import askers
from concierge.privacy.holds import is_held


@everything()
def forget() -> int:
    """Gives how many people had something."""
    asked = free(askers.unallowed())
    if asked:
        askers.forget(asked)
    told = [each.pk for each in with_memories() if not is_held(each) and has_withdrawn(each)]
    Memory.objects.filter(visitor__in=told).exclude(origin=Memory.Origin.HOUSE).delete()
    return len({*asked, *told})


def free(visitors: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Those on whom no hold stands."""
    rows = Visitor.objects.filter(pk__in=list(visitors)).select_related("brand")
    return [each.pk for each in rows if not is_held(each)]


def with_memories() -> list[Visitor]:
    """Visitors of whom something is remembered that they do not allow."""
    own = Memory.objects.exclude(origin=Memory.Origin.HOUSE).values("visitor")
    rows = Visitor.objects.filter(pk__in=own).exclude(pk__in=allowing(Purpose.PERSONALISE))
    return list(rows.select_related("brand"))


def has_withdrawn(visitor: Visitor) -> bool:
    """Other words may be agreed to yet: until then what is remembered rests."""
    last = last_decision(visitor, Purpose.PERSONALISE)
    return last is not None and last.withdrawn is not None
