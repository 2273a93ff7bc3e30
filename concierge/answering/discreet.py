"""What of a turn the providers are not told, and how it comes back into their answers."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from concierge.answering.turn import Turn
from concierge.llm.protocol import Called, Hidden, Prompt, Result, Said, ToolCall
from concierge.redaction.brand_facts import facts_of
from concierge.redaction.placeholders import Restoring
from concierge.redaction.veil import Veil

# Told to a model after its rules, when something is hidden from it.
TOLD = (
    "Words in square brackets with a number, such as [NAME_1] or [EMAIL_1], stand for details of "
    "the client's that you are not told. Where you mean them, write them exactly so. Never ask "
    "what stands behind them, and do not speak of the brackets."
)

Change = Callable[[str], str]


class Discreet:
    """A veil between a turn and its models (concierge.llm.protocol.Discretion)."""

    def __init__(self, veil: Veil) -> None:
        self.veil = veil

    def hide(self, prompt: Prompt) -> Hidden:
        """Everything but the rules, the tools and the house's own words in it.

        In those, only what is hidden elsewhere: a tool may say again what it was asked.
        """
        messages = [self._own(each) for each in prompt.messages]
        messages = [self._echoed(each) for each in messages]
        changed = tuple(messages)
        system = prompt.system if changed == prompt.messages else f"{prompt.system}\n\n{TOLD}"
        kept = {field.name: getattr(prompt, field.name) for field in fields(Prompt)}
        return Hidden(**kept | {"messages": changed, "system": system})

    def restoring(self) -> Restoring:
        return self.veil.restoring()

    def restored(self, call: ToolCall) -> ToolCall:
        return replace(call, arguments=in_json(call.arguments, self.veil.restored))

    def _own(self, message: Said | Called | Result) -> Said | Called | Result:
        """With what others said hidden, in front of which the house's words stay."""
        if isinstance(message, Said):
            house, rest = message.text[: message.house], message.text[message.house :]
            return replace(message, text=house + self.veil.hidden(rest))
        if isinstance(message, Result):
            return replace(message, call=self._hidden_call(message.call))
        calls = tuple(self._hidden_call(call) for call in message.calls)
        return replace(message, calls=calls, text=self.veil.hidden(message.text))

    def _echoed(self, message: Said | Called | Result) -> Said | Called | Result:
        if isinstance(message, Said) and message.house:
            house, rest = message.text[: message.house], message.text[message.house :]
            told = self.veil.echoed(house)
            return replace(message, text=told + rest, house=len(told))
        if isinstance(message, Result):
            return replace(message, text=self.veil.echoed(message.text))
        return message

    def _hidden_call(self, call: ToolCall) -> ToolCall:
        return replace(call, arguments=in_json(call.arguments, self.veil.hidden))


def in_json(arguments: str, change: Change) -> str:
    """`arguments` with each text in it changed; as a text where it is no JSON."""
    try:
        told = json.loads(arguments)
    except (ValueError, RecursionError):
        return change(arguments)
    changed = in_values(told, change)
    return arguments if changed == told else json.dumps(changed, ensure_ascii=False)


def in_values(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [in_values(each, change) for each in value]
    if isinstance(value, dict):
        return {change(key): in_values(each, change) for key, each in value.items()}
    return value


def veil_of(turn: Turn) -> Veil:
    """What `turn` hides, in all its texts alike. Reads the house's facts: not in an event loop."""
    said = [each.text for each in turn.history if each.role == "client"]
    return Veil(turn.known, facts_of(turn.viewer.brand_id), [turn.summary, *said, turn.question])
