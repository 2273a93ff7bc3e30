"""What is being asked, worked out without a model: its kind, and queries that stand alone."""

import re
from dataclasses import dataclass, replace

from archive.steps import Step, taken
from concierge.answering.recognise import ARCHIVE, QUESTION, Kind, Recognised, behind_greeting
from concierge.answering.recognise import recognised as recognised_in
from concierge.answering.turn import Turn
from concierge.clients.recognise import asking_part, only_tells, told_in

TURNS = 2  # questions before this one that it is searched for with
PERSON = "person"  # the topic of one who asks for somebody to speak to
HOURS = "hours"  # of one who asks when somebody is there
NOTED = "noted"  # of one who tells something of themselves and asks nothing
# Said on coming and on going: later in a conversation, on going.
BOTH_WAYS = re.compile(r"^\W*(?:ciao(?:[ ,]+ciao)*|servus|salut)\W*$", re.IGNORECASE)
# What a contact says of hours: a day of the week, or every day.
DAYS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|(?:mon|diens|donners|frei"
    r"|sams|sonn)tag|mittwoch|sonnabend|daily|every day|tous les jours|ogni giorno|täglich)s?\b",
    re.IGNORECASE,
)

# Words that point back: the question is about what was spoken of before.
LEANING = re.compile(
    r"^\W*(and|also|what about|how about|et|e|ed|und|auch|aussi|anche)\b"
    r"|\b(it|its|they|them|their|that one|this one|the other( one)?|those|these|the same"
    r"|he|she|her|his"
    r"|celui|celle|ceux|celles|il|elle|ils|elles|son|sa|ses|leurs?|lui|cela|ça"
    r"|esso|essa|essi|lui|lei|loro|suo|sua|suoi|sue|quello|quella|quelli|quelle|questo|questa|ne"
    r"|es|er|sie|ihn|ihm|ihr|ihre|ihren|sein|seine|davon|dazu|damit|dieser|diese|dieses|jener"
    r"|jene|jenes)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """`query` is the question as asked; `standalone` also carries the question it leans on."""

    kind: Kind
    query: str
    standalone: str
    in_context: str = ""  # with the two questions before it; empty for a first turn
    rewritten: str = ""  # as a model made it stand alone
    topic: str = ""  # of topics.toml, where one was recognised
    languages: tuple[str, ...] = ()  # of the patterns that recognised it

    @property
    def is_for_archive(self) -> bool:
        """Whether something is to be looked up; else a courtesy is the answer."""
        return self.kind in ARCHIVE and self.topic not in {PERSON, HOURS}

    @property
    def leans(self) -> bool:
        """Whether the question points back to the one before."""
        return self.standalone != self.query and bool(LEANING.search(self.query))

    @property
    def subject(self) -> str:
        """What is spoken of: the question, with the one before only when it points back."""
        return self.standalone if self.leans else self.query

    @property
    def queries(self) -> tuple[str, ...]:
        """The searches to run and fuse, the plain question first."""
        ways = (self.query, self.in_context, self.rewritten)
        return tuple(dict.fromkeys(filter(None, ways))) or (self.query,)


def understand(turn: Turn) -> Understanding:
    """Kind and queries of a turn.

    A follow-up is searched for twice, alone and after the client's last two questions: the mean of
    both gained 0.08 nDCG@10 on conversations, and leaves a new subject findable
    (docs/questions.md).
    """
    query = " ".join(behind_greeting(turn.read_as or turn.question).split())
    found = recognised(turn.question)  # as typed: mended, the weather might be leather
    if found.topic == HOURS and not DAYS.search(turn.brand.contact):
        found = QUESTION
    if turn.history and BOTH_WAYS.match(turn.question):
        found = replace(found, topic="farewell")
    before = [asking_part(each.text) for each in turn.history if each.role == "client"]
    said = [" ".join(text.split()) for text in before]
    before = [text for text in said if text and recognised(text).kind in ARCHIVE]
    asked = Understanding(
        found.kind, query, standalone=query, topic=found.topic, languages=found.languages
    )
    if not before or not taken(Step.CONVERSATION):
        return asked
    return replace(
        asked,
        standalone=f"{before[-1]} {query}",
        in_context=" ".join([*before[-TURNS:], query]),
    )


def recognised(text: str) -> Recognised:
    """What is said, by its patterns; something told of oneself, where that is all there is."""
    found = recognised_in(text)
    if found == QUESTION and only_tells(text):
        return Recognised("small_talk", NOTED, told_in(text))
    return found
