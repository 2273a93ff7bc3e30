"""An answer is written: the turn is run, streamed and kept, by whichever process holds its lease."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import asdict
from time import monotonic

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from archive.threads import in_thread
from concierge.answering.answer import answer
from concierge.answering.turn import Delta, Done, Exchange, Reply, Restart, Turn, Voice
from concierge.chat.ask import LEASE
from concierge.chat.models import Card, Citation, Message
from concierge.chat.render import block_html, blocks
from concierge.chat.stream import Writer, poke

logger = logging.getLogger(__name__)

FLUSH_EVERY = 0.06  # seconds: small tokens are joined before they go out
KEEP_EVERY = 1.0  # seconds between writings of the growing text to its row
RENEW_EVERY = LEASE.total_seconds() / 3
HISTORY = 12  # messages of a conversation a turn is told
MOST_ATTEMPTS = 3
APOLOGY = "I am sorry: something went wrong on our side and I could not finish this answer."


class Superseded(Exception):
    """Another process has taken this answer over; this one must not write to it any more."""


def load_turn(answer_id: int) -> tuple[Message, Turn]:
    """The answer's row and everything needed to answer its question."""
    row = Message.objects.select_related("conversation__brand", "question").get(pk=answer_id)
    conversation, asked = row.conversation, row.question
    if asked is None:
        raise ValueError(f"message {answer_id} answers nothing")
    earlier = conversation.messages.filter(
        number__lt=asked.number, state=Message.State.COMPLETE
    ).order_by("-number")[:HISTORY]
    brand = conversation.brand
    return row, Turn(
        brand=Voice(name=brand.name, language=brand.language, contact=brand.contact),
        question=asked.text,
        history=tuple(
            Exchange("client" if m.role == Message.Role.CLIENT else "concierge", m.text)
            for m in reversed(earlier)
        ),
        viewer=conversation.viewer,
        reference=str(row.pk),
    )


def keep(row: Message, **values: object) -> None:
    """Write to the answer's row, unless another process has taken it over (Superseded)."""
    held = Message.objects.filter(pk=row.pk, attempts=row.attempts, state__in=Message.OPEN)
    if not held.update(**values):
        raise Superseded(row.pk)


def complete(row: Message, reply: Reply) -> None:
    """The whole answer, its citations and its cards, in one short transaction."""
    with transaction.atomic():
        keep(
            row,
            state=Message.State.COMPLETE,
            text=reply.text,
            rung=reply.rung,
            refused=reply.refused,
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
                page=cited.source.page,
            )
            for cited in reply.citations
        )
        Card.objects.bulk_create(
            Card(message=row, product_id=product_id, position=position)
            for position, product_id in enumerate(reply.product_ids)
        )


class Page:
    """What readers see of the growing answer: changed blocks go out, joined over FLUSH_EVERY."""

    def __init__(self, row: Message) -> None:
        self.writer = Writer(row.conversation_id, row.pk, row.attempts)
        self.text = ""
        self.sent: list[str] = []
        self.flushed = 0.0

    async def add(self, words: str) -> None:
        self.text += words
        if monotonic() - self.flushed >= FLUSH_EVERY:
            await self.flush()

    async def flush(self) -> None:
        self.flushed = monotonic()
        for index, block in enumerate(blocks(self.text)):
            if index == len(self.sent):
                self.sent.append("")
            if self.sent[index] != block:
                self.sent[index] = block
                await self.writer.send("block", index, block_html(block))

    async def restart(self) -> None:
        self.text, self.sent = "", []
        await self.writer.send("restart")


async def write(answer_id: int) -> None:
    """Run the turn of a pending answer this process holds, to the end or an honest failure."""
    row, turn = await in_thread(load_turn)(answer_id)
    page = Page(row)
    renewal = asyncio.create_task(_renew(row))
    try:
        reply = await _relay(row, page, turn)
        await in_thread(complete)(row, reply)
    except Superseded:
        logger.warning("answer taken over", extra={"answer": answer_id})
        return
    except Exception:
        # The boundary of the journey: whatever broke, the client is told and the log has it.
        logger.exception("answer failed", extra={"answer": answer_id})
        with suppress(Superseded):
            await in_thread(keep)(
                row, state=Message.State.FAILED, text=APOLOGY, finished=timezone.now()
            )
    finally:
        renewal.cancel()
    await page.writer.send("done")


async def _relay(row: Message, page: Page, turn: Turn) -> Reply:
    kept = monotonic()
    await in_thread(keep)(row, state=Message.State.STREAMING)
    async for event in answer(turn):
        match event:
            case Delta(words):
                await page.add(words)
                if monotonic() - kept > KEEP_EVERY:
                    kept = monotonic()
                    await in_thread(keep)(row, text=page.text)
            case Restart():
                await page.restart()
            case Done(reply):
                await page.flush()
                return reply
    raise RuntimeError("the ladder ended without a reply")


async def _renew(row: Message) -> None:
    with suppress(Superseded):
        while True:
            await asyncio.sleep(RENEW_EVERY)
            await in_thread(keep)(row, lease_until=timezone.now() + LEASE)


def claim_orphans() -> tuple[list[Message], list[Message]]:
    """The answers whose process has died: those now ours to write, and those given up honestly."""
    now = timezone.now()
    dead = Message.objects.filter(state__in=Message.OPEN, lease_until__lt=now)
    ours, given_up = [], []
    for row in dead.order_by("pk"):
        same = dead.filter(pk=row.pk, attempts=row.attempts)
        if row.attempts >= MOST_ATTEMPTS:
            if same.update(state=Message.State.FAILED, text=APOLOGY, finished=now):
                given_up.append(row)
        elif same.update(attempts=F("attempts") + 1, lease_until=now + LEASE, text=""):
            ours.append(row)
    return ours, given_up


async def write_orphans(ours: list[Message], given_up: list[Message]) -> None:
    """Write all of `ours` at once, after telling the open pages of both."""
    for row in [*ours, *given_up]:
        await poke(row.conversation_id, "turn")
    await asyncio.gather(*(write(row.pk) for row in ours))


_running: set[asyncio.Task[None]] = set()


def begin(answer_id: int) -> asyncio.Task[None]:
    """Start writing in this event loop; the task belongs to the process, not to the request."""
    task = asyncio.create_task(write(answer_id))
    _running.add(task)
    task.add_done_callback(_running.discard)
    return task
