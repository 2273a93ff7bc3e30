"""OpenAI and whatever speaks like it: Chat Completions (`api` "chat") or Responses."""

import logging
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from typing import Any

import openai

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
logging.getLogger("openai").setLevel(logging.WARNING)

CODES: dict[str, type[ProviderError]] = {
    "context_length_exceeded": TooLongError,
    "string_above_max_length": TooLongError,
    "rate_limit_exceeded": RateLimitedError,
    "insufficient_quota": RateLimitedError,
    "server_error": ServerFaultError,
    "server_is_overloaded": OverloadedError,
    "slow_down": OverloadedError,
    "invalid_api_key": UnauthorisedError,
    "model_not_found": UnknownModelError,
    "content_filter": DeclinedError,
    "invalid_prompt": BadRequestError,
}
FINISHED: dict[str, type[ProviderError] | None] = {
    "stop": None,
    "length": LengthError,
    "max_output_tokens": LengthError,
    "content_filter": DeclinedError,
}
LAST_RESPONSES_EVENTS = ("response.completed", "response.incomplete", "response.failed", "error")


class OpenAI:
    """A model behind OpenAI's API or a compatible one. `endpoint.api` is "chat" or "responses"."""

    def __init__(self, endpoint: Endpoint, connect: float = CONNECT) -> None:
        self.endpoint = endpoint
        timeout = connecting(connect)
        self.client = openai.AsyncOpenAI(
            api_key=endpoint.api_key or "none",  # local servers ask for no key, the SDK does
            base_url=endpoint.base_url or None,
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultAioHttpClient(timeout=timeout, follow_redirects=False),
        )
        # Named here, because the SDK imports each on first use.
        self.completions = self.client.chat.completions.with_streaming_response
        self.responses = self.client.responses.with_streaming_response

    async def aclose(self) -> None:
        await self.client.close()

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Part, None]:
        responses = self.endpoint.api == "responses"
        request, read = (
            (self._responses(prompt), read_responses)
            if responses
            else (self._chat(prompt), read_chat)
        )
        try:
            with as_provider_errors():
                async with request as response:
                    async for part in read(response):
                        yield part
        except openai.APIStatusError as error:
            raise status_error(error) from None
        except openai.OpenAIError as error:
            raise network_error(error) from None

    def _chat(self, prompt: Prompt) -> AbstractAsyncContextManager[Any]:
        effort = self.endpoint.effort
        messages: Any = [{"role": "system", "content": prompt.system}, *spoken(prompt)]
        return self.completions.create(
            model=self.endpoint.model,
            messages=messages,
            max_completion_tokens=prompt.max_tokens,
            stream=True,
            stream_options={"include_usage": True},
            extra_body={"reasoning_effort": effort} if effort else None,
        )

    def _responses(self, prompt: Prompt) -> AbstractAsyncContextManager[Any]:
        effort = self.endpoint.effort
        messages: Any = spoken(prompt)
        return self.responses.create(
            model=self.endpoint.model,
            instructions=prompt.system,
            input=messages,
            max_output_tokens=prompt.max_tokens,
            stream=True,
            store=False,  # otherwise the provider keeps the conversation
            extra_body={"reasoning": {"effort": effort}} if effort else None,
        )


def spoken(prompt: Prompt) -> list[dict[str, str]]:
    return [
        {"role": said.role, "content": said.text}
        for said in prompt.messages
        if isinstance(said, Said)
    ]


async def read_chat(response: Response) -> AsyncGenerator[str | Usage, None]:
    """The words of a Chat Completions stream, whole only after a `finish_reason`."""
    finish = ""
    async for event in payloads(response, final=lambda event: False):
        if event.get("error"):
            raise code_error(event["error"])
        for choice in event.get("choices") or ():
            delta = choice.get("delta") or {}
            if delta.get("refusal"):
                raise DeclinedError
            if text := delta.get("content"):
                yield str(text)
            finish = choice.get("finish_reason") or finish
        if usage := event.get("usage"):
            details = usage.get("prompt_tokens_details") or {}
            yield usage_of(usage["prompt_tokens"], usage["completion_tokens"], details)
    ended(finish)


async def read_responses(response: Response) -> AsyncGenerator[str | Usage, None]:
    """The words of a Responses stream, whole only after `response.completed`."""
    finish = ""
    last = LAST_RESPONSES_EVENTS
    async for event in payloads(response, final=lambda event: event.get("type") in last):
        kind = event.get("type")
        if kind == "response.output_text.delta":
            yield str(event["delta"])
        elif kind == "response.refusal.delta":
            raise DeclinedError
        elif kind == "error":
            raise code_error(event.get("error") or event)
        elif kind == "response.failed":
            raise code_error(event["response"].get("error") or {})
        elif kind in last:
            body: Payload = event["response"]
            if usage := body.get("usage"):
                details = usage.get("input_tokens_details") or {}
                yield usage_of(usage["input_tokens"], usage["output_tokens"], details)
            finish = (body.get("incomplete_details") or {}).get("reason") or "stop"
    ended(finish)


def usage_of(read: int, written: int, details: Payload) -> Usage:
    return Usage(int(read), int(written), int(details.get("cached_tokens") or 0))


def ended(finish: str) -> None:
    """Raise unless the provider said that the answer is whole."""
    if not finish:
        raise CutError
    if fault := FINISHED.get(finish, CutError):
        raise fault(finish)


def code_error(body: Any) -> ProviderError:
    """What an error sent inside a stream means."""
    code = str((body.get("code") or body.get("type") or "") if isinstance(body, dict) else "")
    return CODES.get(code, ServerFaultError)(code[:60])


def status_error(error: openai.APIStatusError) -> ProviderError:
    """What an error status means; the body's code is narrower than the status."""
    if named := CODES.get(error.code or "") or CODES.get(error.type or ""):
        return named(f"HTTP {error.status_code}")
    return rejected(error.status_code)
