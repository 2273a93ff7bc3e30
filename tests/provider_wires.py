"""The providers' streaming formats, written as they write them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ERRORS = {  # status: OpenAI's code, Anthropic's type
    400: ("invalid_prompt", "invalid_request_error"),
    401: ("invalid_api_key", "authentication_error"),
    404: ("model_not_found", "not_found_error"),
    413: ("context_length_exceeded", "request_too_large"),
    429: ("rate_limit_exceeded", "rate_limit_error"),
    500: ("server_error", "api_error"),
    502: ("server_error", "api_error"),
    503: ("slow_down", "overloaded_error"),
    529: ("slow_down", "overloaded_error"),
}
Json = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """A tool the model asks for; its arguments come in `pieces`. Without an id it is numbered."""

    name: str
    pieces: tuple[str, ...] = ("{}",)
    id: str | None = None

    def at(self, number: int) -> Json:
        return {"id": f"call_{number}" if self.id is None else self.id, "name": self.name}


class Wire:
    """One answer in one provider's event stream. `usage` is (input, output) tokens.

    `cached` and `stored` are those of the input read from and written to a cache.
    """

    usage = (100, 20)
    cached = stored = 0

    def __init__(self) -> None:
        self.text = ""
        self.wanted: list[Json] = []

    def opening(self) -> Iterator[bytes]:
        return iter(())

    def words(self, text: str) -> bytes:
        raise NotImplementedError

    def wants(self, wanted: Wanted) -> bytes:
        """The model begins to ask for a tool; `arguments` follow."""
        raise NotImplementedError

    def arguments(self, piece: str) -> bytes:
        raise NotImplementedError

    def closing(self, fault: str) -> Iterator[bytes]:
        raise NotImplementedError

    def error(self, code: str) -> bytes:
        raise NotImplementedError

    def refusal(self, status: int, code: str) -> Json:
        name = code or ERRORS[status][0]
        return {"error": {"message": "No.", "type": name, "param": None, "code": name}}

    def _begun(self, wanted: Wanted) -> Json:
        self.wanted.append({**wanted.at(len(self.wanted) + 1), "arguments": ""})
        return self.wanted[-1]


def event(payload: Json | str, name: str = "") -> bytes:
    data = payload if isinstance(payload, str) else json.dumps(payload)
    return (f"event: {name}\n" if name else "").encode() + f"data: {data}\n\n".encode()


class Chat(Wire):
    overloaded = "server_is_overloaded"

    def chunk(self, choices: list[Json], **more: Any) -> bytes:
        head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        return event({**head, "choices": choices, **more})

    def choice(self, delta: Json, finish: str | None = None) -> bytes:
        return self.chunk([{"index": 0, "delta": delta, "finish_reason": finish}])

    def opening(self) -> Iterator[bytes]:
        yield self.choice({"role": "assistant", "content": ""})

    def words(self, text: str) -> bytes:
        return self.choice({"content": text})

    def wants(self, wanted: Wanted) -> bytes:
        begun = self._begun(wanted)
        function = {"name": begun["name"], "arguments": ""}
        return self._call({"id": begun["id"], "type": "function", "function": function})

    def arguments(self, piece: str) -> bytes:
        return self._call({"function": {"arguments": piece}})

    def _call(self, told: Json) -> bytes:
        return self.choice({"tool_calls": [{"index": len(self.wanted) - 1, **told}]})

    def closing(self, fault: str) -> Iterator[bytes]:
        ended = "tool_calls" if self.wanted else "stop"
        finish = {"length": "length", "declined": "content_filter"}.get(fault, ended)
        yield self.choice({}, finish)
        read, written = self.usage
        usage = {
            "prompt_tokens": read,
            "completion_tokens": written,
            "total_tokens": read + written,
        }
        yield self.chunk(
            [], usage={**usage, "prompt_tokens_details": {"cached_tokens": self.cached}}
        )
        yield event("[DONE]")

    def error(self, code: str) -> bytes:
        return event({"error": {"message": "No.", "type": code, "code": code or "server_error"}})


class Responses(Wire):
    overloaded = "server_is_overloaded"

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

    def send(self, kind: str, **more: Any) -> bytes:
        self.number += 1
        return event({"type": kind, "sequence_number": self.number, **more}, kind)

    def response(self, status: str, **more: Any) -> Json:
        head = {"id": "resp_1", "object": "response", "created_at": 1, "model": "m", "output": []}
        return {**head, "status": status, "tools": [], "tool_choice": "auto", **more}

    def opening(self) -> Iterator[bytes]:
        yield self.send("response.created", response=self.response("in_progress"))
        item = self.item("in_progress", [])
        yield self.send("response.output_item.added", output_index=0, item=item)
        yield self.send("response.content_part.added", **self.place(), part=self.part(""))

    def item(self, status: str, content: list[Json]) -> Json:
        head = {"id": "msg_1", "type": "message", "role": "assistant"}
        return {**head, "status": status, "content": content}

    def place(self) -> Json:
        return {"item_id": "msg_1", "output_index": 0, "content_index": 0}

    def part(self, text: str) -> Json:
        return {"type": "output_text", "text": text, "annotations": []}

    def words(self, text: str) -> bytes:
        self.text += text
        return self.send("response.output_text.delta", **self.place(), delta=text, logprobs=[])

    def wants(self, wanted: Wanted) -> bytes:
        self._begun(wanted)
        item = self.call(len(self.wanted), "in_progress")
        return self.send("response.output_item.added", output_index=len(self.wanted), item=item)

    def arguments(self, piece: str) -> bytes:
        number = len(self.wanted)
        self.wanted[-1]["arguments"] += piece
        place = {"item_id": f"fc_{number}", "output_index": number}
        return self.send("response.function_call_arguments.delta", **place, delta=piece)

    def call(self, number: int, status: str) -> Json:
        wanted = self.wanted[number - 1]
        head = {"id": f"fc_{number}", "type": "function_call", "call_id": wanted["id"]}
        return {**head, "name": wanted["name"], "arguments": wanted["arguments"], "status": status}

    def closing(self, fault: str) -> Iterator[bytes]:
        part = self.part(self.text)
        yield self.send("response.output_text.done", **self.place(), text=self.text, logprobs=[])
        yield self.send("response.content_part.done", **self.place(), part=part)
        calls = [self.call(number, "completed") for number, _ in enumerate(self.wanted, 1)]
        items = [self.item("completed", [part]), *calls]
        for place, item in enumerate(items):
            if place:
                told = {"item_id": item["id"], "output_index": place, "name": item["name"]}
                kind = "response.function_call_arguments.done"
                yield self.send(kind, **told, arguments=item["arguments"])
            yield self.send("response.output_item.done", output_index=place, item=item)
        yield from self.last(items, fault)

    def last(self, items: list[Json], fault: str) -> Iterator[bytes]:
        read, written = self.usage
        counted = {"input_tokens": read, "output_tokens": written}
        usage: Json = {**counted, "total_tokens": read + written}
        usage["input_tokens_details"] = {"cached_tokens": self.cached}
        usage["output_tokens_details"] = {"reasoning_tokens": 0}
        why = {"length": "max_output_tokens", "declined": "content_filter"}.get(fault)
        status = "incomplete" if why else "completed"
        more = {"incomplete_details": {"reason": why}} if why else {}
        body = self.response(status, usage=usage, output=items, **more)
        yield self.send(f"response.{status}", response=body)

    def error(self, code: str) -> bytes:
        return self.send("error", code=code or "server_error", message="No.", param=None)


class Messages(Wire):
    overloaded = "overloaded_error"

    def send(self, kind: str, **more: Any) -> bytes:
        return event({"type": kind, **more}, kind)

    def opening(self) -> Iterator[bytes]:
        head = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": []}
        usage = {
            "input_tokens": self.usage[0] - self.cached - self.stored,
            "cache_read_input_tokens": self.cached,
            "cache_creation_input_tokens": self.stored,
            "output_tokens": 1,
        }
        message = {**head, "stop_reason": None, "stop_sequence": None, "usage": usage}
        yield self.send("message_start", message=message)
        yield self.begin({"type": "text", "text": ""})
        yield self.send("ping")

    def begin(self, block: Json) -> bytes:
        return self.send("content_block_start", index=len(self.wanted), content_block=block)

    def end(self) -> bytes:
        return self.send("content_block_stop", index=len(self.wanted))

    def delta(self, delta: Json) -> bytes:
        return self.send("content_block_delta", index=len(self.wanted), delta=delta)

    def words(self, text: str) -> bytes:
        return self.delta({"type": "text_delta", "text": text})

    def wants(self, wanted: Wanted) -> bytes:
        ended, begun = self.end(), self._begun(wanted)
        block = {"type": "tool_use", "id": begun["id"], "name": begun["name"], "input": {}}
        return ended + self.begin(block)

    def arguments(self, piece: str) -> bytes:
        return self.delta({"type": "input_json_delta", "partial_json": piece})

    def closing(self, fault: str) -> Iterator[bytes]:
        yield self.end()
        ended = "tool_use" if self.wanted else "end_turn"
        stop = {"length": "max_tokens", "declined": "refusal"}.get(fault, ended)
        yield self.send(
            "message_delta",
            delta={"stop_reason": stop, "stop_sequence": None},
            usage={"output_tokens": self.usage[1]},
        )
        yield self.send("message_stop")

    def error(self, code: str) -> bytes:
        return self.send("error", error={"type": code or "api_error", "message": "No."})

    def refusal(self, status: int, code: str) -> Json:
        name = code or ERRORS[status][1]
        return {"type": "error", "error": {"type": name, "message": "No."}}


WIRES: dict[str, type[Chat | Responses | Messages]] = {
    "/v1/chat/completions": Chat,
    "/v1/responses": Responses,
    "/v1/messages": Messages,
}


def told(body: Json) -> list[Json]:
    """The messages of a request, in whichever format."""
    return [*body.get("messages", ()), *(body.get("input") or ())]


def words_of(message: Json) -> str:
    """What a message says, results of tools included."""
    content = message.get("content") or message.get("output") or ""
    if isinstance(content, str):
        return content
    return "\n".join(str(block.get("text") or block.get("content") or "") for block in content)


def results(body: Json) -> dict[str, str]:
    """What the tools gave, by the id of their calls, oldest first."""
    found: dict[str, str] = {}
    for message in told(body):
        content = message.get("content")
        blocks = content if isinstance(content, list) else []
        for block in (message, *blocks):
            key = block.get("tool_call_id") or block.get("tool_use_id")
            if key is None and block.get("type") == "function_call_output":
                key = block["call_id"]
            if key is not None:
                found[key] = str(block.get("content") or block.get("output") or "")
    return found


def offered(body: Json) -> list[str]:
    """The names of the tools that the model may ask for."""
    tools = body.get("tools") or ()
    return [tool["name"] if "name" in tool else tool["function"]["name"] for tool in tools]
