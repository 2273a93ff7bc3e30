"""A client of whom the house holds something in every kind of place, by the product's own doors."""

import asyncio
import random
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.utils import timezone
from redis.asyncio import Redis

from archive.models import Brand
from archive.viewer import Viewer
from bench.erasure import marks
from concierge.accounts.join import names
from concierge.accounts.letter import where
from concierge.accounts.models import Mailbox
from concierge.answering.turn import Reply, Turn, Voice
from concierge.audit.readings import open_words
from concierge.chat import hold
from concierge.chat.ask import Question, accept
from concierge.chat.models import Message
from concierge.chat.payer import asked_from
from concierge.chat.stream import Writer, attempt_at
from concierge.clients import consent
from concierge.clients.models import Client, Memory, Note, Purpose, Visitor
from concierge.clients.visitors import KEY
from concierge.gaps.file import file
from concierge.gaps.models import Asking, Gap
from concierge.gaps.settle import begin
from concierge.llm.transcript import Sent, Transcript
from concierge.privacy.export import ask
from concierge.privacy.forget import forget_pair
from concierge.privacy.holds import end, put_on_hold
from concierge.privacy.session_store import SessionStore

# Each kind of mark, and where it comes to lie: columns, and places beside the database. A test
# holds them to the data map.
PLACES = {
    "question": ("chat_message.text",),
    "answer": ("chat_message.text",),
    "summary": ("chat_conversation.summary",),
    "voice fault": ("chat_message.voice_faults",),
    "memory": ("clients_memory.text",),
    "note": ("clients_note.text",),
    "question left open": (
        "gaps_gap.question",
        "gaps_gap.vector",
        "gaps_asking.text",
        "gaps_asking.vector",
        "approved_wording.text",
        "django_admin_log.object_repr",
    ),
    "address": ("accounts_mailbox.email",),
    "growing words": ("Redis: streams",),
    "thrown away": ("privacy_setaside.rows",),
    "copy to take away": ("privacy_export.content",),
    "reason of a reading": ("audit_reading.words",),
    "reason of a hold": ("privacy_hold.why",),
    "session": ("django_session.session_data",),
    "queued payload": ("Redis: queues",),
    "cache entry": ("Redis: cache",),
    "watched call": ("Redis: transcripts",),
    "letter": ("files: letters",),
}
KINDS = tuple(PLACES)
QUEUED = "privacy.make_export"
REPLY = Reply("", rung="extractive")
LEFT_OPEN = Reply("The archive does not say.", rung="extractive", refused=True, support=0.2)


@dataclass
class Planted:
    """A client, their mark of each kind, and the vector made of one, as the database tells it."""

    visitor: Visitor
    marks: dict[str, str]
    vector: str = ""
    numbers: list[float] = field(default_factory=list)

    def patterns(self) -> list[tuple[bytes, tuple[str, str]]]:
        found = [
            (told, (kind, form))
            for kind, mark in self.marks.items()
            for form, told in marks.forms(mark)
        ]
        if self.vector:
            found += [
                (told, ("question left open", form))
                for form, told in marks.of_vector(self.numbers, self.vector)
            ]
        return found


def plant(brand: Brand, staff: Any, chance: random.Random) -> Planted:
    own = {kind: marks.made(chance) for kind in KINDS}
    own["address"] = own["address"].lower()
    visitor = signed_in(brand, own["address"])
    for purpose in Purpose.values:
        consent.give(visitor, purpose, place="bench")
    answer = talked(brand, visitor, own)
    Memory.objects.create(visitor=visitor, kind="taste", text=own["memory"], origin="said")
    Note.objects.create(visitor=visitor, author=staff, text=own["note"])
    open_words(answer.conversation_id, visitor, staff, "asked", own["reason of a reading"])
    end(put_on_hold(answer.conversation, staff, own["reason of a hold"]), staff)
    planted = Planted(visitor, own)
    leave_open(planted, brand, staff, own["question left open"])
    beside(visitor, answer, own)
    asyncio.run(watched(visitor, own["watched call"]))
    if where():
        letter(own["address"], own["letter"])
    return planted


def signed_in(brand: Brand, address: str) -> Visitor:
    from django.contrib.auth import get_user_model

    email = f"{address}@example.org"
    user = get_user_model().objects.create(username=names(brand, email)[0])
    client = Client.objects.create(brand=brand, user=user)
    visitor = Visitor.objects.create(brand=brand, browser=uuid.uuid4(), client=client)
    Mailbox.objects.create(visitor=visitor, email=email)
    return visitor


def asked(brand: Brand, visitor: Visitor, text: str, conversation: uuid.UUID) -> Message:
    return accept(brand, visitor, Question(conversation, text, uuid.uuid4()))[0]


def talked(brand: Brand, visitor: Visitor, own: dict[str, str]) -> Message:
    """A whole exchange, another that was thrown away a moment ago, and what is remembered of it."""
    conversation = uuid.uuid4()
    thrown = asked(brand, visitor, f"Forget {own['thrown away']} please.", conversation)
    forget_pair(visitor, thrown.question)
    answer = asked(brand, visitor, f"Who is {own['question']} of Lyon?", conversation)
    held = hold.claim(answer.pk)
    assert held is not None
    asyncio.run(grow(held, f"<p>{own['growing words']}</p>"))
    faults = ({"rule": "never", "words": own["voice fault"]},)
    text = f"It was {own['answer']}."
    hold.complete(held, replace(REPLY, text=text, voice_faults=faults))
    row = held.conversation
    row.summary = f"They asked for {own['summary']}."
    row.save(update_fields=["summary"])
    return held


async def grow(held: Message, html: str) -> None:
    from archive.threads import in_thread

    attempt = await in_thread(attempt_at)(held)
    await Writer(held.conversation_id, attempt).send("block", 0, html)


def leave_open(planted: Planted, brand: Brand, staff: Any, mark: str) -> None:
    """A question for the curators, of whom one has begun an answer to it."""
    visitor = planted.visitor.pk
    question = f"Has {mark} of Tours ever drawn for you?"
    file(
        Turn(Voice(brand.name), question, Viewer.reading(brand.pk), visitor=visitor.hex), LEFT_OPEN
    )
    if (
        asking := Asking.objects.filter(visitor=visitor)
        .extra(select={"told": "vector::text"})
        .first()
    ):
        planted.numbers, planted.vector = list(asking.vector), asking.told
        gap = asking.gap
        begin(gap, staff)
        kind = ContentType.objects.get_for_model(Gap)
        LogEntry.objects.create(
            user=staff,
            content_type=kind,
            object_id=str(gap.pk),
            object_repr=gap.question[:200],
            action_flag=CHANGE,
        )


async def watched(visitor: Visitor, mark: str) -> None:
    """A call to a provider that somebody of the house has watched."""
    said = (("user", mark),)
    sent = Sent("", "openai", "model", "", "", "", "answer", visitor.pk.hex, "", said, ())
    async with Redis.from_url(settings.REDIS_URL) as server:
        await Transcript(server, visitor.brand_id, sent).keep("ok")


def letter(address: str, mark: str) -> None:
    """As it lies on a trial run."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{uuid.uuid4().hex}.log").write_text(f"To: {address}@example.org\n\n{mark}\n")


def beside(visitor: Visitor, answer: Message, own: dict[str, str]) -> None:
    """What lies in no table of theirs: a session, a payload that waits, an entry of the cache."""
    copy = ask(visitor)
    copy.content, copy.finished = own["copy to take away"], timezone.now()
    copy.save()
    session: SessionBase = SessionStore()
    session[KEY], session["letter"] = str(visitor.browser), own["session"]
    session.create()
    told = {"argsrepr": own["queued payload"]}
    current_app.send_task(QUEUED, args=[str(visitor.pk)], **told)
    cache.set(asked_from(answer.pk), own["cache entry"], 3600)
