"""A turn's way to the providers: past what it hides, and the client's consent before each call."""

from functools import partial

from archive.threads import in_thread
from concierge.answering.discreet import Discreet, veil_of
from concierge.answering.turn import Turn
from concierge.clients.consent import permits
from concierge.clients.models import Purpose
from concierge.llm.upstream import Upstream, upstream
from concierge.redaction.veil import Veil


async def way_of(turn: Turn, veil: Veil | None = None) -> Upstream:
    """The way for all calls of `turn`; a turn of nobody's is the house's own and needs no yes."""
    discreet = Discreet(veil or await in_thread(veil_of)(turn))
    if not turn.visitor:
        return await upstream(discreet)
    return await upstream(discreet, partial(permits, turn.visitor, Purpose.SERVE))
