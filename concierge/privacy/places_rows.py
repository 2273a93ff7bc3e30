"""Places in the database that no foreign key leads to from a person."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from concierge.gaps import askers
from concierge.llm.budget import forget_visitor, pseudonym
from concierge.llm.models import Call, Reservation, Spending
from concierge.privacy.models import BrowserSession
from concierge.privacy.places import Person, Place, tables


def sessions(person: Person) -> set[str]:
    held = BrowserSession.objects.filter(browser__in=person.browsers)
    return set(held.values_list("session_key", flat=True))


def count_sessions(person: Person) -> int:
    return len(sessions(person))


def remove_sessions(person: Person) -> None:
    keys = sessions(person)
    Session.objects.filter(session_key__in=keys).delete()
    BrowserSession.objects.filter(session_key__in=keys).delete()


def known_as(person: Person) -> list[str]:
    return [pseudonym(each.hex) for each in person.visitors]


def count_spending(person: Person) -> int:
    names = known_as(person)
    scopes = [f"visitor:{name}" for name in names]
    return (
        Call.objects.filter(visitor__in=names).count()
        + Reservation.objects.filter(visitor__in=names).count()
        + Spending.objects.filter(scope__in=scopes).count()
    )


def remove_spending(person: Person) -> None:
    for each in person.visitors:
        forget_visitor(each.hex)


def of_log(person: Person) -> Q:
    """Entries of the console's log that name a row of theirs: an account's is its address."""
    named = Q(pk=None)
    named_ones = [model for model in tables() if not model._meta.auto_created]
    kinds = ContentType.objects.get_for_models(*named_ones, for_concrete_models=False)
    for model, kind in kinds.items():
        if pks := person.rows.get(model._meta.label):
            named |= Q(content_type=kind, object_id__in=pks)
    return named


def count_log(person: Person) -> int:
    return LogEntry.objects.filter(of_log(person)).count()


def remove_log(person: Person) -> None:
    LogEntry.objects.filter(of_log(person)).delete()


def count_gaps(person: Person) -> int:
    return askers.count(person.visitors)


def remove_gaps(person: Person) -> None:
    askers.forget(person.visitors)


PLACES = (
    Place("gaps", "lines of the curators' list of open questions", count_gaps, remove_gaps),
    Place("spending", "signs of who asked in the sums of calls", count_spending, remove_spending),
    Place("sessions", "sessions of their browsers", count_sessions, remove_sessions),
    Place("console log", "entries of the console's log on their rows", count_log, remove_log),
)
