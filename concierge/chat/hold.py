"""Who is writing an answer: at any moment one process, known by the attempt it was given.

An answer is claimed by one conditional UPDATE that counts the attempt and sets a lease. Whoever
holds it renews the lease; once it has run out another may claim the answer, and from then on the
first can write nothing more, because every write names its attempt.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.models import DocumentVersion
from concierge.answering.turn import Reply
from concierge.chat.models import Card, Citation, Message

LEASE = timedelta(seconds=15)  # how long an answer may go without a sign of life
MOST_ATTEMPTS = 3


class Superseded(Exception):  # noqa: N818 - what is so, not what went wrong
    """Another process has taken this answer over; this one must not write to it any more."""


def _claimable(now: datetime) -> QuerySet[Message]:
    """Those that nobody holds, in conversations with no earlier answer still to come."""
    earlier = Message.objects.filter(
        conversation=OuterRef("conversation"),
        number__lt=OuterRef("number"),
        state__in=Message.OPEN,
    )
    free = Q(state=Message.State.PENDING) | Q(state=Message.State.STREAMING, lease_until__lt=now)
    return Message.objects.filter(free).filter(~Exists(earlier))


def claim(answer_id: int) -> Message | None:
    """The answer, now held by the caller; None when it is done, held, or not yet its turn."""
    now = timezone.now()
    claimed = (
        _claimable(now)
        .filter(pk=answer_id)
        .update(
            state=Message.State.STREAMING,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            text="",
        )
    )
    if not claimed:
        return None
    return Message.objects.select_related("conversation__brand", "question").get(pk=answer_id)


def keep(row: Message, **values: object) -> None:
    """Write to an answer the caller holds. Raises Superseded when another holds it by now."""
    held = Message.objects.filter(
        pk=row.pk, attempts=row.attempts, state=Message.State.STREAMING
    ).update(**values)
    if not held:
        raise Superseded(row.pk)


def renew(row: Message) -> None:
    keep(row, lease_until=timezone.now() + LEASE)


def release(row: Message) -> None:
    """Let another process have it at once."""
    keep(row, lease_until=timezone.now() - LEASE)


def complete(row: Message, reply: Reply) -> None:
    """The whole answer, its citations and its cards, in one short transaction."""
    cited_versions = {cited.source.version_id for cited in reply.citations}
    versions = DocumentVersion.objects.defer("text").in_bulk(cited_versions)
    with transaction.atomic():
        keep(
            row,
            state=Message.State.COMPLETE,
            text=reply.text,
            rung=reply.rung,
            refused=reply.refused,
            kind=reply.kind,
            person=reply.person,
            support=reply.support,
            steps=[asdict(step) for step in reply.steps],
            timings_ms=reply.timings_ms,
            prompt_version=reply.prompt_version,
            finished=timezone.now(),
            lease_until=None,
        )
        Citation.objects.bulk_create(
            Citation(
                message=row,
                number=cited.number,
                version_id=cited.source.version_id,
                passage_id=cited.source.passage_id,
                start=cited.start,
                end=cited.end,
                cited_text=cited.text,
                # Of the quoted words: a passage may run over to the next page.
                page=versions[cited.source.version_id].page_at(cited.start),
            )
            for cited in reply.citations
        )
        Card.objects.bulk_create(
            Card(
                message=row,
                product_id=product_id,
                variant_id=reply.forms.get(product_id),
                position=position,
            )
            for position, product_id in enumerate(reply.product_ids)
        )


def fail(row: Message) -> None:
    """Say honestly, in the house's language, that this answer will not come."""
    with override(row.conversation.brand.language):
        apology = _("I am sorry: something went wrong on our side and I could not answer.")
    keep(
        row,
        state=Message.State.FAILED,
        text=apology,
        finished=timezone.now(),
        lease_until=None,
    )


def following(answer_id: int) -> int | None:
    """The next answer its conversation waits for."""
    row = Message.objects.get(pk=answer_id)
    later = row.conversation.messages.filter(
        number__gt=row.number, state=Message.State.PENDING
    ).order_by("number")
    return later.values_list("pk", flat=True).first()


def orphans() -> list[Message]:
    """The answers that nobody is writing and somebody should, oldest first."""
    now = timezone.now()
    fresh = Q(state=Message.State.PENDING, created__gt=now - LEASE)  # its own process is at it
    return list(_claimable(now).exclude(fresh).select_related("conversation__brand").order_by("pk"))


def given_up(row: Message) -> bool:
    """Fail an orphan that has been tried often enough; whether it was."""
    if row.attempts < MOST_ATTEMPTS:
        return False
    try:
        fail(row)
    except Superseded:
        return False
    return True
