"""A conversation as the staff sees it, before and after a reason was given to read its words."""

from dataclasses import dataclass
from typing import Any

from django import forms

from archive.console.page import counted, lasted
from archive.console.wording import moment
from concierge.audit.models import Reason
from concierge.chat.models import Conversation, Message

SHORTEST, LONGEST = 10, 300  # characters of a reason's sentence
LONGEST_NOTE = 1000  # characters


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(choices=[("", "Choose a reason"), *Reason.choices])
    words = forms.CharField(
        label="In a sentence",
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept with the client’s own words, and gone with them.",
        error_messages={"min_length": "Say it in a sentence: a reason is read by others."},
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="A note for colleagues",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The client may read it.",
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One message: its facts, and `text`, which is None while the words are closed."""

    message: Message
    at: str  # where the house is
    facts: tuple[str, ...]
    text: str | None
    sources: tuple[tuple[int, str], ...] = ()
    pieces: tuple[str, ...] = ()


def line(message: Message, conversation: Conversation, *, is_open: bool) -> Line:
    at = moment(message.created, conversation.brand).partition(" (")[0]
    if not is_open:
        return Line(message, at, told(message), None)
    sources = tuple((each.number, each.version.document.title) for each in message.citations.all())
    pieces = tuple(each.title for each in message.products.all())
    return Line(message, at, told(message), message.text, sources, pieces)


def told(message: Message) -> tuple[str, ...]:
    """What may be said of a message without any of its words."""
    found = [message.kind, message.rung and f"by {message.rung}"]
    if message.state != Message.State.COMPLETE:
        found.append(str(message.get_state_display()).lower())
    if message.refused:
        found.append("the archive does not say")
    if message.person:
        found.append("a person was offered")
    if message.support is not None:
        found.append(f"support {message.support:.0%}")
    if message.finished:
        found.append(f"took {lasted(message.finished - message.created)}")
    return tuple(filter(None, found))


def facts(conversation: Conversation) -> list[tuple[str, Any]]:
    brand = conversation.brand
    return [
        ("Brand", brand.name),
        ("Read as", conversation.get_audience_display()),
        ("Began", moment(conversation.created, brand)),
        ("Last word", moment(conversation.updated, brand)),
        ("Length", counted(conversation.messages.count(), "message")),
    ]
