"""A question that was not answered is filed for the curators: once, however often it is asked."""

from datetime import date

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from archive.models import Passage
from archive.support import UNSURE
from archive.viewer import Audience
from concierge.answering.discreet import veil_of
from concierge.answering.support import language
from concierge.answering.turn import Reply, Turn
from concierge.answering.understand import understand
from concierge.clients.consent import permits, permits_until_kept
from concierge.clients.models import DayCount, Purpose
from concierge.gaps.askers import note
from concierge.gaps.models import Gap, Status
from concierge.gaps.same import Question, asked_before

LONGEST = 500  # characters kept of a question
PUBLIC = frozenset({str(Audience.PUBLIC)})


def is_gap(turn: Turn, reply: Reply) -> bool:
    """Whether the public asked in vain; small talk and what pieces answer are no gaps."""
    if turn.viewer.audiences != PUBLIC or reply.support is None:
        return False
    return reply.refused or (reply.support < UNSURE and not reply.product_ids)


def file(turn: Turn, reply: Reply) -> Gap | None:
    """File the question of `turn` when `reply` leaves it open; None when there is nothing to file.

    Of a client who does not let curators read it, the day's count of questions left open is all
    that is kept. A follow-up is filed with the question it leans on.
    """
    if reply.support is None or not is_gap(turn, reply):
        return None
    if turn.visitor and not permits(turn.visitor, Purpose.IMPROVE):
        count_alone(turn)
        return None
    text = veil_of(turn).blanked(understand(turn).subject)[:LONGEST]
    question = Question.of(text, language(text, margin=1) or turn.brand.language[:2])
    brand_id = turn.viewer.brand_id
    nearest = Passage.objects.visible_to(turn.viewer).filter(pk=reply.nearest or 0).first()
    with transaction.atomic():
        if turn.visitor and not permits_until_kept(turn.visitor, Purpose.IMPROVE):
            count_alone(turn)
            return None
        alone(brand_id)
        gap = asked_before(brand_id, question)
        if gap is not None:
            count_again(gap, question, reply.support, nearest)
        else:
            gap = Gap.objects.create(
                brand_id=brand_id,
                question=question.text,
                key=question.key,
                model=question.model,
                vector=question.vector,
                languages=[question.language],
                support=reply.support,
                nearest=nearest,
            )
        note(gap, turn.visitor, question)
    return gap


def count_alone(turn: Turn) -> None:
    DayCount.objects.add(turn.viewer.brand_id, DayCount.What.UNANSWERED, today())


def today() -> date:
    return timezone.now().date()


def alone(brand_id: int) -> None:
    """Hold off others that file for this brand, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gaps'), %s)", [brand_id])


def count_again(gap: Gap, question: Question, support: float, nearest: Passage | None) -> None:
    """One more asking. What was marked answered is not, and opens again; dismissed stays so."""
    now = timezone.now()
    changes: dict[str, object] = {
        "count": F("count") + 1,
        "last_asked": now,
        "updated": now,
        "support": support,
        "nearest": nearest,
        "languages": sorted({*gap.languages, question.language}),
    }
    rows = Gap.objects.filter(pk=gap.pk)
    rows.update(**changes)
    rows.filter(status=Status.ANSWERED).reopen()
    gap.refresh_from_db()
