"""Whose question is being answered, for what leaves the house without knowing whose it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# A visitor's number in hex; empty: nobody's, or the house's own. Carried along by asyncio and into
# the threads of `archive.threads`.
asking: ContextVar[str] = ContextVar("asking", default="")


@contextmanager
def asked_by(visitor: str) -> Iterator[None]:
    """Within, what leaves is that visitor's; what the thread does afterwards is not."""
    token = asking.set(visitor)
    try:
        yield
    finally:
        asking.reset(token)
