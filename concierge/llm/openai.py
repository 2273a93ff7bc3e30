"""OpenAI and whatever speaks like it: Chat Completions (`api` "chat") or Responses."""

import hashlib
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from typing import Any

import openai

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
    Reader,
    as_provider_errors,
    heard,
    network_error,
    retry_after,
    usage_of,
)

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
    "tool_calls": None,
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
        # Not asked to leave it, a provider may keep the conversation.
        self.store: Any = openai.omit if endpoint.store == "omit" else False

    async def aclose(self) -> None:
        await self.client.close()

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Part, None]:
        is_chat = self.endpoint.api != "responses"
        request = self._chat(prompt) if is_chat else self._responses(prompt)
        reader: Reader = ChatReader() if is_chat else ResponsesReader()
        try:
            with as_provider_errors():
                async with request as response:
                    async for part in heard(response, reader):
                        yield part
        except openai.APIStatusError as error:
            raise status_error(error) from None
        except openai.OpenAIError as error:
            raise network_error(error) from None

    def _chat(self, prompt: Prompt) -> AbstractAsyncContextManager[Any]:
        effort = self.endpoint.effort
        tools: Any = [{"type": "function", "function": description(tool)} for tool in prompt.tools]
        return self.completions.create(
            model=self.endpoint.model,
            messages=chat_messages(prompt),
            tools=tools or openai.omit,
            max_completion_tokens=prompt.max_tokens,
            stream=True,
            stream_options={"include_usage": True},
            store=self.store,
            prompt_cache_key=cache_key(prompt),
            extra_body={"reasoning_effort": effort} if effort else None,
        )

    def _responses(self, prompt: Prompt) -> AbstractAsyncContextManager[Any]:
        effort = self.endpoint.effort
        tools: Any = [
            {"type": "function", "strict": False, **description(tool)} for tool in prompt.tools
        ]
        return self.responses.create(
            model=self.endpoint.model,
            instructions=prompt.system,
            input=response_items(prompt),
            tools=tools or openai.omit,
            max_output_tokens=prompt.max_tokens,
            stream=True,
            store=self.store,
            prompt_cache_key=cache_key(prompt),
            extra_body={"reasoning": {"effort": effort}} if effort else None,
        )


def cache_key(prompt: Prompt) -> str:
    """Leads requests with the same rules to the same cache. Nothing of a client is in it."""
    return hashlib.sha256(prompt.system.encode()).hexdigest()[:32]


def description(tool: Tool) -> Payload:
    return {
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.schema),
    }


def chat_messages(prompt: Prompt) -> Any:
    messages: list[Payload] = [{"role": "system", "content": prompt.system}]
    for message in prompt.messages:
        match message:
            case Said(role, text):
                messages.append({"role": role, "content": text})
            case Called(calls, text):
                asked = [{"id": call.id, "type": "function", **function(call)} for call in calls]
                said = {"role": "assistant", "content": text or None}
                messages.append({**said, "tool_calls": asked})
            case Result(call, text):
                messages.append({"role": "tool", "tool_call_id": call.id, "content": text})
    return messages


def function(call: ToolCall) -> Payload:
    return {"function": {"name": call.name, "arguments": arguments(call)}}


def arguments(call: ToolCall) -> str:
    """What a model wrote is sent back as it can be read: some servers refuse anything else."""
    return json.dumps(as_object(call.arguments), ensure_ascii=False)


def response_items(prompt: Prompt) -> Any:
    items: list[Payload] = []
    for message in prompt.messages:
        match message:
            case Said(role, text):
                items.append({"role": role, "content": text})
            case Called(calls, text):
                items += [{"role": "assistant", "content": text}] if text else []
                items += [response_call(call) for call in calls]
            case Result(call, text):
                items.append({"type": "function_call_output", "call_id": call.id, "output": text})
    return items


def response_call(call: ToolCall) -> Payload:
    head = {"type": "function_call", "call_id": call.id, "name": call.name}
    return {**head, "arguments": arguments(call)}


class ChatReader:
    """Chat Completions: whole only after a `finish_reason`."""

    def __init__(self) -> None:
        self.usage: Usage | None = None
        self.finish = ""
        self.calls = Calls()

    def is_last(self, event: Payload) -> bool:
        return False  # the usage comes after the last words, and then [DONE]

    def hear(self, event: Payload) -> str:
        if event.get("error"):
            raise code_error(event["error"])
        if usage := event.get("usage"):
            cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
            self.usage = usage_of(usage["prompt_tokens"], usage["completion_tokens"], cached)
        return "".join(self._said(choice) for choice in event.get("choices") or ())

    def _said(self, choice: Payload) -> str:
        delta = choice.get("delta") or {}
        if delta.get("refusal"):
            raise DeclinedError
        for piece in delta.get("tool_calls") or ():
            told = piece.get("function") or {}
            begun = {"key": piece.get("id"), "name": told.get("name")}
            self.calls.hear(piece.get("index"), **begun, arguments=told.get("arguments"))
        self.finish = choice.get("finish_reason") or self.finish
        return str(delta.get("content") or "")

    def ended(self) -> list[ToolCall]:
        return ended(self.finish, self.calls)


class ResponsesReader:
    """Responses: whole only after `response.completed`."""

    def __init__(self) -> None:
        self.usage: Usage | None = None
        self.finish = ""
        self.calls = Calls()

    def is_last(self, event: Payload) -> bool:
        return event.get("type") in LAST_RESPONSES_EVENTS

    def hear(self, event: Payload) -> str:
        match event.get("type"):
            case "response.output_text.delta":
                return str(event["delta"])
            case "response.refusal.delta":
                raise DeclinedError
            case "response.output_item.added":
                self._begun(event["output_index"], event["item"])
            case "response.function_call_arguments.delta":
                self.calls.hear(event["output_index"], arguments=event["delta"])
            case "error" | "response.failed":
                told = event.get("error") or (event.get("response") or {}).get("error")
                raise code_error(told or event)
            case "response.completed" | "response.incomplete":
                self._end(event["response"])
        return ""

    def _begun(self, place: Any, item: Payload) -> None:
        """What is no tool call is heard by its own events."""
        if item.get("type") == "function_call":
            begun = {"key": item.get("call_id"), "name": item.get("name")}
            self.calls.hear(place, **begun, arguments=item.get("arguments"))

    def _end(self, body: Payload) -> None:
        if usage := body.get("usage"):
            cached = (usage.get("input_tokens_details") or {}).get("cached_tokens")
            self.usage = usage_of(usage["input_tokens"], usage["output_tokens"], cached)
        self.finish = (body.get("incomplete_details") or {}).get("reason") or "stop"

    def ended(self) -> list[ToolCall]:
        return ended(self.finish, self.calls)


def ended(finish: str, calls: Calls) -> list[ToolCall]:
    """The tools asked for. Raises unless the provider said that the answer is whole."""
    if not finish:
        raise CutError
    if fault := FINISHED.get(finish, CutError):
        raise fault(finish)
    asked = calls.whole()
    if finish == "tool_calls" and not asked:
        raise BadResponseError("tool calls that never came")
    return asked


def code_error(body: Any) -> ProviderError:
    """What an error sent inside a stream means."""
    code = str((body.get("code") or body.get("type") or "") if isinstance(body, dict) else "")
    return CODES.get(code, ServerFaultError)(code[:60])


def status_error(error: openai.APIStatusError) -> ProviderError:
    """What an error status means; the body's code is narrower than the status."""
    wait = retry_after(error.response.headers)
    if named := CODES.get(error.code or "") or CODES.get(error.type or ""):
        return named(f"HTTP {error.status_code}", wait)
    return rejected(error.status_code, wait)
