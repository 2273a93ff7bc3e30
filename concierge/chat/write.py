"""An answer is written: the turn is run, streamed and kept, by whichever process holds it."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Coroutine
from contextlib import aclosing, suppress
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError

from archive.threads import in_thread
from archive.wall.scope import NOBODY, People, everything, reading
from concierge.answering.answer import answer
from concierge.answering.manners import voice_of
from concierge.answering.turn import Delta, Done, Exchange, Reply, Restart, Turn
from concierge.answering.voiced import cut_short
from concierge.chat import hold
from concierge.chat.growing import Growing
from concierge.chat.hold import Stopped, Superseded
from concierge.chat.known import known_of
from concierge.chat.models import Card, Message
from concierge.chat.payer import address_of, tier_of
from concierge.chat.recall import recalled, roll_on
from concierge.chat.remember import learn, learned_from, remembered_of
from concierge.chat.renew import renew, until_next
from concierge.chat.stream import attempt_at, poke
from concierge.clients.asking import asked_by
from concierge.clients.forgotten import look
from concierge.clients.keys import ForgottenError
from concierge.gaps.file import file

logger = logging.getLogger(__name__)

AGAIN = 1.0  # seconds until a whole answer is tried to be kept again
AWAY = (OperationalError, InterfaceError)  # of a database that is not there, or not in time
PATIENCE = 30  # seconds a whole answer waits for a database that is away
HISTORY = 12  # messages of a conversation a turn is told


def taken(answer_id: int) -> tuple[Message, Turn, Growing] | None:
    """The answer, held, and everything needed to write it; None when it is not ours to write."""
    row = hold.claim(answer_id)
    if row is None:
        return None
    with suppress(ForgottenError):  # the client was erased in this very moment
        return row, turn_of(row), Growing(row, attempt_at(row))
    return None


def turn_of(row: Message) -> Turn:
    """Raises ValueError for a message that answers no question."""
    conversation, asked = row.conversation, row.question
    if asked is None:
        raise ValueError(f"message {row.pk} answers nothing")
    earlier = conversation.messages.filter(number__lt=asked.number, state__in=Message.SAID).exclude(
        text=""
    )
    brand, visitor = conversation.brand, conversation.visitor
    learned = learned_from(conversation)
    return Turn(
        brand=voice_of(brand),
        question=asked.text,
        history=tuple(
            exchange(m, learned) for m in reversed(earlier.order_by("-number")[:HISTORY])
        ),
        viewer=conversation.viewer,
        reference=str(row.pk),
        shown=last_shown(row),
        visitor=visitor.pk.hex if visitor.browser or visitor.client_id else "",
        tier=tier_of(conversation),
        address=address_of(row),
        summary=recalled(conversation),
        known=known_of(visitor),
        remembered=remembered_of(visitor),
    )


def exchange(said: Message, learned: datetime | None) -> Exchange:
    """`learned` is since when the client's words are kept among their memories."""
    if said.role != Message.Role.CLIENT:
        return Exchange("concierge", said.text)
    return Exchange("client", said.text, learned is not None and said.created >= learned)


def last_shown(row: Message) -> tuple[int, ...]:
    """The products beside the last answer before `row` that had any, in order."""
    earlier = Card.objects.filter(
        message__conversation=row.conversation, message__number__lt=row.number
    )
    last = earlier.order_by("-message__number").values("message")[:1]
    cards = Card.objects.filter(message=last).order_by("position")
    return tuple(cards.values_list("product", flat=True))


async def write(answer_id: int) -> bool:
    """Write an answer to an end; False when it is not ours to write, or not any more."""
    held = await in_thread(taken)(answer_id)
    if held is None:
        return False
    row, turn, growing = held
    if row.attempts > 1:
        await poke(row.conversation_id, "turn")
    with asked_by(turn.visitor):
        return await _written(row, turn, growing)


async def _written(row: Message, turn: Turn, growing: Growing) -> bool:
    """The turn taken to its end; False when another has it, or will."""
    reply: Reply | None = None
    try:
        reply = await _said(row, growing, turn)
        await _lasting(row, hold.complete, reply)
    except Stopped:
        await _settle(row, reply or cut_short(turn, growing.text, growing.draft))
        return True
    except Superseded:
        logger.warning("answer taken over", extra={"answer": row.pk})
        return False
    except asyncio.CancelledError:
        # The process is ending: another takes the answer up without waiting for the lease.
        with suppress(Superseded):
            await in_thread(hold.release)(row)
        raise
    except AWAY as error:
        # Without the database nothing can be told either: the lease runs out, and it is tried anew.
        logger.warning("answer left", extra={"answer": row.pk} | told(error))
        return False
    except Exception as error:  # noqa: BLE001
        # The boundary of the journey: whatever broke, the client is told and the log has it.
        logger.error(  # noqa: TRY400 - a traceback may quote the client
            "answer failed", extra={"answer": row.pk} | told(error)
        )
        with suppress(Superseded):
            await in_thread(hold.fail)(row)
    finally:
        growing.rest()
    await growing.done()
    if reply:
        await in_thread(_file)(row, turn, reply)
    _start(roll_on(row.pk, turn))
    return True


async def _said(row: Message, growing: Growing, turn: Turn) -> Reply:
    """The reply, once it is there. Raises Superseded as soon as it is known not to be ours."""
    saying = asyncio.create_task(_relay(growing, turn))
    holding = asyncio.create_task(_hold_on(row, growing))
    try:
        await asyncio.wait((saying, holding), return_when=asyncio.FIRST_COMPLETED)
        if holding.done():
            holding.result()
        return saying.result()
    finally:
        # A model that is speaking is left at once.
        saying.cancel()
        holding.cancel()
        await asyncio.gather(saying, holding, return_exceptions=True)


async def _relay(growing: Growing, turn: Turn) -> Reply:
    """The answer is sought, judged and written as its client reads: for nobody else's eyes."""
    own = People(visitors=(UUID(turn.visitor),)) if turn.visitor else NOBODY
    with reading(turn.viewer, own):
        return await _relayed(growing, turn)


async def _relayed(growing: Growing, turn: Turn) -> Reply:
    async with aclosing(answer(turn)) as events:
        async for event in events:
            match event:
                case Delta(words, draft):
                    growing.add(words, draft)
                case Restart():
                    await growing.restart()
                case Done(reply):
                    await growing.flush()
                    return reply
    raise RuntimeError("the ladder ended without a reply")


_woken: dict[int, asyncio.Event] = {}


async def let_go(answer_id: int) -> None:
    """After an answer was stopped: its writer, if it is here, leaves it; else the next begins."""
    if event := _woken.get(answer_id):
        event.set()
    elif (due := await in_thread(hold.next_of_stopped)(answer_id)) is not None:
        begin(due)


async def _hold_on(row: Message, growing: Growing) -> None:
    """Keep the words and the lease, every second, until that is refused."""
    event = _woken.setdefault(row.pk, asyncio.Event())
    try:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), until_next())
            event.clear()
            try:
                await renew(row, growing.text)
            except AWAY:
                logger.warning("answer not kept", extra={"answer": row.pk})
    finally:
        _woken.pop(row.pk, None)


async def _lasting(row: Message, act: Callable[[Message, Reply], None], reply: Reply) -> None:
    """Write `reply`; a database that is away is waited for. The fence holds meanwhile."""
    until = monotonic() + PATIENCE
    while True:
        try:
            return await in_thread(act)(row, reply)
        except AWAY:
            if monotonic() > until:
                raise
            # The connection may have been lost after the writing and before its receipt.
            with suppress(*AWAY):
                if await in_thread(hold.is_complete)(row):
                    return None
            await asyncio.sleep(AGAIN)


async def _settle(row: Message, reply: Reply) -> None:
    """Keep what stands of a stopped answer, and show it."""
    with suppress(Superseded, *AWAY):
        await _lasting(row, hold.settle, reply)
    await poke(row.conversation_id, "turn")


def _file(row: Message, turn: Turn, reply: Reply) -> None:
    """What the house learns from a question, as far as the client allows; they have the answer."""
    try:
        file(turn, reply)
        if row.question:
            learn(row.question)
    except Exception as error:  # noqa: BLE001
        # Whatever breaks here, the answer stands and those after it are still to be written.
        logger.warning("not filed", extra={"answer": row.pk} | told(error))


def told(error: Exception) -> dict[str, object]:
    """What a log may have of `error`: its kind and its place. Its words may quote the client."""
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


async def write_on(answer_id: int) -> None:
    """Write an answer and then those its conversation waits for, in order."""
    due: int | None = answer_id
    while due is not None and await write(due):
        due = await in_thread(hold.following)(due)


async def adopt(orphans: list[Message]) -> None:
    """Write, all at once, answers whose process has died."""
    await asyncio.gather(*(take_up(row) for row in orphans))


async def take_up(orphan: Message) -> None:
    """Write it, and those that wait for it; one that was tried too often is given up."""
    if not await in_thread(hold.given_up)(orphan):
        return await write_on(orphan.pk)
    logger.error("answer given up", extra={"answer": orphan.pk})
    await poke(orphan.conversation_id, "turn")
    if (due := await in_thread(hold.following)(orphan.pk)) is not None:
        await write_on(due)
    return None


async def sweep() -> None:
    """From time to time, take up the answers that nobody writes and somebody should."""
    while True:
        await asyncio.sleep(settings.ORPHANS_EVERY)
        await in_thread(look)()
        try:
            found = await in_thread(hold.orphans)()
        except AWAY as error:
            logger.warning("orphans not looked for", extra={"error": type(error).__name__})
            continue
        for orphan in found:
            _start(take_up(orphan))


_running: set[asyncio.Task[None]] = set()


def begin(answer_id: int) -> asyncio.Task[None]:
    """Start writing in this event loop; the task belongs to the process, not to the request."""
    return _start(write_on(answer_id))


def _start(writing: Coroutine[None, None, None]) -> asyncio.Task[None]:
    with everything():  # whoever asked: the task is the house's, and keeps this scope
        task = asyncio.create_task(writing)
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
