"""Anthropic's Messages."""

import logging
from collections.abc import AsyncGenerator
from typing import Any

import anthropic

from concierge.llm.deadlines import CONNECT, connecting
from concierge.llm.errors import (
    BadRequestError,
    CutError,
    DeclinedError,
    LengthError,
    OverloadedError,
    ProviderError,
    RateLimitedError,
    ServerFaultError,
    TooLongError,
    UnauthorisedError,
    UnknownModelError,
    rejected,
)
from concierge.llm.protocol import Endpoint, Part, Prompt, Said, Usage
from concierge.llm.wire import Payload, Response, as_provider_errors, network_error, payloads

# At DEBUG an SDK logs what it sends, which holds what clients wrote.
logging.getLogger("anthropic").setLevel(logging.WARNING)

KINDS: dict[str, type[ProviderError]] = {
    "overloaded_error": OverloadedError,
    "rate_limit_error": RateLimitedError,
    "authentication_error": UnauthorisedError,
    "permission_error": UnauthorisedError,
    "billing_error": UnauthorisedError,
    "not_found_error": UnknownModelError,
    "request_too_large": TooLongError,
    "invalid_request_error": BadRequestError,
}
STOPPED: dict[str, type[ProviderError] | None] = {
    "end_turn": None,
    "stop_sequence": None,
    "max_tokens": LengthError,
    "model_context_window_exceeded": LengthError,
    "refusal": DeclinedError,
}
TOO_LONG = "prompt is too long"  # the provider has no code of its own for it


class Anthropic:
    """A model behind Anthropic's API."""

    def __init__(self, endpoint: Endpoint, connect: float = CONNECT) -> None:
        self.endpoint = endpoint
        timeout = connecting(connect)
        self.client = anthropic.AsyncAnthropic(
            api_key=endpoint.api_key,
            base_url=endpoint.base_url or None,
            max_retries=0,
            timeout=timeout,
            http_client=anthropic.DefaultAioHttpClient(timeout=timeout, follow_redirects=False),
        )
        # Named here, because the SDK imports it on first use.
        self.messages = self.client.messages.with_streaming_response

    async def aclose(self) -> None:
        await self.client.close()

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Part, None]:
        effort = self.endpoint.effort
        messages: Any = [
            {"role": said.role, "content": said.text}
            for said in prompt.messages
            if isinstance(said, Said)
        ]
        try:
            with as_provider_errors():
                async with self.messages.create(
                    model=self.endpoint.model,
                    system=prompt.system,
                    messages=messages,
                    max_tokens=prompt.max_tokens,
                    stream=True,
                    extra_body={"output_config": {"effort": effort}} if effort else None,
                ) as response:
                    async for part in read_messages(response):
                        yield part
        except anthropic.APIStatusError as error:
            raise status_error(error) from None
        except anthropic.AnthropicError as error:
            raise network_error(error) from None


async def read_messages(response: Response) -> AsyncGenerator[str | Usage, None]:
    """The words of a Messages stream, whole only after `message_stop`."""
    read: Payload = {}
    stop, stopped = "", False
    async for event in payloads(response, final=lambda event: event.get("type") == "message_stop"):
        match event.get("type"):
            case "message_start":
                read = event["message"].get("usage") or {}
            case "content_block_delta":
                if event["delta"].get("type") == "text_delta":
                    yield str(event["delta"]["text"])
            case "message_delta":
                stop = event["delta"].get("stop_reason") or stop
                yield usage_of({**read, **present(event.get("usage") or {})})
            case "message_stop":
                stopped = True
            case "error":
                kind = str(event["error"].get("type", ""))
                raise KINDS.get(kind, ServerFaultError)(kind[:60])
    if not stopped:
        raise CutError
    if fault := STOPPED.get(stop, CutError):
        raise fault(stop)


def present(usage: Payload) -> Payload:
    return {key: value for key, value in usage.items() if value is not None}


def usage_of(usage: Payload) -> Usage:
    """The provider counts cached tokens apart from the others it read; a Usage holds both."""
    cached = int(usage.get("cache_read_input_tokens") or 0)
    stored = int(usage.get("cache_creation_input_tokens") or 0)
    fresh = int(usage.get("input_tokens") or 0)
    return Usage(fresh + stored + cached, int(usage.get("output_tokens") or 0), cached)


def status_error(error: anthropic.APIStatusError) -> ProviderError:
    """What an error status, or an error the SDK met, means."""
    if TOO_LONG in str(error.body).lower():
        return TooLongError(f"HTTP {error.status_code}")
    kind = KINDS.get(error.type or "")
    return kind(f"HTTP {error.status_code}") if kind else rejected(error.status_code)
