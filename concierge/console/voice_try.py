"""An answer as it would be said, in the voice of today and in one that nobody has saved."""

from contextlib import aclosing
from dataclasses import dataclass, replace

from asgiref.sync import async_to_sync
from django.utils.safestring import SafeString, mark_safe

from archive.models import Brand
from archive.viewer import Viewer
from archive.wall.scope import reading
from concierge.answering.answer import answer
from concierge.answering.manners import voice_of
from concierge.answering.turn import Done, Reply, Turn, Voice
from concierge.chat.render import answer_html
from concierge.console.wording import rule
from concierge.voice.manner import Manner

REFERENCE = "tried"  # in the usage ledger


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer as the page shows it."""

    title: str
    html: SafeString
    score: str
    faults: list[tuple[str, str]]  # (rule in words, the words at fault)
    rung: str
    text: str


def heard(brand: Brand, question: str, edited: Manner) -> list[Heard]:
    """The answer in the voice as it is saved, if it is, and in the edited one.

    Asked as anybody may ask, and kept nowhere but in the ledger of calls.
    """
    today = voice_of(brand)
    saved = [each for each in today.manners if each.language == edited.language]
    told = [shown("As it is saved", asked(brand, question, today))] if saved else []
    others = (each for each in today.manners if each.language != edited.language)
    draft = replace(edited, version=0)
    changed = replace(today, manners=(draft, *others))
    return [*told, shown("As you have it here", asked(brand, question, changed))]


def asked(brand: Brand, question: str, voice: Voice) -> Reply:
    """Sought as anybody may read: the houses of whoever tries it, and drafts, are not behind it."""
    turn = Turn(voice, question, Viewer.reading(brand.pk), reference=REFERENCE)
    with reading(turn.viewer):
        return async_to_sync(replied)(turn)


async def replied(turn: Turn) -> Reply:
    async with aclosing(answer(turn)) as events:
        async for event in events:
            if isinstance(event, Done):
                return event.reply
    raise RuntimeError("the answer ended without a reply")


def shown(title: str, reply: Reply) -> Heard:
    return Heard(
        title=title,
        html=mark_safe(answer_html(reply.text)),  # noqa: S308 - sanitised by render
        score="" if reply.voice_score is None else f"{reply.voice_score:.2f}",
        faults=[(rule(each["rule"]), each["words"]) for each in reply.voice_faults],
        rung=reply.rung,
        text=reply.text,
    )
