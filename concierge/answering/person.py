"""The last rung: an apology, and a person of the house to turn to. All it needs is the turn."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from concierge.answering.manners import own
from concierge.answering.support import language
from concierge.answering.turn import Delta, Evidence, Reply, Turn

RUNG = "person"
WORDS = {
    "en": (
        "I am sorry: I cannot look this up at the moment.",
        "A person will gladly help you: {contact}.",
        "Please ask me again in a little while.",
    ),
    "fr": (
        "Je suis navré : je ne peux pas chercher cela en ce moment.",
        "Une personne vous répondra volontiers : {contact}.",
        "Reposez-moi la question dans un instant, je vous prie.",
    ),
    "it": (
        "Mi dispiace: in questo momento non posso cercarlo.",
        "Una persona Le risponderà volentieri: {contact}.",
        "La prego di chiedermelo di nuovo tra poco.",
    ),
    "de": (
        "Es tut mir leid: Im Augenblick kann ich das nicht nachsehen.",
        "Ein Mensch hilft Ihnen gern weiter: {contact}.",
        "Bitte fragen Sie mich gleich noch einmal.",
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Stands under all other rungs. Cannot fail."""

    name: str = RUNG
    calls_upstream: bool = False

    async def answer(self, turn: Turn, evidence: Evidence) -> AsyncGenerator[Delta | Reply, None]:
        reply = offered(turn)
        yield Delta(reply.text)
        yield reply


def offered(turn: Turn) -> Reply:
    """In the language of the question when we speak it, else the house's, else English."""
    codes = (language(turn.question, margin=1), turn.brand.language[:2], "en")
    apology, contact, later = next(WORDS[code] for code in codes if code in WORDS)
    busy = own(turn, "busy")
    if not turn.brand.contact:
        return Reply(text=busy or f"{apology} {later}", rung=RUNG)
    told = own(turn, "person") or contact.format(contact=turn.brand.contact)
    return Reply(text=f"{busy or apology} {told}", rung=RUNG, person=True)
