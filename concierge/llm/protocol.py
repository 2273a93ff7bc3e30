"""What a model is asked and what it gives back, whoever makes it."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation put to a model."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request. `messages` is oldest first and ends with the user's."""

    system: str
    messages: tuple[Said, ...]
    max_tokens: int
    purpose: str = "answer"
    reference: str = ""  # the answer it is made for, for the ledger


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call; `cached_tokens` are those of `input_tokens` read from a cache."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one provider's model answers. Equal endpoints share a client."""

    provider: str
    model: str
    api_key: str = ""
    base_url: str = ""  # empty: the provider's own
    api: str = "chat"  # for providers that speak more than one
    effort: str = ""  # how long a reasoning model may think; empty: the model's own

    @classmethod
    def of(cls, provider: str, settings: Mapping[str, Any]) -> "Endpoint":
        known = {"model", "api_key", "base_url", "api", "effort"}
        return cls(provider, **{key: value for key, value in settings.items() if key in known})


class Model(Protocol):
    """One model at one provider. An adapter is a class of this shape taking an `Endpoint`."""

    endpoint: Endpoint

    def stream(self, prompt: Prompt) -> AsyncGenerator[str | Usage, None]:
        """The answer's words as they come, and its usage when the provider tells.

        Ends normally only after the provider's own final event. Raises ProviderError. Deadlines,
        the breaker and the ledger are not its concern: see `concierge.llm.ask`.
        """
        ...

    async def aclose(self) -> None: ...
