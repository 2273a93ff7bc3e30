"""What can go wrong with a provider, where, and with which of them."""

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from tests import provider_faults
from tests.fake_provider import Script

Scope = Literal["primary", "both"]
FAULTS = {"none": lambda at: Script()} | provider_faults.FAULTS
FORMATS = (("chat", "messages"), ("messages", "responses"), ("responses", "chat"))


@dataclass(frozen=True)
class Case:
    """One turn: `fault` befalls the providers of `scope` after `at` words."""

    number: int
    fault: str
    at: int
    scope: Scope

    @property
    def name(self) -> str:
        """What the provider is told it by: its model's name."""
        return f"{self.number}/{self.fault}/{self.at}/{self.scope}"

    @classmethod
    def of(cls, name: str) -> "Case":
        number, fault, at, scope = name.split("/")
        return cls(int(number), fault, int(at), "both" if scope == "both" else "primary")

    @property
    def formats(self) -> tuple[str, str]:
        """How the primary and the second provider speak."""
        return FORMATS[self.number % len(FORMATS)]

    def befalls(self, place: str) -> bool:
        return place == "primary" or self.scope == "both"

    def script(self, place: str, asked_before: int, healthy: Script) -> Script:
        """How a request to `place` is answered that comes after so many others of this case."""
        if not self.befalls(place) or (self.fault == "500 once" and asked_before):
            return healthy
        return FAULTS[self.fault](self.at)


NO_CASE = Case(0, "none", 0, "primary")
CASE: ContextVar[Case] = ContextVar("case", default=NO_CASE)


def cases(faults: list[str], positions: int) -> Iterator[Case]:
    """Numbered from 1. Nothing befalls those of "none", which say what the machine can do."""
    scopes: tuple[Scope, ...] = ("primary", "both")
    rows = [("none", "primary"), *((fault, scope) for scope in scopes for fault in faults)]
    for row, (fault, scope) in enumerate(rows):
        for at in range(positions):
            yield Case(1 + row * positions + at, fault, at, scope)
