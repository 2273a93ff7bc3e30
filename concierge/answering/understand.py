"""What is being asked, worked out without a model: small talk, and queries that stand alone."""

import re
from dataclasses import dataclass
from typing import Literal

from concierge.answering.turn import Turn

Kind = Literal["greeting", "thanks", "farewell", "question"]

# Whole messages only: "hello" greets, "hello, who drew the heron?" asks.
GREETING = re.compile(
    r"(hi|hello|hey|good (morning|afternoon|evening|day)|bonjour|bonsoir|salut|ciao|buongiorno"
    r"|buonasera|hallo|guten (morgen|tag|abend)|hola|buenos d[ií]as)( there| all| everyone)?"
)
THANKS = re.compile(
    r"((ok(ay)?|great|perfect|lovely|wonderful)[ ,]+)?(many thanks|thanks?( you)?( (so|very) much)?"
    r"|thank you|merci( (beaucoup|bien))?|grazie( mille)?|danke( sch[oö]n)?|gracias)"
)
FAREWELL = re.compile(r"(good ?bye|bye( bye)?|au revoir|arrivederci|auf wiedersehen|adi[oó]s)")
SMALL_TALK: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("greeting", GREETING),
    ("thanks", THANKS),
    ("farewell", FAREWELL),
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """`query` is the question as asked; `standalone` also carries what it leans on."""

    kind: Kind
    query: str
    standalone: str

    @property
    def queries(self) -> tuple[str, ...]:
        """The searches to run and fuse, the plain question first."""
        return (self.query,) if self.standalone == self.query else (self.query, self.standalone)


def understand(turn: Turn) -> Understanding:
    """Kind and queries of a turn.

    A follow-up is searched for twice, alone and with the client's previous question: fused by
    reciprocal rank this gained 0.05 nDCG@10 on conversations, and leaves a new subject findable
    (docs/retrieval.md).
    """
    query = " ".join(turn.question.split())
    bare = re.sub(r"[\s!.?,…]+$", "", query.lower())
    kind: Kind = next((kind for kind, form in SMALL_TALK if form.fullmatch(bare)), "question")
    asked = [said.text for said in turn.history if said.role == "client"]
    standalone = f"{' '.join(asked[-1].split())} {query}" if asked else query
    return Understanding(kind, query, standalone)
