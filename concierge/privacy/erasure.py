"""Somebody is forgotten: all that is theirs goes, is looked for again, and a receipt says so.

Erasing may be cut short at any moment and goes on where it was: what was asked is a row and a line
of the ledger before anything is removed, each step may be done twice, and `sweep` finishes what a
dead process left. First the person is let go of, so that nothing new is theirs; then the key of
their words is destroyed; then rows go in one transaction, in which nobody can add another.
"""

import logging
import time
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from archive.wall.scope import everything
from concierge.audit.chain import Deed, append
from concierge.audit.models import Act
from concierge.chat import hold
from concierge.chat.models import Conversation, Message
from concierge.chat.stream import poke
from concierge.clients import forgotten
from concierge.clients.keys import kept
from concierge.clients.models import Client, DayCount, Key, Visitor
from concierge.privacy import ledger
from concierge.privacy.holds import holds_back
from concierge.privacy.models import Erasure
from concierge.privacy.places import Person, everything_of, remove_rows
from concierge.privacy.places_addresses import add_addresses
from concierge.privacy.places_listed import every_place
from concierge.privacy.places_redis import rewrite_journal
from concierge.privacy.receipt import NOTES, Found, Receipt, digest_of, signed

HOLD = timedelta(seconds=60)  # how long a process may be at an erasure without a sign of life
QUIET = 10.0  # seconds a writer of an answer has to let go of it; its lease is shorter
LOOKS = 3  # times that places are emptied before it is left to the sweep
JOURNAL, JOURNAL_EVERY = "journal-rewritten", 60  # in the cache; seconds
LATER = timedelta(minutes=6)  # after which nothing that was under way can come any more

logger = logging.getLogger(__name__)


class ErasureError(Exception):
    """Not everything could be removed yet; one sentence for whoever waits for the receipt."""


class OnHoldError(ErasureError):
    """The law obliges the house to keep it for now: it is written down, and done afterwards."""


def erase(person: Visitor | Client, reason: str, by: Any = None) -> Erasure:
    """Forget everything of a person at their house; gives the row with the receipt.

    `by` is the user of the staff who asked, if one did. Asked for twice, it is one erasure.
    Raises ErasureError, and then the sweep goes on with it.
    """
    with everything():
        return carry_out(ask(person, reason, by))


def ask(person: Visitor | Client, reason: str, by: Any = None) -> Erasure:
    """Write down that this person is to be forgotten."""
    visitors, clients = same_person(person)
    if waiting := Erasure.objects.filter(finished=None, visitors__contains=visitors).first():
        return waiting
    return Erasure.objects.create(
        brand_id=person.brand_id,
        reason=reason,
        by=by,
        visitors=visitors,
        clients=clients,
        digest=digest_of(visitors),
    )


def same_person(person: Visitor | Client) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """The visitors and the clients that are this person, at the one house.

    Somebody off the record is nobody else: what their browser said on it stays.
    """
    if isinstance(person, Visitor) and person.off_record:
        return [person.pk], []
    visitors = {person.pk} if isinstance(person, Visitor) else set()
    clients = {person.pk} if isinstance(person, Client) else set()
    while True:
        held = Visitor.objects.filter(pk__in=visitors)
        browsers = {each for each in held.values_list("browser", flat=True) if each}
        clients |= {each for each in held.values_list("client", flat=True) if each}
        same = Q(pk__in=visitors) | Q(client__in=clients)
        same |= Q(browser__in=browsers, brand=person.brand_id)
        found = set(Visitor.objects.filter(same).values_list("pk", flat=True))
        if found <= visitors:
            return sorted(visitors), sorted(clients)
        visitors |= found


def carry_out(erasure: Erasure) -> Erasure:
    """Take the erasure up, from wherever it was left, to its receipt. Raises ErasureError."""
    if erasure.finished:
        return erasure
    if erasure.reason != Erasure.Reason.REPLAY and holds_back(erasure.brand, erasure.visitors):
        raise OnHoldError(
            "A legal hold stands on this person: they are forgotten as soon as it ends."
        )
    now = timezone.now()
    free = Q(held_until=None) | Q(held_until__lt=now)
    mine = Erasure.objects.filter(free, pk=erasure.pk, finished=None)
    if not mine.update(held_until=now + HOLD, attempts=F("attempts") + 1):
        raise ErasureError("This person is being forgotten at this very moment.")
    erasure.refresh_from_db()
    write_down(erasure)
    person = collect(erasure)
    let_go(person)
    destroy_keys(person)
    left = empty(erasure, person)
    if any(left.values()):
        Erasure.objects.filter(pk=erasure.pk).update(held_until=None)
        names = ", ".join(name for name, count in left.items() if count)
        raise ErasureError(f"Not everything could be removed yet ({names}): it is tried again.")
    finish(erasure, left)
    tell_readers(person)
    return erasure


def is_told(erasure: Erasure) -> bool:
    """Whether ledger, log and receipt tell of it. Off the record nobody is told: a backup that
    brings such a conversation back has it forgotten as one that nobody goes on with."""
    return erasure.reason != Erasure.Reason.OFF_RECORD


def write_down(erasure: Erasure) -> None:
    """The line of the ledger, once."""
    if is_told(erasure) and not erasure.line:
        line = ledger.append(
            ledger.ASKED, erasure.pk, erasure.reason, erasure.visitors, erasure.clients
        )
        erasure.line = line.number
        erasure.save(update_fields=["line"])


def collect(erasure: Erasure) -> Person:
    """Whatever is theirs now, and what was found before; counted, and kept until all is gone."""
    person = Person.loaded(erasure.whom)
    person.add(everything_of(erasure.visitors, erasure.clients))
    add_addresses(person)
    person.add(Person({Visitor._meta.label: {str(each) for each in erasure.visitors}}))
    for place in every_place():
        erasure.found[place.name] = max(place.count(person), erasure.found.get(place.name, 0))
    erasure.whom = person.dumped()
    erasure.save(update_fields=["whom", "found"])
    return person


def let_go(person: Person) -> None:
    """From now on nothing new is theirs: no session leads to them, nobody writes them an answer."""
    Visitor.objects.filter(pk__in=person.visitors).update(browser=None, client=None)
    conversations = person.of(Conversation)
    answers = Message.objects.filter(conversation__in=conversations)
    for answer in answers.filter(state__in=Message.OPEN).order_by("-number"):
        hold.stop(answer.pk)
    tell_readers(person)
    until = time.monotonic() + QUIET
    while answers.filter(lease_until__gt=timezone.now()).exists() and time.monotonic() < until:
        time.sleep(0.05)


def tell_readers(person: Person) -> None:
    """Open pages look again, and find that nothing is theirs."""
    for conversation in person.of(Conversation):
        async_to_sync(poke)(conversation, "turn")


def destroy_keys(person: Person) -> None:
    Key.objects.filter(visitor__in=person.visitors).delete()
    for each in person.visitors:
        kept.drop(each)
    forgotten.tell()


def empty(erasure: Erasure, person: Person) -> dict[str, int]:
    """Remove what every place holds, and look again; gives how much is left, by place."""
    for _ in range(LOOKS):
        remove(erasure, person)
        left = {place.name: place.count(person) for place in every_place()}
        if not any(left.values()):
            break
    return left


def remove(erasure: Erasure, person: Person) -> None:
    with transaction.atomic():
        # Whoever adds a row that leads to them waits for this lock, and then finds them gone.
        list(Visitor.objects.filter(pk__in=person.visitors).select_for_update())
        person.add(everything_of(erasure.visitors, erasure.clients))
        for place in every_place():
            if place.remove and place.in_database:
                place.remove(person)
        remove_rows(person)
        Erasure.objects.filter(pk=erasure.pk).update(whom=person.dumped())
    for place in every_place():
        if place.remove and not place.in_database:
            place.remove(person)


def finish(erasure: Erasure, left: dict[str, int]) -> None:
    """The receipt, signed, and the last line of the ledger."""
    if not is_told(erasure):
        erasure.finished, erasure.held_until = timezone.now(), None
        erasure.save(update_fields=["finished", "held_until"])
        return
    line = ledger.append(ledger.DONE, erasure.pk, erasure.reason, erasure.visitors, erasure.clients)
    finished = timezone.now()
    receipt = Receipt(
        erasure=str(erasure.pk),
        house=erasure.brand.name if erasure.brand else "",
        reason=str(erasure.get_reason_display()),
        person=erasure.digest,
        asked=erasure.asked.isoformat(timespec="seconds"),
        finished=finished.isoformat(timespec="seconds"),
        places=tuple(
            Found(place.name, place.what, erasure.found.get(place.name, 0), left[place.name])
            for place in every_place()
        ),
        notes=NOTES,
        ledger_line=line.number,
        ledger_hash=line.hash,
    )
    erasure.finished, erasure.receipt, erasure.held_until = finished, signed(receipt), None
    erasure.save(update_fields=["finished", "receipt", "held_until"])
    append(Deed.on(erasure, Act.ERASED, erasure.by, erasure.brand_id))


def settle(erasure: Erasure) -> bool:
    """Look once more for what was under way while they were forgotten; whether anything was."""
    person = Person.loaded(erasure.whom)
    late = sum(place.count(person) for place in every_place())
    if late:
        logger.warning("found after an erasure", extra={"erasure": str(erasure.pk), "count": late})
        remove(erasure, person)
    if erasure.finished and timezone.now() - erasure.finished > LATER:
        close(erasure)
    return bool(late)


def close(erasure: Erasure) -> None:
    """Nothing more can come. Of a conversation off the record a count is all that is kept."""
    with transaction.atomic():
        if erasure.reason == Erasure.Reason.OFF_RECORD and erasure.brand_id:
            DayCount.objects.add(erasure.brand_id, DayCount.What.OFF_RECORD, erasure.asked.date())
            erasure.delete()
            return
        Erasure.objects.filter(pk=erasure.pk).update(settled=timezone.now(), whom={})


def sweep(now: Any = None) -> int:
    """Finish what dead processes left, and look again at what ended lately. Gives how many."""
    with everything():
        due = Q(held_until=None) | Q(held_until__lt=now or timezone.now())
        done = carried_out(Erasure.objects.filter(due, finished=None).order_by("asked"))
        ended = list(Erasure.objects.filter(settled=None).exclude(finished=None))
        if ended and cache.add(JOURNAL, 1, JOURNAL_EVERY):
            rewrite_journal()
        return done + sum(settle(each) for each in ended)


def carried_out(erasures: Iterable[Erasure]) -> int:
    done = 0
    for each in erasures:
        try:
            carry_out(each)
            done += 1
        except OnHoldError:
            continue  # for weeks, perhaps
        except ErasureError:
            logger.warning("erasure not finished", extra={"erasure": str(each.pk)})
    return done
