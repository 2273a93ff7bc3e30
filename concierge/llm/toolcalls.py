"""Tool calls put together from the fragments that providers send of them, and read back again."""

import json
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from concierge.llm.errors import BadResponseError
from concierge.llm.protocol import ToolCall

CALLS_LIMIT = 16  # tools asked for in one message
ARGUMENTS_LIMIT = 16_000  # characters of all their arguments
NAME_LIMIT = 128  # characters of a name, and of an id


@dataclass(slots=True)
class Growing:
    """One call as far as it has been heard."""

    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)

    def whole(self) -> ToolCall:
        if not (0 < len(self.id) <= NAME_LIMIT and 0 < len(self.name) <= NAME_LIMIT):
            raise BadResponseError("a tool call without name or id")
        return ToolCall(self.id, self.name, "".join(self.arguments) or "{}")


class Calls:
    """The calls of one message, in the order in which they began.

    `place` is what a provider tells the fragments of one call from those of another by. Another
    `key`, its id, begins another call at the same place: some compatible servers number every call
    0. Whatever is beyond the limits is a BadResponseError.
    """

    def __init__(self) -> None:
        self._calls: list[Growing] = []
        self._open: dict[Hashable, Growing] = {}
        self._length = 0  # of all arguments

    def hear(
        self, place: Hashable, *, key: Any = None, name: Any = None, arguments: Any = None
    ) -> None:
        """A further piece of the call at `place`; None is what this piece does not tell."""
        call = self._open.get(place)
        if call is None or (key and call.id and key != call.id):
            call = self._begun(place)
        call.id = call.id or str(key or "")
        call.name = call.name or str(name or "")
        if arguments is not None:
            call.arguments.append(self._measured(arguments))

    def _begun(self, place: Hashable) -> Growing:
        if len(self._calls) == CALLS_LIMIT:
            raise BadResponseError("tool calls without end")
        call = self._open[place] = Growing()
        self._calls.append(call)
        return call

    def _measured(self, arguments: Any) -> str:
        if not isinstance(arguments, str):
            raise BadResponseError("arguments that are no text")
        self._length += len(arguments)
        if self._length > ARGUMENTS_LIMIT:
            raise BadResponseError("arguments without end")
        return arguments

    def whole(self) -> list[ToolCall]:
        """All of them, once the message has ended well. Raises BadResponseError."""
        return [call.whole() for call in self._calls]


def as_object(arguments: str) -> dict[str, Any]:
    """Arguments as the object they should be; {} for what is none, which a provider refuses."""
    try:
        parsed = json.loads(arguments)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}
