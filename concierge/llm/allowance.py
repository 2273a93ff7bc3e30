"""What one turn may still ask of the providers: three calls, and the time until its first words."""

from dataclasses import dataclass, field, replace
from time import monotonic

from concierge.llm.deadlines import Deadlines
from concierge.llm.errors import CallsSpentError, TimeSpentError

MOST_CALLS = 3  # upstream, for one turn: rewriting, rounds of tools and second attempts included
LEAST = 1.0  # seconds; with less until words must come, no call is made


@dataclass(slots=True)
class Allowance:
    """Made when a turn begins, and shared by everything that the turn asks of a provider."""

    seconds: float  # from now until words must be coming
    calls: int = MOST_CALLS  # left
    has_failed: bool = False  # a call of this turn: little of its time is left
    until: float = field(init=False)  # by the monotonic clock, which is the event loop's too

    def __post_init__(self) -> None:
        self.until = monotonic() + self.seconds

    @property
    def seconds_left(self) -> float:
        return self.until - monotonic()

    def check(self) -> None:
        """Raises CallsSpentError or TimeSpentError when no further call may be made."""
        if self.calls <= 0:
            raise CallsSpentError
        if self.seconds_left < LEAST:
            raise TimeSpentError

    def spend(self) -> None:
        self.calls -= 1

    def extend(self, seconds: float) -> None:
        """Leave at least so long from now: a search that took long is no fault of a provider's."""
        self.until = max(self.until, monotonic() + seconds)

    def within(self, deadlines: Deadlines) -> Deadlines:
        """Those of a call made now."""
        return replace(
            deadlines,
            first_token=min(deadlines.first_token, self.seconds_left),
            hurry_from=self.until if self.has_failed else None,
        )
