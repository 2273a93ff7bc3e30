"""Whose question is being answered, for what leaves the house without knowing whose it is."""

from contextvars import ContextVar

# A visitor's number in hex; empty: nobody's, or the house's own. Carried along by asyncio and into
# the threads of `archive.threads`.
asking: ContextVar[str] = ContextVar("asking", default="")
