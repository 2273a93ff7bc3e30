"""What a site asks of machines: robots.txt, as RFC 9309 has it.

Patterns are matched by finding their parts one after the other and never by a regular expression:
one line of a hostile file could keep such an expression busy for hours.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes

LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#\r\n]*)")
MOST_LINES = 20_000
LONGEST_PATTERN = 2000  # characters
KEPT = "/?&=:;@+$,!*'()~-._"


@dataclass(slots=True)
class Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)  # (pattern, allowed)
    delay: float | None = None  # seconds


@dataclass(frozen=True, slots=True)
class Robots:
    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None  # seconds between two pages, if the site says
    sitemaps: tuple[str, ...] = ()

    def allow(self, path: str) -> bool:
        """Whether `path`, with its query, may be fetched: the longest rule that fits decides."""
        if path == "/robots.txt":
            return True
        one = plain(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if fits(pattern, one)]
        return max(fitting, default=(0, True))[1]


def read(text: str, agent: str) -> Robots:
    """What `text` asks of `agent`, "Concierge/0.1" say; of everybody if it does not name it."""
    groups: list[Group] = []
    sitemaps: list[str] = []
    ruled = True  # whether the last group has rules already, so that a new agent begins another
    for line in text.splitlines()[:MOST_LINES]:
        found = LINE.match(line)
        name, value = (found[1].lower(), found[2].strip()) if found else ("", "")
        if name == "sitemap":
            sitemaps.append(value)
        elif name == "user-agent":
            if ruled:
                groups.append(Group())
            groups[-1].agents.append(value.lower())
            ruled = False
        elif name in {"allow", "disallow", "crawl-delay"} and groups:
            ruled = True
            follow(groups[-1], name, value)
    own = agent.partition("/")[0].strip().lower()
    mine = [group for group in groups if own in group.agents]
    mine = mine or [group for group in groups if "*" in group.agents]
    return Robots(
        tuple(rule for group in mine for rule in group.rules),
        next((group.delay for group in mine if group.delay is not None), None),
        tuple(sitemaps),
    )


def follow(group: Group, name: str, value: str) -> None:
    if name == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value):
            group.delay = float(value)
    elif value and len(value) <= LONGEST_PATTERN:
        group.rules.append((plain(value), name == "allow"))


def plain(path: str) -> str:
    """One spelling for each path: what need not be percent-encoded is not."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe=KEPT)


def fits(pattern: str, path: str) -> bool:
    """Whether `path` begins as `pattern` says; `*` is anything, a last `$` the end."""
    ended = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not rest:
        return not ended or place == len(path)
    for part in rest[:-1]:
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    if ended:
        return len(path) - len(rest[-1]) >= place and path.endswith(rest[-1])
    return path.find(rest[-1], place) >= 0
