"""What a person has allowed, and the one function that everybody asks before acting on it.

A decision is a dated row: a yes in one wording, ended when it is taken back; or a no, which was
never given. The latest decision of all visitors who are the same person holds. A yes holds only
for the words as they are now: changed words ask again.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from archive.models import Brand
from archive.wall.scope import everything
from concierge.clients.decisions import WITHDREW
from concierge.clients.decisions import write as write_down
from concierge.clients.models import Consent, Purpose, Visitor
from concierge.clients.wording import Words, current_version, words_of

OF_THE_HOUSE = frozenset({Purpose.SERVE, Purpose.IMPROVE})  # allowed to whoever works here
OFF_RECORD = frozenset({Purpose.SERVE})  # the most that can be allowed off the record


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with one purpose. `decided` is None for what was never asked."""

    words: Words
    permitted: bool
    decided: datetime | None = None
    place: str = ""
    version: int | None = None  # of the words that were decided on

    @property
    def is_open(self) -> bool:
        """Nothing was decided on the words as they are now."""
        return self.version != self.words.version


def permits(visitor_id: uuid.UUID | str | None, purpose: str) -> bool:
    """Whether the person behind this visitor allows it now. An erased visitor allows nothing.

    Never kept: a decision taken in another process holds for the very next question put here.
    """
    with everything():  # whoever asks: the answer is one bit
        return _permits(visitor_id, purpose)


def permitted_by(last: Consent | None, visitor: Visitor, purpose: str) -> bool:
    """The same of a visitor that is there, whose `last_decision` is at hand."""
    if visitor.browser is None and visitor.client_id is None:
        return purpose in OF_THE_HOUSE
    if visitor.off_record and purpose not in OFF_RECORD:
        return False
    return is_yes(last, visitor, purpose)


def permits_until_kept(visitor_id: uuid.UUID | str, purpose: str) -> bool:
    """The same, and no withdrawal comes between the answer and the end of the transaction.

    For whoever keeps something by a yes: what is withdrawn afterwards finds it, and takes it away.
    """
    with everything():
        list(Visitor.objects.select_for_update(no_key=True).filter(pk=visitor_id))
        return _permits(visitor_id, purpose)


def _permits(visitor_id: uuid.UUID | str | None, purpose: str) -> bool:
    known = Visitor.objects.filter(pk=visitor_id) if visitor_id else Visitor.objects.none()
    visitor = known.select_related("brand").first()
    if visitor is None:
        return False
    return permitted_by(last_decision(visitor, purpose), visitor, purpose)


def allowing(purpose: str) -> models.QuerySet[Visitor]:
    """The visitors whose person allows it now: what of them may be used, as a condition.

    The same as `permits` for each: a yes to the words of today, with no later no of the same
    person.
    """
    same = (
        Q(visitor=OuterRef("pk"))
        | Q(visitor__browser=OuterRef("browser"), visitor__brand=OuterRef("brand"))
        | Q(visitor__client=OuterRef("client"))
    )
    rows = Consent.objects.filter(same, purpose=purpose)
    yes = rows.filter(worded_as_now(purpose), withdrawn=None).order_by("-given")
    no = rows.exclude(withdrawn=None).order_by("-withdrawn")
    people = Visitor.objects.all()
    if purpose not in OFF_RECORD:
        people = people.filter(off_record=False)
    decided_ones = people.annotate(
        said_yes=Subquery(yes.values("given")[:1]), said_no=Subquery(no.values("withdrawn")[:1])
    ).filter(Q(said_no=None) | Q(said_yes__gte=F("said_no")), said_yes__isnull=False)
    allowed = Q(pk__in=decided_ones.values("pk"))
    if purpose in OF_THE_HOUSE:
        allowed |= Q(browser=None, client=None)
    return Visitor.objects.filter(allowed)


def worded_as_now(purpose: str) -> Q:
    """Of the version that is current at the visitor's house."""
    by_version: dict[int, list[int]] = {}
    for brand_id, slug in Brand.objects.values_list("pk", "slug"):
        by_version.setdefault(current_version(slug, purpose), []).append(brand_id)
    found = Q(pk__in=())
    for version, brands in by_version.items():
        found |= Q(version=version, visitor__brand__in=brands)
    return found


def is_yes(row: Consent | None, visitor: Visitor, purpose: str) -> bool:
    if row is None or row.withdrawn is not None:
        return False
    return row.version == current_version(visitor.brand.slug, purpose)


def last_decision(visitor: Visitor, purpose: str) -> Consent | None:
    """Of all visitors who are this person, by when it was taken."""
    return latest(decisions(visitor).filter(purpose=purpose))


def latest(rows: Iterable[Consent]) -> Consent | None:
    return max(rows, key=lambda row: (decided(row), row.pk), default=None)


def decisions(visitor: Visitor) -> models.QuerySet[Consent]:
    return Consent.objects.filter(visitor__in=Visitor.objects.same_person(visitor))


def decided(row: Consent) -> datetime:
    """When the row's last word was spoken."""
    moment = row.withdrawn or row.given
    if moment is None:
        raise ValueError(f"consent {row.pk} has no date")
    return moment


def give(
    visitor: Visitor,
    purpose: str,
    *,
    language: str = "",
    place: str,
    conversation: uuid.UUID | None = None,
) -> Consent:
    """A yes to the words as they are now. Given again, the first stands."""
    words = words_of(visitor.brand, purpose, language)
    with transaction.atomic():
        one_at_a_time(visitor)
        rows = list(decisions(visitor).filter(purpose=purpose))
        last = latest(rows)
        if last and is_yes(last, visitor, purpose):
            return last
        now = timezone.now()
        if any(row.withdrawn is None for row in rows):
            decisions(visitor).filter(purpose=purpose, withdrawn=None).update(withdrawn=now)
        return Consent.objects.create(
            visitor=visitor,
            purpose=purpose,
            version=words.version,
            language=words.language,
            place=place,
            conversation=conversation,
            given=now,
        )


def withdraw(
    visitor: Visitor,
    purpose: str,
    *,
    language: str = "",
    place: str,
    conversation: uuid.UUID | None = None,
) -> None:
    """Take a yes back, or say no to what was never given: the next call is not made."""
    words = words_of(visitor.brand, purpose, language)
    with transaction.atomic():
        one_at_a_time(visitor)
        now = timezone.now()
        taken_back = decisions(visitor).filter(purpose=purpose, withdrawn=None)
        for each in taken_back.filter(visitor__off_record=False):
            write_down(WITHDREW, visitor=each.visitor_id, purpose=purpose)
        taken_back.update(withdrawn=now)
        last = last_decision(visitor, purpose)
        is_told = last is not None and last.version == words.version
        if is_told and conversation is None:
            return
        Consent.objects.create(
            visitor=visitor,
            purpose=purpose,
            version=words.version,
            language=words.language,
            place=place,
            conversation=conversation,
            withdrawn=now,
        )


def one_at_a_time(visitor: Visitor) -> None:
    """Decisions of a visitor are taken one after the other."""
    Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)


def is_decided(visitor: Visitor, purpose: str) -> bool:
    """Whether the words as they are now have had a yes or a no."""
    return is_current(last_decision(visitor, purpose), visitor, purpose)


def is_current(last: Consent | None, visitor: Visitor, purpose: str) -> bool:
    return last is not None and last.version == current_version(visitor.brand.slug, purpose)


def was_asked_in(conversation: uuid.UUID, purpose: str) -> bool:
    """Whether a yes or a no was given in this conversation: it is not asked for there again."""
    return Consent.objects.filter(conversation=conversation, purpose=purpose).exists()


def standing(visitor: Visitor, language: str = "") -> list[Standing]:
    """Every purpose in its order, and how it stands with this person."""
    return [_standing(visitor, purpose, language) for purpose in Purpose.values]


def _standing(visitor: Visitor, purpose: str, language: str) -> Standing:
    words = words_of(visitor.brand, purpose, language)
    last = last_decision(visitor, purpose)
    allowed = permits(visitor.pk, purpose)
    if last is None:
        return Standing(words, allowed)
    return Standing(words, allowed, decided(last), last.place, last.version)
