"""Identifiers sown into messages, and everywhere that they must not come up.

Each is a value that occurs nowhere else. Places are searched for it as it was written and for its
letters and digits alone, so that a change of case or of spaces hides nothing.
"""

import json
import logging
import random
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import redis
from django.conf import settings

from concierge.operations.logs import JsonFormatter
from concierge.redaction.folded import squeezed

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprtvz"
AT_ONCE = 10  # identifiers in one message
QUESTION = "Is The Kingfisher square in stock?"
# Values of these are in Redis for everybody to read who can: what is queued, and what is cached.
PAYLOADS = ("list", "hash", "zset", "set", "string")


@dataclass(frozen=True, slots=True)
class Seed:
    kind: str
    value: str
    said: str  # a sentence with it


@dataclass
class Sown:
    """Seeds, and where they came up."""

    seeds: list[Seed]
    leaks: Counter[str] = field(default_factory=Counter)
    looked: Counter[str] = field(default_factory=Counter)  # characters, by place
    shown: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._plain = {squeezed(seed.value): seed for seed in self.seeds}

    def look(self, place: str, text: str) -> None:
        bare = squeezed(text)
        self.looked[place] += len(text)
        for value in self._plain:
            if value in bare:
                self.leaks[place] += 1
                self.shown.append((place, value))


def seeds(count: int, rng: random.Random) -> list[Seed]:
    made: dict[str, Seed] = {}
    kinds = (email, telephone, iban, card, name, address, fiscal_code)
    while len(made) < count:
        seed = kinds[len(made) % len(kinds)](rng)
        made.setdefault(squeezed(seed.value), seed)
    return list(made.values())


def word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(syllables))


def number(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(length))


def email(rng: random.Random) -> Seed:
    value = f"{word(rng, 4)}.{word(rng, 4)}@{word(rng, 3)}.example"
    return Seed("email", value, f"Write to me at {value}.")


def telephone(rng: random.Random) -> Seed:
    digits = f"6 {number(rng, 2)} {number(rng, 2)} {number(rng, 2)} {number(rng, 2)}"
    return Seed("telephone", f"+33 {digits}", f"Mon numéro est le +33 {digits}.")


def iban(rng: random.Random) -> Seed:
    own = number(rng, 18)
    check = 98 - int(f"{own}131400") % 97
    value = f"DE{check:02d}{own}"
    return Seed("iban", value, f"Meine IBAN ist {value}.")


def card(rng: random.Random) -> Seed:
    own = f"4{number(rng, 14)}"
    doubled = [2 * int(each) for each in own[::-2]]
    total = sum(sum(divmod(each, 10)) for each in doubled) + sum(int(each) for each in own[-2::-2])
    value = f"{own}{-total % 10}"
    return Seed("card", value, f"My card is {value}.")


def name(rng: random.Random) -> Seed:
    value = f"{word(rng, 3).title()} {word(rng, 5).title()}"
    return Seed("name", value, f"My name is {value}.")


def address(rng: random.Random) -> Seed:
    street = f"{rng.randint(1, 99)} rue des {word(rng, 5).title()}"
    return Seed("address", street, f"J'habite au {street}, {rng.randint(10000, 95000)} Paris.")


def fiscal_code(rng: random.Random) -> Seed:
    letters = "".join(rng.choice(CONSONANTS) for _ in range(6)).upper()
    value = f"{letters}{number(rng, 2)}A{rng.randint(10, 28)}H{rng.randint(100, 899)}Z"
    return Seed("fiscal code", value, f"Il mio codice fiscale è {value}.")


def messages(sown: Sown) -> Iterator[str]:
    for start in range(0, len(sown.seeds), AT_ONCE):
        told = (seed.said for seed in sown.seeds[start : start + AT_ONCE])
        yield " ".join([*told, QUESTION])


class LogWatch(logging.Handler):
    """Every line that is logged meanwhile, as it would be written."""

    def __init__(self, sown: Sown) -> None:
        super().__init__(logging.DEBUG)
        self.sown = sown
        self.setFormatter(JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.sown.look("log", self.format(record))

    def __enter__(self) -> "LogWatch":
        logging.root.addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.root.removeHandler(self)


def look_into_redis(sown: Sown) -> None:
    """Every key's name, and what is queued or cached; the streams are the answers themselves."""
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        for key in server.scan_iter(count=1000):
            sown.look("cache key", key.decode(errors="replace"))
            kind = server.type(key).decode()
            if kind in PAYLOADS:
                sown.look("payload", str(held(server, key, kind)))


def held(server: Any, key: bytes, kind: str) -> Any:
    read = {
        "string": server.get,
        "hash": server.hgetall,
        "set": server.smembers,
        "list": lambda key: server.lrange(key, 0, -1),
        "zset": lambda key: server.zrange(key, 0, -1),
    }
    return read[kind](key)


def look_at_requests(sown: Sown, requests: Iterable[Any]) -> None:
    for request in requests:
        sown.look("provider", json.dumps([request.body, request.headers], ensure_ascii=False))


def last_message(body: dict[str, Any]) -> str:
    """What a model says that only repeats what it was asked."""
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
