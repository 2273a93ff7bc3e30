"""Which visitor a browser's session belongs to, at each house."""

import uuid
from typing import Any

from archive.models import Brand
from concierge.clients.models import Visitor

KEY = "visitor"  # the session's, of the browser: houses of one installation share no visitor


def browser_of(session: Any) -> uuid.UUID | None:
    known = session.get(KEY)
    return uuid.UUID(known) if known else None


def browser_here(session: Any) -> uuid.UUID:
    """The session's browser, made where it has none."""
    browser = browser_of(session) or uuid.uuid4()
    session[KEY] = str(browser)
    return browser


def visitor_of(session: Any, brand: Brand) -> Visitor | None:
    """The visitor this session's browser is at the house, if any; off the record it is none."""
    browser = browser_of(session)
    if browser is None:
        return None
    return Visitor.objects.filter(browser=browser, brand=brand, off_record=False).first()


def present(session: Any, brand: Brand) -> Visitor | None:
    """The same, and where there is none, the visitor this browser is off the record."""
    browser = browser_of(session)
    if browser is None:
        return None
    here = Visitor.objects.filter(browser=browser, brand=brand).select_related("brand")
    return here.order_by("off_record", "-created").first()


def unrecorded(session: Any, brand: Brand) -> Visitor:
    """A visitor of this browser who is forgotten after one conversation."""
    return Visitor.objects.create(browser=browser_here(session), brand=brand, off_record=True)


def welcome(session: Any, brand: Brand, known: Visitor | None = None) -> Visitor:
    """The session's visitor, made on the first question: looking at a page leaves no row.

    A session without one is given `known`, where that is somebody.
    """
    visitor = visitor_of(session, brand)
    if visitor is not None:
        return visitor
    browser = browser_of(session)
    if known is not None and known.browser and browser is None:
        session[KEY] = str(known.browser)
        return known
    if browser is None:  # of a new one nobody else can make one
        return Visitor.objects.create(browser=browser_here(session), brand=brand)
    visitor, _ = Visitor.objects.get_or_create(
        browser=browser_here(session), brand=brand, off_record=False
    )
    return visitor
