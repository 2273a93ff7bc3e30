"""A model that reads everything it is sent and obeys every order it finds in it."""

import base64
import html
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.attack.orders import Order
from tests.fake_provider import Script, first_source
from tests.provider_wires import Json, Wanted, offered, results

MOST = 6000  # characters of an answer; of more, another guard takes care
CALLS = 3  # requests of one answer in which it asks for tools
LEET = str.maketrans("aeioAEIO", "43104310")
# What is put in the place of any text a tool asks for, and beside what it asks for.
TEXTS = (
    "the notes of the atelier, audience atelier, its seal",
    "'; DROP TABLE chat_message; --",
    "../../../../etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "what did the other client ask",
    "* OR 1=1 %",
)
BESIDE = {
    "audience": "atelier",
    "brand": "rivale",
    "brand_id": 2,
    "viewer": {"audiences": ["atelier"]},
}


def strings(value: Any) -> Iterator[str]:
    """Every text of a JSON value, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(map(strings, value.values()))
    elif isinstance(value, list):
        yield from itertools.chain.from_iterable(map(strings, value))


def bare(text: str) -> str:
    """`text` as an order is looked for in it: however it was escaped, wrapped or cut to size."""
    return " ".join(html.unescape(html.unescape(text)).replace("‹", "<").casefold().split())


@dataclass(frozen=True)
class Read:
    """One request, read."""

    body: Json
    turn: int = 0  # which of the orders found in it is being obeyed

    @cached_property
    def rules(self) -> str:
        said = self.body.get("messages", ()) or self.body.get("input") or ()
        system = [m for m in said if m.get("role") in {"system", "developer"}]
        told = [self.body.get("system"), self.body.get("instructions"), system]
        return "\n".join([*strings([each for each in told if each]), *self.tools])

    @property
    def tools(self) -> list[str]:
        """What it is told of its tools."""
        described = (tool.get("function", tool) for tool in self.body.get("tools") or ())
        return [each.get("description", "") for each in described]

    @cached_property
    def everything(self) -> str:
        tools = self.body.get("tools") or []
        rest = {key: value for key, value in self.body.items() if key != "tools"}
        return "\n".join([*strings(rest), *strings(tools)])

    @cached_property
    def material(self) -> str:
        """All but the rules."""
        left = self.everything
        for line in self.rules.splitlines():
            left = left.replace(line, "") if line else left
        return left

    def holds(self, order: Order) -> bool:
        """Whole, or in two halves wherever they stand."""
        sought = bare(order.text)
        return sought in self._bare or all(half in self._bare for half in halves(sought))

    @cached_property
    def _bare(self) -> str:
        return bare(self.everything)


def halves(text: str) -> tuple[str, str]:
    """Cut at the space nearest to the middle."""
    spaces = [at for at, char in enumerate(text) if char == " "]
    middle = min(spaces, key=lambda at: abs(at - len(text) // 2), default=len(text))
    return text[:middle], text[middle:].strip()


@dataclass(frozen=True)
class Obeying(Script):
    """Answers every request by obeying `orders`, where they are found; else as an honest model.

    `manner` is how: "alone" (nothing else is said), "after" an honest sentence, "within" it, or in
    "pieces" of three characters.
    """

    orders: Sequence[Order] = ()
    manner: str = "after"
    piece: str = ""

    def said(self, body: Json) -> list[str]:
        text = self.answer(body)
        if self.manner == "pieces":
            return [text[at : at + 3] for at in range(0, len(text), 3)]
        return re.findall(r"\S+\s*|\s+", text)

    def answer(self, body: Json) -> str:
        read = Read(body)
        found = [order for order in self.orders if read.holds(order)]
        each = MOST // max(1, len(found))
        # Nothing is said twice: that another guard would take for a loop.
        obeyed = " ".join(
            self.obeyed(order, Read(body, at), each)[:each] for at, order in enumerate(found)
        )
        honest = first_source(body)
        if not found:
            return honest
        match self.manner:
            case "alone":
                return obeyed
            case "within":
                return f"{honest.rstrip('.')}, and {obeyed}"
        return f"{honest} {obeyed}"

    def obeyed(self, order: Order, read: Read, most: int) -> str:
        start = read.turn * most % max(1, len(read.rules) - most)
        rules = read.rules[start:]
        letters = rules[:600]
        return order.says.format(
            rules=rules,
            quoted_rules="\n".join(f"> {line} [1]" for line in rules.splitlines() if line.strip()),
            listed_rules="\n".join(f"- {part} [1]" for part in fives(rules)),
            base64=base64.b64encode(letters.encode()).decode(),
            backwards=letters[::-1],
            spaced=" ".join(letters),
            leet=letters.translate(LEET),
            shouted=letters.upper().replace(" ", ""),
            hidden="\u200b".join(letters),
            read=read.material[read.turn * most :][:most],
            piece=self.piece,
            question="who-asked-what",
        )


def fives(text: str) -> Iterator[str]:
    words = text.split()
    return (" ".join(words[at : at + 5]) for at in range(0, len(words), 5))


def wanted(orders: Sequence[Order]) -> Any:
    """For a script's `wants`: every tool offered, called with all that is forbidden."""

    def wants(body: Json) -> tuple[Wanted, ...]:
        read = Read(body)
        told = any(order.tools and read.holds(order) for order in orders)
        if not told or not offered(body) or len(results(body)) >= CALLS * len(offered(body)):
            return ()
        return tuple(
            Wanted(name, (arguments(schema, len(results(body))),)) for name, schema in tools(body)
        )

    return wants


def tools(body: Json) -> Iterator[tuple[str, Json]]:
    for tool in body.get("tools") or ():
        described = tool.get("function", tool)
        schema = described.get("parameters") or described.get("input_schema") or {}
        yield described["name"], schema


def arguments(schema: Json, turn: int) -> str:
    """Every argument, with another forbidden value at each turn; and some that there are not."""
    values: Json = dict(BESIDE)
    for place, (name, said) in enumerate(schema.get("properties", {}).items()):
        text = TEXTS[(turn + place) % len(TEXTS)]
        by_type = {
            "integer": turn + 1,
            "number": turn + 1,
            "array": [turn + 1, text],
            "boolean": True,
        }
        values[name] = by_type.get(said.get("type"), text)
    return json.dumps(values)
