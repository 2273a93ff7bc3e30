"""Who is writing an answer: at any moment one process, known by the attempt it was given.

An answer is claimed by one conditional UPDATE that counts the attempt and sets a lease. Whoever
holds it renews the lease; once it has run out another may claim the answer, and from then on the
first can write nothing more, because every write names its attempt.

A client who stops an answer changes its state, whoever holds it. The holder learns it by its next
write, and may then once say what of the answer stands.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.models import DocumentVersion
from concierge.answering.reading import tongue
from concierge.answering.turn import Reply
from concierge.chat.models import Card, Citation, Message
from concierge.clients.keys import ForgottenError
from concierge.clients.sealed import Sealed, SealedTextField, sealed

LEASE = timedelta(seconds=8)  # how long an answer may go without a sign of life
MOST_ATTEMPTS = 3
WORDS = ("text", "voice_faults")  # what is sealed of a message
RENEW = """
    UPDATE chat_message AS held SET text = said.words, lease_until = %s
    FROM unnest(%s::bigint[], %s::int[], %s::bytea[]) AS said (id, attempt, words)
    WHERE held.id = said.id AND held.attempts = said.attempt AND held.state = 'streaming'
    RETURNING held.id
"""


class Superseded(Exception):  # noqa: N818 - what is so, not what went wrong
    """Another process has taken this answer over; this one must not write to it any more."""


class Stopped(Superseded):
    """The client has stopped this answer; what stands of it may still be written, by `settle`."""


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
    return Message.objects.select_related(
        "conversation__brand", "conversation__visitor", "question"
    ).get(pk=answer_id)


def keep(row: Message, **values: object) -> None:
    """Write to an answer the caller holds. Raises Superseded when another holds it by now."""
    if not _own(row).filter(state=Message.State.STREAMING).update(**_sealed(row, values)):
        raise refused(row)


def _sealed(row: Message, values: dict[str, object]) -> dict[str, object]:
    """`values` as `update()` takes them. Raises Superseded when the client is forgotten by now."""
    fields = {name: Message._meta.get_field(name) for name in values}
    try:
        return {
            name: sealed(value, row.conversation.visitor_id, fields[name])
            if isinstance(fields[name], SealedTextField)
            else value
            for name, value in values.items()
        }
    except ForgottenError:
        raise Superseded(row.pk) from None


def _own(row: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=row.pk, attempts=row.attempts)


def renew(said: Iterable[tuple[Message, str]]) -> set[int]:
    """Keep what answers have said so far, and hold on to them for another LEASE, in one statement.

    Which of them are held still, by primary key; `refused` tells why another is not.
    """
    columns: list[tuple[int, int, Sealed]] = []
    field = Message._meta.get_field("text")
    for row, text in said:
        with suppress(ForgottenError):
            words = sealed(text, row.conversation.visitor_id, field)
            columns.append((row.pk, row.attempts, words))
    if not columns:
        return set()
    with connection.cursor() as cursor:
        given = map(list, zip(*columns, strict=True))
        cursor.execute(RENEW, [timezone.now() + LEASE, *given])
        return {pk for (pk,) in cursor.fetchall()}


def refused(row: Message) -> Superseded:
    """Why a write to this answer was refused."""
    was_stopped = _own(row).filter(state=Message.State.STOPPED).exists()
    return (Stopped if was_stopped else Superseded)(row.pk)


def is_complete(row: Message) -> bool:
    """Whether this attempt has ended well: only its holder can have written that."""
    return _own(row).filter(state=Message.State.COMPLETE).exists()


def release(row: Message) -> None:
    """Let another process have it at once."""
    keep(row, lease_until=timezone.now() - LEASE)


def complete(row: Message, reply: Reply) -> None:
    """The whole answer, its citations and its cards, in one short transaction."""
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
            voice_score=reply.voice_score,
            voice_faults=list(reply.voice_faults),
            voice_rules=[each["rule"] for each in reply.voice_faults],
            finished=timezone.now(),
            lease_until=None,
        )
        _support(row, reply)


def _support(row: Message, reply: Reply) -> None:
    """The citations and the cards of what was said."""
    cited_versions = {cited.source.version_id for cited in reply.citations}
    versions = DocumentVersion.objects.defer("text").in_bulk(cited_versions)
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


def stop(answer_id: int) -> bool:
    """End an answer at the client's wish; False when it has ended already.

    A lease that has not run out stays on the row: its holder will say what stands. Otherwise the
    words last kept do.
    """
    now = timezone.now()
    held = Case(When(lease_until__gt=now, then=F("lease_until")))
    open_ones = Message.objects.filter(pk=answer_id, state__in=Message.OPEN)
    return bool(open_ones.update(state=Message.State.STOPPED, finished=now, lease_until=held))


def settle(row: Message, reply: Reply) -> None:
    """What stands of a stopped answer, once. Raises Superseded for any other."""
    with transaction.atomic():
        stopped = _own(row).filter(state=Message.State.STOPPED, lease_until__isnull=False)
        values = _sealed(row, {"text": reply.text, "rung": reply.rung, "lease_until": None})
        if not stopped.update(**values):
            raise Superseded(row.pk)
        _support(row, reply)


def fail(row: Message) -> None:
    """Say honestly, in the question's language, that this answer will not come."""
    asked = row.question.text if row.question else ""
    with override(tongue(asked) or row.conversation.brand.language):
        apology = _("I am sorry: something went wrong on our side and I could not answer.")
    keep(
        row,
        state=Message.State.FAILED,
        text=apology,
        finished=timezone.now(),
        lease_until=None,
    )


def following(answer_id: int) -> int | None:
    """The next answer its conversation waits for; None when that is gone."""
    row = Message.objects.filter(pk=answer_id).values("conversation", "number").first()
    if row is None:
        return None
    later = Message.objects.filter(
        conversation=row["conversation"], number__gt=row["number"], state=Message.State.PENDING
    ).order_by("number")
    return later.values_list("pk", flat=True).first()


def next_of_stopped(answer_id: int) -> int | None:
    """The same, of a stopped answer; None while its writer may yet go on to it."""
    row = Message.objects.defer(*WORDS).filter(pk=answer_id).first()
    return None if row is None or row.is_settling else following(answer_id)


def orphans() -> list[Message]:
    """The answers that nobody is writing and somebody should, oldest first."""
    now = timezone.now()
    fresh = Q(state=Message.State.PENDING, created__gt=now - LEASE)  # its own process is at it
    found = _claimable(now).exclude(fresh).select_related("conversation__brand")
    return list(found.defer(*WORDS, "conversation__summary").order_by("pk"))


def given_up(row: Message) -> bool:
    """Fail an orphan that has been tried often enough; whether it was."""
    if row.attempts < MOST_ATTEMPTS:
        return False
    try:
        fail(row)
    except Superseded:
        return False
    return True
