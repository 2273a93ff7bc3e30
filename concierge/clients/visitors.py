"""Which visitor a browser's session belongs to."""

from typing import Any

from concierge.clients.models import Visitor

KEY = "visitor"


def visitor_of(session: Any) -> Visitor | None:
    """The visitor this session was given, if any. Reads the session's and the visitor's rows."""
    known = session.get(KEY)
    return Visitor.objects.filter(pk=known).first() if known else None


def welcome(session: Any, known: Visitor | None = None) -> Visitor:
    """The session's visitor, made on the first question: looking at a page leaves no row.

    A session without one is given `known`, where that is somebody.
    """
    visitor = visitor_of(session)
    if visitor is None:
        visitor = known or Visitor.objects.create()
        session[KEY] = str(visitor.pk)
    return visitor
