"""Anthropic's Messages."""

import json
import logging
from collections.abc import AsyncGenerator
from typing import Any

import anthropic

from concierge.llm.deadlines import CONNECT, connecting
from concierge.llm.errors import (
    BadRequestError,
    BadResponseError,
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
from concierge.llm.protocol import (
    Called,
    Endpoint,
    Part,
    Prompt,
    Result,
    Said,
    Tool,
    ToolCall,
    Usage,
)
from concierge.llm.toolcalls import Calls, as_object
from concierge.llm.wire import (
    Payload,
    as_provider_errors,
    heard,
    network_error,
    retry_after,
)
from concierge.llm.wire import usage_of as counted

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
    "tool_use": None,
    "max_tokens": LengthError,
    "model_context_window_exceeded": LengthError,
    "refusal": DeclinedError,
}
KEPT: Payload = {"cache_control": {"type": "ephemeral"}}  # everything up to here, five minutes
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
        tools: Any = offered(prompt)
        system: Any = [{"type": "text", "text": prompt.system, **KEPT}]
        messages: Any = spoken(prompt)
        try:
            with as_provider_errors():
                async with self.messages.create(
                    model=self.endpoint.model,
                    system=system,
                    messages=messages,
                    tools=tools or anthropic.omit,
                    tool_choice={"type": "none"} if tools and not prompt.tools else anthropic.omit,
                    max_tokens=prompt.max_tokens,
                    stream=True,
                    extra_body={"output_config": {"effort": effort}} if effort else None,
                ) as response:
                    async for part in heard(response, MessagesReader()):
                        yield part
        except anthropic.APIStatusError as error:
            raise status_error(error) from None
        except anthropic.AnthropicError as error:
            raise network_error(error) from None


def offered(prompt: Prompt) -> list[Payload]:
    """The prompt's tools; without any, those that were called before.

    The provider refuses a conversation with calls in it whose tools it is not told of.
    """
    called = [call for said in prompt.messages if isinstance(said, Called) for call in said.calls]
    bare = {call.name: Tool(call.name, "", {"type": "object"}) for call in called}
    return [
        {
            "name": tool.name,
            "description": tool.description,
            "input_schema": dict(tool.schema),
        }
        for tool in prompt.tools or bare.values()
    ]


def spoken(prompt: Prompt) -> list[Payload]:
    """The messages, consecutive ones of a role joined, kept up to the client's last question.

    The rules and tools are the same for every client and the older messages for every turn of a
    conversation: the provider is told to keep both.
    """
    asked = max((n for n, said in enumerate(prompt.messages) if isinstance(said, Said)), default=0)
    messages: list[Payload] = []
    for number, said in enumerate(prompt.messages):
        role, blocks = role_of(said), blocks_of(said)
        if number == asked - 1:
            blocks[-1] |= KEPT
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"] += blocks
        else:
            messages.append({"role": role, "content": blocks})
    return messages


def role_of(said: Said | Called | Result) -> str:
    if isinstance(said, Said):
        return said.role
    return "assistant" if isinstance(said, Called) else "user"


def blocks_of(said: Said | Called | Result) -> list[Payload]:
    match said:
        case Said(_, text):
            return [{"type": "text", "text": text}]
        case Called(calls, text):
            words = [{"type": "text", "text": text}] if text.strip() else []
            return [*words, *(use_of(call) for call in calls)]
        case Result(call, text):
            return [{"type": "tool_result", "tool_use_id": call.id, "content": text}]


def use_of(call: ToolCall) -> Payload:
    return {
        "type": "tool_use",
        "id": call.id,
        "name": call.name,
        "input": as_object(call.arguments),
    }


class MessagesReader:
    """Messages: whole only after `message_stop`."""

    def __init__(self) -> None:
        self.usage: Usage | None = None
        self.stop = ""
        self.was_stopped = False
        self.calls = Calls()
        self._read: Payload = {}

    def is_last(self, event: Payload) -> bool:
        return event.get("type") == "message_stop"

    def hear(self, event: Payload) -> str:
        match event.get("type"):
            case "content_block_delta":
                return self._said(event["index"], event["delta"])
            case "content_block_start":
                self._begun(event["index"], event["content_block"])
            case "message_start":
                self._read = event["message"].get("usage") or {}
            case "message_delta":
                self.stop = event["delta"].get("stop_reason") or self.stop
                self.usage = usage_of({**self._read, **present(event.get("usage") or {})})
            case "message_stop":
                self.was_stopped = True
            case "error":
                kind = str(event["error"].get("type", ""))
                raise KINDS.get(kind, ServerFaultError)(kind[:60])
        return ""

    def _begun(self, place: Any, block: Payload) -> None:
        """The input of a tool call comes in pieces, or all at once."""
        if block.get("type") == "tool_use":
            given = json.dumps(block["input"]) if block.get("input") else None
            self.calls.hear(place, key=block.get("id"), name=block.get("name"), arguments=given)

    def _said(self, place: Any, delta: Payload) -> str:
        """The words of a piece; "" when it is a tool call's, or the model's thinking."""
        if delta.get("type") == "input_json_delta":
            self.calls.hear(place, arguments=delta["partial_json"])
        return str(delta["text"]) if delta.get("type") == "text_delta" else ""

    def ended(self) -> list[ToolCall]:
        return ended(self.stop if self.was_stopped else "", self.calls)


def ended(stop: str, calls: Calls) -> list[ToolCall]:
    """The tools asked for. Raises unless the provider said that the answer is whole."""
    if fault := STOPPED.get(stop, CutError):
        raise fault(stop)
    asked = calls.whole()
    if stop == "tool_use" and not asked:
        raise BadResponseError("tool calls that never came")
    return asked


def present(usage: Payload) -> Payload:
    return {key: value for key, value in usage.items() if value is not None}


def usage_of(usage: Payload) -> Usage:
    """The provider counts tokens of its cache apart from the others it read; a Usage holds all."""
    cached = int(usage.get("cache_read_input_tokens") or 0)
    stored = int(usage.get("cache_creation_input_tokens") or 0)
    fresh = int(usage.get("input_tokens") or 0)
    return counted(fresh + stored + cached, usage.get("output_tokens"), cached, stored)


def status_error(error: anthropic.APIStatusError) -> ProviderError:
    """What an error status, or an error the SDK met, means."""
    wait = retry_after(error.response.headers)
    if TOO_LONG in str(error.body).lower():
        return TooLongError(f"HTTP {error.status_code}")
    kind = KINDS.get(error.type or "")
    return kind(f"HTTP {error.status_code}", wait) if kind else rejected(error.status_code, wait)
