"""The model rung: puts the question and its evidence to a model, and shows what it may say.

A model may ask for tools, in ROUNDS rounds at most and within the calls that the turn has left;
what they find joins the evidence that its answer is held to. The last call that may be made is
made without tools, so that it must answer.
"""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Literal

from concierge.answering.checker import Checker
from concierge.answering.compose import asked, guided
from concierge.answering.extract import fact_line, said
from concierge.answering.fit import fitted, half
from concierge.answering.manners import heed, in_own_words, manner_of
from concierge.answering.markers import NO_ANSWER
from concierge.answering.rows_owed import owed
from concierge.answering.speech import Speech
from concierge.answering.tools.found import Found
from concierge.answering.tools.use import ALL, look_up, offered, refused
from concierge.answering.turn import (
    Delta,
    Draft,
    Evidence,
    Reply,
    Restart,
    Step,
    Turn,
    forms_of,
)
from concierge.answering.understand import understand
from concierge.answering.verify import verify
from concierge.answering.withhold import Withheld
from concierge.llm.errors import EmptyError, TooLongError
from concierge.llm.protocol import Called, Model, Prompt, Result, ToolCall
from concierge.llm.upstream import Upstream

ROUNDS = 2  # of tools, in one answer
CALLS = 4  # of tools, in one round
LEISURE = 3.0  # seconds until words must be coming; with less no tool is offered
TOOLS = "tools"  # why words are taken back that came before a call

Part = Delta | Restart | Step | Reply


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

    async def answer(self, turn: Turn, evidence: Evidence) -> AsyncGenerator[Part, None]:
        """Deltas as the words come, a step for each tool used, then the verified reply.

        Raises ProviderError, UnsupportedError or NoAnswerError, also after some deltas.
        """
        window, evidence = self.model.endpoint.context, guided(evidence)
        talk = Talk(*fitted(turn, evidence, window), self.name)
        try:
            async with aclosing(self._talked(talk)) as parts:
                async for part in parts:
                    yield part
        except TooLongError:
            if talk.messages or talk.has_shown:
                raise
        else:
            return
        # Its window is smaller than was thought: half as much is put to it, once.
        talk = Talk(*fitted(turn, evidence, half(talk.turn, talk.evidence)), self.name)
        async with aclosing(self._talked(talk)) as parts:
            async for part in parts:
                yield part

    async def _talked(self, talk: "Talk") -> AsyncGenerator[Part, None]:
        for rounds in range(ROUNDS, -1, -1):
            prompt = talk.prompt(with_tools=self._may_use_tools(rounds))
            async with aclosing(self.upstream.ask(self.model, prompt)) as parts:
                async for part in parts:
                    if shown := talk.heard(part):
                        yield shown
            if not (prompt.tools and talk.calls):
                if shown := talk.ended():
                    yield shown
                break
            if talk.has_shown:
                yield Restart(TOOLS)
            async for step in talk.used():
                yield step
        reply = talk.reply()
        if reply.person:
            yield Delta(reply.text[len(talk.verified) :])
        yield reply

    def _may_use_tools(self, rounds: int) -> bool:
        """Whether a round of tools leaves a call, and the time, to answer after it."""
        allowance = self.upstream.allowance
        if allowance is None:
            return rounds > 0
        return rounds > 0 and allowance.calls > 1 and allowance.seconds_left > LEISURE


@dataclass
class Talk:
    """One answer on its way: what was asked and given back so far."""

    turn: Turn
    evidence: Evidence
    rung: str
    version: str = ""
    has_person: bool = False
    has_grown: bool = False
    verified: str = ""
    messages: tuple[Called | Result, ...] = ()
    calls: list[ToolCall] = field(default_factory=list)
    _first: Prompt = field(init=False)
    _given: dict[str, str] = field(default_factory=dict)  # texts of results by call

    def __post_init__(self) -> None:
        self.version, self._first = asked(self.turn, self.evidence, offered(self.turn.kind))
        told = (self._first.system, *(tool.description for tool in self._first.tools))
        self.withheld = Withheld("\n".join(told), self.turn.brand.contact)

    def _checker(self) -> Checker:
        return Checker(self.evidence, self.withheld, self.turn.brand.name)

    def prompt(self, *, with_tools: bool) -> Prompt:
        """The next call's; what was heard before it is forgotten."""
        self.calls, self.has_shown = [], False
        self.speech = Speech(self._checker(), manner_of(self.turn))
        messages = (*self._first.messages, *self.messages)
        return replace(
            self._first, messages=messages, tools=self._first.tools if with_tools else ()
        )

    def heard(self, part: str | ToolCall) -> Delta | None:
        """What of it may be shown."""
        if isinstance(part, ToolCall):
            self.calls.append(part)
            return None
        return self._shown(self.speech.hear(part))

    def ended(self) -> Delta | None:
        """What may still be shown when nothing more is said."""
        return self._shown(self.speech.finish())

    def _shown(self, words: str) -> Delta | None:
        self.has_shown |= bool(words)
        return Delta(words, Draft(self.speech.said, self.evidence)) if words else None

    async def used(self) -> AsyncGenerator[Step, None]:
        """The steps of the round; afterwards the results stand in the next prompt."""
        results: list[Result] = []
        for number, call in enumerate(self.calls):
            began = monotonic()
            found = await self._found(call, number)
            self.has_person |= found.person
            self.has_grown |= found.evidence is not self.evidence
            self.evidence = found.evidence
            results.append(Result(call, found.text))
            name = call.name if call.name in ALL else "tool"
            outcome: Literal["failed", "answered"] = "failed" if found.is_fault else "answered"
            yield Step(name, outcome, found.reason, round((monotonic() - began) * 1000))
        self.messages += (Called(tuple(self.calls), self.speech.draft), *results)

    async def _found(self, call: ToolCall, number: int) -> Found:
        key = same(call)
        if key in self._given:
            return Found(self.evidence, self._given[key], "again")
        if number >= CALLS:
            text = f"Too many calls at once: {CALLS} at most are answered."
            return refused(self.evidence, text, "too_many")
        found = await look_up(self.turn, self.evidence, call)
        self._given[key] = found.text
        return found

    def reply(self) -> Reply:
        """Raises UnsupportedError, NoAnswerError, or EmptyError for calls nobody offered."""
        if not self.speech.draft.replace(NO_ANSWER, "").strip():
            raise EmptyError if self.calls else NoAnswerError
        draft = heed(self.turn, self.speech.draft, self.evidence)
        verified = verify(draft, self.evidence, self.withheld, self.turn.brand.name)
        missing = owed(self.turn, verified.text, self.evidence)
        query = understand(self.turn).query
        rows = [piece.told or fact_line(piece, query) for piece in missing]
        told = in_own_words(self.turn, verified.text, self.evidence)
        self.verified = "\n\n".join([*rows, told])
        pieces = list(dict.fromkeys([*missing, *verified.pieces]))
        return Reply(
            text="\n\n".join([self.verified, *self._person()]),
            citations=verified.citations,
            product_ids=tuple(piece.product_id for piece in pieces),
            forms=forms_of(pieces),
            rung=self.rung,
            prompt_version=self.version,
            person=self.has_person,
            support=self.evidence.support if self.has_grown else None,
        )

    def _person(self) -> Sequence[str]:
        is_told = self.has_person and self.turn.brand.contact
        return [said("person", self.turn)] if is_told else []


def same(call: ToolCall) -> str:
    """Equal for calls that ask for the same."""
    try:
        arguments = json.dumps(json.loads(call.arguments), sort_keys=True)
    except (ValueError, RecursionError):
        arguments = call.arguments
    return f"{call.name} {arguments}"
