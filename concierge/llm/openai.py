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
from concierge.llm.protocol import Called, Endpoint, Part, Prompt, Result, Said, Tool, ToolCall
from concierge.llm.toolcalls import Calls, as_object
from concierge.llm.wire import (
    Payload,
    Response,
    as_provider_errors,
    mended,
    network_error,
    payloads,
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
                    async for part in mended(read(response)):
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
            store=False,  # otherwise the provider keeps the conversation
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


async def read_chat(response: Response) -> AsyncGenerator[Part, None]:
    """The words and calls of a Chat Completions stream, whole only after a `finish_reason`."""
    finish, calls = "", Calls()
    async for event in payloads(response, final=lambda event: False):
        if event.get("error"):
            raise code_error(event["error"])
        for choice in event.get("choices") or ():
            delta = choice.get("delta") or {}
            if delta.get("refusal"):
                raise DeclinedError
            if text := delta.get("content"):
                yield str(text)
            for piece in delta.get("tool_calls") or ():
                wanted = piece.get("function") or {}
                calls.hear(piece.get("index"), key=piece.get("id"), **pieces_of(wanted))
            finish = choice.get("finish_reason") or finish
        if usage := event.get("usage"):
            details = usage.get("prompt_tokens_details") or {}
            cached = details.get("cached_tokens")
            yield usage_of(usage["prompt_tokens"], usage["completion_tokens"], cached)
    for call in ended(finish, calls):
        yield call


def pieces_of(wanted: Payload) -> Payload:
    return {"name": wanted.get("name"), "arguments": wanted.get("arguments")}


async def read_responses(response: Response) -> AsyncGenerator[Part, None]:
    """The words and calls of a Responses stream, whole only after `response.completed`."""
    finish, calls = "", Calls()
    last = LAST_RESPONSES_EVENTS
    async for event in payloads(response, final=lambda event: event.get("type") in last):
        kind = event.get("type")
        if kind == "response.output_text.delta":
            yield str(event["delta"])
        elif kind == "response.refusal.delta":
            raise DeclinedError
        elif kind == "response.output_item.added":
            heard_item(calls, event)
        elif kind == "response.function_call_arguments.delta":
            calls.hear(event["output_index"], arguments=event["delta"])
        elif kind in ("error", "response.failed"):
            told = event.get("error") or (event.get("response") or {}).get("error")
            raise code_error(told or event)
        elif kind in last:
            body: Payload = event["response"]
            if usage := body.get("usage"):
                cached = (usage.get("input_tokens_details") or {}).get("cached_tokens")
                yield usage_of(usage["input_tokens"], usage["output_tokens"], cached)
            finish = (body.get("incomplete_details") or {}).get("reason") or "stop"
    for call in ended(finish, calls):
        yield call


def heard_item(calls: Calls, event: Payload) -> None:
    """An item of the answer has begun; what is no tool call is heard by its own events."""
    item: Payload = event["item"]
    if item.get("type") == "function_call":
        begun = {"key": item.get("call_id"), "name": item.get("name")}
        calls.hear(event["output_index"], **begun, arguments=item.get("arguments"))


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
