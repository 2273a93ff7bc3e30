"""An answer is written: the turn is run, streamed and kept, by whichever process holds it."""

import asyncio
import logging
import traceback
from contextlib import aclosing, suppress
from time import monotonic

from django.db import DatabaseError

from archive.threads import in_thread
from concierge.answering.answer import answer
from concierge.answering.turn import Delta, Done, Exchange, Reply, Restart, Turn, Voice
from concierge.chat import hold
from concierge.chat.growing import Growing
from concierge.chat.hold import Superseded
from concierge.chat.models import Card, Message
from concierge.chat.stream import poke
from concierge.gaps.file import file

logger = logging.getLogger(__name__)

KEEP_EVERY = 1.0  # seconds between writings of the growing text to its row
RENEW_EVERY = hold.LEASE.total_seconds() / 3
HISTORY = 12  # messages of a conversation a turn is told


def taken(answer_id: int) -> tuple[Message, Turn] | None:
    """The answer, held, and everything needed to write it; None when it is not ours to write."""
    row = hold.claim(answer_id)
    return (row, turn_of(row)) if row else None


def turn_of(row: Message) -> Turn:
    """Raises ValueError for a message that answers no question."""
    conversation, asked = row.conversation, row.question
    if asked is None:
        raise ValueError(f"message {row.pk} answers nothing")
    earlier = conversation.messages.filter(
        number__lt=asked.number, state=Message.State.COMPLETE
    ).order_by("-number")[:HISTORY]
    brand = conversation.brand
    return Turn(
        brand=Voice(name=brand.name, language=brand.language, contact=brand.contact),
        question=asked.text,
        history=tuple(
            Exchange("client" if m.role == Message.Role.CLIENT else "concierge", m.text)
            for m in reversed(earlier)
        ),
        viewer=conversation.viewer,
        reference=str(row.pk),
        shown=last_shown(row),
        visitor=conversation.visitor_id.hex if conversation.visitor_id else "",
        summary=conversation.summary,
    )


def last_shown(row: Message) -> tuple[int, ...]:
    """The products beside the last answer before `row` that had any, in order."""
    earlier = Card.objects.filter(
        message__conversation=row.conversation, message__number__lt=row.number
    )
    last = earlier.order_by("-message__number").values("message")[:1]
    cards = Card.objects.filter(message=last).order_by("position")
    return tuple(cards.values_list("product", flat=True))


async def write(answer_id: int) -> bool:
    """Write an answer to its end or an honest failure; False when it is not ours to write."""
    held = await in_thread(taken)(answer_id)
    if held is None:
        return False
    row, turn = held
    if row.attempts > 1:
        await poke(row.conversation_id, "turn")
    renewal = asyncio.create_task(_renew(row))
    growing = Growing(row)
    reply: Reply | None = None
    try:
        reply = await _relay(row, growing, turn)
        await in_thread(hold.complete)(row, reply)
    except Superseded:
        logger.warning("answer taken over", extra={"answer": answer_id})
        return False
    except asyncio.CancelledError:
        # The process is ending: another takes the answer up without waiting for the lease.
        with suppress(Superseded):
            await in_thread(hold.release)(row)
        raise
    except Exception as error:  # noqa: BLE001
        # The boundary of the journey: whatever broke, the client is told and the log has it.
        logger.error(  # noqa: TRY400 - a traceback may quote the client
            "answer failed", extra={"answer": answer_id} | told(error)
        )
        with suppress(Superseded):
            await in_thread(hold.fail)(row)
    finally:
        renewal.cancel()
        growing.rest()
    await growing.done()
    if reply:
        await in_thread(_file)(row, turn, reply)
    return True


def _file(row: Message, turn: Turn, reply: Reply) -> None:
    """Tell the curators of a question left open. The client has the answer by now."""
    try:
        file(turn, reply)
    except Exception as error:  # noqa: BLE001
        # Whatever breaks here, the answer stands and those after it are still to be written.
        logger.warning("gap not filed", extra={"answer": row.pk} | told(error))


async def _relay(row: Message, growing: Growing, turn: Turn) -> Reply:
    kept = monotonic()
    async with aclosing(answer(turn)) as events:
        async for event in events:
            match event:
                case Delta(words):
                    growing.add(words)
                case Restart():
                    await growing.restart()
                case Done(reply):
                    await growing.flush()
                    return reply
            if monotonic() - kept > KEEP_EVERY:
                kept = monotonic()
                await in_thread(hold.keep)(row, text=growing.text)
    raise RuntimeError("the ladder ended without a reply")


def told(error: Exception) -> dict[str, object]:
    """What a log may have of `error`: its kind and its place. Its words may quote the client."""
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


async def _renew(row: Message) -> None:
    with suppress(Superseded):
        while True:
            await asyncio.sleep(RENEW_EVERY)
            try:
                await in_thread(hold.renew)(row)
            except DatabaseError:
                logger.warning("lease not renewed", extra={"answer": row.pk})


async def write_on(answer_id: int) -> None:
    """Write an answer and then those its conversation waits for, in order."""
    due: int | None = answer_id
    while due is not None and await write(due):
        due = await in_thread(hold.following)(due)


async def adopt(orphans: list[Message]) -> None:
    """Write, all at once, answers whose process has died; give up those tried too often."""

    async def one(row: Message) -> None:
        if not await in_thread(hold.given_up)(row):
            return await write_on(row.pk)
        logger.error("answer given up", extra={"answer": row.pk})
        await poke(row.conversation_id, "turn")
        if (due := await in_thread(hold.following)(row.pk)) is not None:
            await write_on(due)
        return None

    await asyncio.gather(*(one(row) for row in orphans))


_running: set[asyncio.Task[None]] = set()


def begin(answer_id: int) -> asyncio.Task[None]:
    """Start writing in this event loop; the task belongs to the process, not to the request."""
    task = asyncio.create_task(write_on(answer_id))
    _running.add(task)
    task.add_done_callback(_running.discard)
    return task


async def drain(seconds: float) -> None:
    """Let this process's answers end, for so long; then hand them to another."""
    if _running:
        _done, late = await asyncio.wait(_running, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
