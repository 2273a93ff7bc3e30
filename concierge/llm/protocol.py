"""What a model is asked and what it gives back, whoever makes it."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation put to a model.

    The first `house` characters of its text are the house's own words: its sources and its rows.
    """

    role: Literal["user", "assistant"]
    text: str
    house: int = 0


@dataclass(frozen=True, slots=True)
class Tool:
    """Something a model may ask for. `schema` is the JSON Schema of its arguments, an object."""

    name: str
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model's wish to use a tool. `arguments` is JSON as the model wrote it, unchecked."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Called:
    """A model's message that asked for tools, with what it said before them."""

    calls: tuple[ToolCall, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one tool call gave."""

    call: ToolCall
    text: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Whom a call is made for: the budgets it counts against.

    `tier` says how well they are known: new, known from an earlier day, or signed in. `address`
    is a fingerprint of the network they ask from, never the address itself.
    """

    brand_id: int
    visitor: str = ""
    tier: Literal["new", "known", "client"] = "new"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request. `messages` is oldest first and ends with the user's, or with results of tools.

    Every Called is followed at once by one Result for each of its calls, in their order.
    """

    system: str
    messages: tuple[Said | Called | Result, ...]
    max_tokens: int
    purpose: str = "answer"
    reference: str = ""  # the answer it is made for, for the ledger
    tools: tuple[Tool, ...] = ()
    payer: Payer | None = None


@dataclass(frozen=True, slots=True)
class Hidden(Prompt):
    """A prompt with nothing personal left in it. Only a Discretion makes one."""


class Restoring(Protocol):
    """Puts what was hidden back into words as they come; a piece may be kept for the next."""

    def heard(self, words: str) -> str: ...

    def ended(self) -> str:
        """What was kept last."""
        ...


class Discretion(Protocol):
    """What one turn hides from every provider, and puts back in what they say."""

    def hide(self, prompt: Prompt) -> Hidden: ...

    def restoring(self) -> Restoring: ...

    def restored(self, call: ToolCall) -> ToolCall: ...


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call. `cached_tokens` are those of `input_tokens` read from a cache.

    `stored_tokens` are those of `input_tokens` written to a cache, where that has its price.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    stored_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one provider's model answers. Equal endpoints share a client."""

    provider: str
    model: str
    api_key: str = ""
    base_url: str = ""  # empty: the provider's own
    api: str = "chat"  # for providers that speak more than one
    context: int = 8_000  # tokens it can read and write in one call, at least
    effort: str = ""  # how long a reasoning model may think; empty: the model's own
    region: str = ""  # where it computes, as the operator says; empty: nobody has said
    zero_retention: bool = False  # whether its contract says that nothing is kept
    store: str = "false"  # what is asked of it; "omit" for servers that do not know the word

    @classmethod
    def of(cls, provider: str, settings: Mapping[str, Any]) -> "Endpoint":
        known = {field.name for field in fields(cls)} - {"provider"}
        return cls(provider, **{key: value for key, value in settings.items() if key in known})


Part = str | ToolCall | Usage


class Model(Protocol):
    """One model at one provider. An adapter is a class of this shape taking an `Endpoint`."""

    endpoint: Endpoint

    def stream(self, prompt: Hidden) -> AsyncGenerator[Part, None]:
        """The answer's words as they come, tools it asks for whole, and its usage when it is told.

        Ends normally only after the provider's own final event. Raises ProviderError. Deadlines,
        the breaker and the ledger are not its concern: see `concierge.llm.upstream`.
        """
        ...

    async def aclose(self) -> None: ...
