"""Who asked what the archive does not tell: known for one purpose, to forget their words with them.

A gap shows the words of one who asked. When they are forgotten it goes on in the words of another,
with one asking less for each of theirs; when there is no other, it goes whole, and so does what was
copied of it: a question of an approved answer, a line of the console's log.
"""

import uuid
from collections.abc import Collection

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q

from concierge.approved.models import ApprovedAnswer, Wording
from concierge.clients.consent import allowing
from concierge.clients.models import Purpose
from concierge.gaps.models import Asking, Gap
from concierge.gaps.same import Question
from concierge.redaction.blank import is_blanked

LONGEST = 500  # characters of a question that are filed
QUOTED = 200  # characters of a row's name that the console's log keeps


def note(gap: Gap, visitor: str, question: Question) -> None:
    """One more asking by `visitor`, its number in hex; "" is somebody of the house's own."""
    if not visitor:
        return
    known = Asking.objects.filter(gap=gap, visitor_id=uuid.UUID(visitor))
    if known.update(count=F("count") + 1):
        return
    Asking.objects.create(
        gap=gap,
        visitor_id=uuid.UUID(visitor),
        text=question.text,
        key=question.key,
        model=question.model,
        vector=question.vector,
        language=question.language,
    )


def count(visitors: Collection[uuid.UUID]) -> int:
    return Asking.objects.filter(visitor__in=visitors).count()


def forget(visitors: Collection[uuid.UUID]) -> None:
    """Take these visitors' words and askings out of the gaps."""
    with transaction.atomic():
        asked = Gap.objects.filter(askings__visitor__in=visitors).values("pk")
        for gap in Gap.objects.filter(pk__in=asked).select_for_update(of=("self",)).order_by("pk"):
            _forget(gap, visitors)


def unallowed() -> list[uuid.UUID]:
    """Visitors whose words are here by a yes that holds no longer."""
    asked = Asking.objects.exclude(visitor__in=allowing(Purpose.IMPROVE))
    return list(asked.values_list("visitor", flat=True).distinct())


def unask(visitors: Collection[uuid.UUID], texts: Collection[str]) -> None:
    """The same of single questions of theirs, by what they wrote."""
    written = [each for each in texts if each]
    with transaction.atomic():
        for asking in Asking.objects.filter(visitor__in=visitors).order_by("gap"):
            if any(is_blanked(asking.text, each[:LONGEST]) for each in written):
                gap = Gap.objects.select_for_update(of=("self",)).get(pk=asking.gap_id)
                _forget(gap, [asking.visitor_id])


def _forget(gap: Gap, visitors: Collection[uuid.UUID]) -> None:
    """Without opening their words, whose key may be destroyed by now."""
    theirs = gap.askings.filter(visitor__in=visitors)
    fewer = sum(theirs.values_list("count", flat=True))
    is_worded = theirs.filter(key=gap.key).exists()
    theirs.delete()
    if is_worded:
        left = gap.askings.order_by("pk").first()
        if left is None or left.text != gap.question:
            unquote(gap)
        if left is None or is_filed_elsewhere(gap, left):
            gap.delete()
            return
        reword(gap, left)
    Gap.objects.filter(pk=gap.pk).update(count=max(gap.count - fewer, 1))


def is_filed_elsewhere(gap: Gap, asking: Asking) -> bool:
    """Whether the same words are another gap's by now."""
    return Gap.objects.of(gap.brand_id).filter(key=asking.key).exclude(pk=gap.pk).exists()


def reword(gap: Gap, asking: Asking) -> None:
    Gap.objects.filter(pk=gap.pk).update(
        question=asking.text, key=asking.key, model=asking.model, vector=asking.vector
    )


def unquote(gap: Gap) -> None:
    """Take the gap's words out of what was made of it."""
    kinds = ContentType.objects.get_for_models(Gap, ApprovedAnswer)
    about = Q(content_type=kinds[Gap], object_id=str(gap.pk))
    if answer := gap.approved_id:
        about |= Q(content_type=kinds[ApprovedAnswer], object_id=str(answer))
        Wording.objects.filter(answer=answer, text=gap.question).delete()
        ApprovedAnswer.objects.filter(pk=answer, text="", wordings=None).delete()
    LogEntry.objects.filter(about | Q(object_repr=gap.question[:QUOTED])).update(
        object_repr="A forgotten question", change_message=""
    )
