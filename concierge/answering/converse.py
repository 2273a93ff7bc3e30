"""The model rung: puts the question and its evidence to a model, and shows what it may say."""

import html
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from string import Template

from archive.support import UNSURE
from concierge.answering import figures
from concierge.answering.checker import Checker
from concierge.answering.manners import due, heed, in_own_words, manner_of
from concierge.answering.markers import MARKERS, NO_ANSWER, markers_in
from concierge.answering.turn import (
    Delta,
    Draft,
    Evidence,
    Exchange,
    Guidance,
    Piece,
    Reply,
    Source,
    Turn,
    forms_of,
)
from concierge.answering.verify import verify
from concierge.answering.withhold import Recital, Withheld, seen
from concierge.llm.protocol import Model, Prompt, Said
from concierge.llm.upstream import Upstream
from concierge.voice.brief import brief
from concierge.voice.heed import is_banned, mended
from concierge.voice.manner import Manner

PROMPT = Path(__file__).with_name("prompts") / "answer.md"
MAX_TOKENS = 2000  # an answer takes about 300; a reasoning model thinks within the rest
HISTORY = 8  # earlier messages a model is told
HISTORY_LENGTH = 4000  # characters of them
# Said before the question when the search's own estimate is low.
DOUBT = (
    "The sources probably do not answer this question. If they do not, write [none]; do not answer "
    "another question instead. If they answer a part, say in one sentence what they do not tell."
)
TAGS = re.compile(r"<(?=/?\s*(?:sources?|pieces?|guidance|said|question)\b)", re.IGNORECASE)


class NoAnswerError(Exception):
    """The model read the evidence and says that it does not answer the question."""

    reason = "not_in_archive"


@dataclass(frozen=True, slots=True)
class Converse:
    """One model as a rung. `name` is its provider's."""

    model: Model
    upstream: Upstream
    calls_upstream: bool = True

    @property
    def name(self) -> str:
        return self.model.endpoint.provider

    async def answer(self, turn: Turn, evidence: Evidence) -> AsyncGenerator[Delta | Reply, None]:
        """Deltas as the words come, then the verified reply.

        Raises ProviderError, UnsupportedError or NoAnswerError, also after some deltas.
        """
        evidence = guided(evidence)
        version, prompt = asked(turn, evidence)
        withheld = Withheld(prompt.system, turn.brand.contact)
        speech = Speech(Checker(evidence, withheld), manner_of(turn))
        async with aclosing(self.upstream.ask(self.model, prompt)) as parts:
            async for part in parts:
                if isinstance(part, str) and (shown := speech.hear(part)):
                    yield Delta(shown, Draft(speech.said, evidence))
        if not speech.draft.replace(NO_ANSWER, "").strip():
            raise NoAnswerError
        verified = verify(heed(turn, speech.draft, evidence), evidence, withheld)
        yield Reply(
            text=in_own_words(turn, verified.text, evidence),
            citations=verified.citations,
            product_ids=tuple(piece.product_id for piece in verified.pieces),
            forms=forms_of(verified.pieces),
            rung=self.name,
            prompt_version=version,
        )


def guided(evidence: Evidence) -> Evidence:
    """With what the guidance rests on among the sources, so that it can be cited."""
    known = {(source.version_id, source.text) for source in evidence.sources}
    added: list[Source] = []
    for source in (source for each in evidence.guidance for source in each.sources):
        if (source.version_id, source.text) not in known:
            known.add((source.version_id, source.text))
            added.append(replace(source, number=len(evidence.sources) + len(added) + 1))
    return replace(evidence, sources=(*evidence.sources, *added))


def asked(turn: Turn, evidence: Evidence) -> tuple[str, Prompt]:
    """The prompt's version, and the prompt for this turn."""
    version, rules = template()
    return version, Prompt(
        system=rules.substitute(house=turn.brand.name, voice=brief(turn.brand.manners)),
        messages=(*spoken(turn.history), Said("user", question(turn, evidence))),
        max_tokens=MAX_TOKENS,
        reference=turn.reference,
        payer=turn.payer,
    )


@cache
def template() -> tuple[str, Template]:
    """The version in the prompt file's first line, and the text after it."""
    first, _, rest = PROMPT.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("version:").strip(), Template(rest.strip())


def spoken(history: tuple[Exchange, ...]) -> list[Said]:
    """The newest messages that fit the budget, oldest first, beginning with the client's.

    Earlier markers are left out: their numbers meant other sources.
    """
    kept: list[Said] = []
    left = HISTORY_LENGTH
    for exchange in reversed(history[-HISTORY:]):
        text = MARKERS.sub("", exchange.text).strip()
        left -= len(text)
        if left < 0:
            break
        if text:
            kept.append(Said("user" if exchange.role == "client" else "assistant", text))
    while kept and kept[-1].role == "assistant":
        kept.pop()
    return kept[::-1]


def question(turn: Turn, evidence: Evidence) -> str:
    """The last message: the evidence as data between tags that it cannot close, the question."""
    parts = [tagged("sources", [source_block(source) for source in evidence.sources])]
    if evidence.pieces:
        parts.append(tagged("pieces", [piece_block(piece) for piece in evidence.pieces]))
    if evidence.guidance:
        parts.append(tagged("guidance", [guidance_block(each) for each in evidence.guidance]))
    if evidence.support < UNSURE and not evidence.pieces:
        parts.append(DOUBT)
    if said := due(turn):
        parts.append(tagged("said", [quoted(each) for each in said]))
    parts.append(tagged("question", [quoted(turn.question)]))
    return "\n\n".join(parts)


def source_block(source: Source) -> str:
    named = {"number": str(source.number), "title": source.title, "date": source.date}
    words = attributes({**named, "kind": source.kind})
    return f"<source {words}>\n{quoted(source.text)}\n</source>"


def guidance_block(guidance: Guidance) -> str:
    """Its marks are left out: their numbers mean other sources."""
    return f"{quoted(guidance.question)}\n{quoted(MARKERS.sub('', guidance.text))}"


def piece_block(piece: Piece) -> str:
    words = attributes({"number": f"P{piece.number}", "title": piece.title})
    return f"<piece {words}>\n{quoted(piece.facts)}\n</piece>"


def tagged(tag: str, blocks: list[str]) -> str:
    return "\n".join([f"<{tag}>", *blocks, f"</{tag}>"])


def attributes(values: dict[str, str]) -> str:
    return " ".join(
        f'{name}="{html.escape(" ".join(value.split()))}"'
        for name, value in values.items()
        if value
    )


def quoted(text: str) -> str:
    """Text of others, unable to open or close one of the prompt's own tags."""
    return TAGS.sub("‹", text)


# What may still grow into something else than it looks: a marker, a number, the space before.
UNFINISHED = re.compile(r"\s*(?:[\[【][^\]】\n]{0,30}|[^\s\[【]*\d[^\s\[【\]】]*)?$")
TOKENS = re.compile(
    rf"(?P<marker>{MARKERS.pattern})|(?P<space>\s+)|(?P<word>[^\s\[【]+|[\[【])", re.I
)
STOP = re.compile(r"[.!?…][\"'”’»)]*$")


class Speech:
    """What a model is saying, and how much of it may already be shown.

    Markers are never shown in part, and bear the numbers the finished answer will give them. From
    a number that no evidence has, a strange address, the words of a prompt or a word that the house
    never says to the end of its sentence nothing is shown: that sentence will not be part of the
    answer.
    """

    def __init__(self, checker: Checker, manner: Manner | None = None) -> None:
        self.checker = checker
        self.manner = manner
        self.draft = ""
        self._held = ""
        self._space = ""  # not shown before it is known what follows
        self._sentence = ""
        self._since_marker = 0
        self._muted = False
        self._recital = Recital(checker.withheld.rules)

    @property
    def said(self) -> str:
        """The draft without what is not yet known to be whole."""
        return self.draft[: len(self.draft) - len(self._held)]

    def hear(self, words: str) -> str:
        """What may be shown now that `words` were said."""
        words = seen(words)
        self.draft += words
        self._held += words
        found = UNFINISHED.search(self._held)
        ready = found.start() if found else len(self._held)
        text, self._held = self._held[:ready].replace(NO_ANSWER, ""), self._held[ready:]
        return "".join(self._shown(match) for match in TOKENS.finditer(text))

    def _shown(self, match: re.Match[str]) -> str:
        if match["marker"]:
            return "" if self._muted else self._markers(match)
        if space := match["space"]:
            recites = self._recital.hears(space)
            if STOP.search(self._sentence) or "\n" in space:
                self._sentence, self._since_marker, self._muted = "", 0, recites
            else:
                self._sentence += space
                self._muted |= recites
            self._space = space
            return ""
        return self._word(match["word"])

    @cached_property
    def _known(self) -> figures.Known:
        return self.checker.all_numbers | self.checker.asked

    @cached_property
    def _told(self) -> tuple[str, ...]:
        evidence = self.checker.evidence
        facts = [piece.facts for piece in evidence.pieces]
        return (*(source.text for source in evidence.sources), *facts)

    def _word(self, word: str) -> str:
        figured = all(figure.stands_in(self._known) for figure in figures.figures(word))
        recites = self._recital.hears(word)
        self._sentence += word
        strange = self.checker.withheld.strange(self._sentence.split()[-1], self._told)
        self._muted |= recites or strange or not figured or is_banned(self._sentence, self.manner)
        if self._muted:
            return ""
        space, self._space = self._space, ""
        return space + (mended(word, self.manner) if self.manner else word)

    def _markers(self, match: re.Match[str]) -> str:
        shown = ""
        for marker in markers_in(match, len(self._sentence)):
            if marker.of_piece:
                continue
            since = self._sentence[self._since_marker :]
            number = self.checker.cite(marker.number, self._sentence, since)
            shown += f"[{number}]" if number and f"[{number}]" not in shown else ""
        self._since_marker = len(self._sentence)
        self._space = ""
        return f" {shown}" if shown else ""
