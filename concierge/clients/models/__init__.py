"""Who is in the chat, what they have allowed, and what the house remembers of them."""

from concierge.clients.models.counted import DayCount
from concierge.clients.models.person import (
    Client,
    Consent,
    Key,
    Purpose,
    Visitor,
    VisitorQuerySet,
)
from concierge.clients.models.remembered import Memory, NeverKeptError, Note

__all__ = [
    "Client",
    "Consent",
    "DayCount",
    "Key",
    "Memory",
    "NeverKeptError",
    "Note",
    "Purpose",
    "Visitor",
    "VisitorQuerySet",
]
