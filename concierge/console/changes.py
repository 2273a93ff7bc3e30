"""What one version of a voice changed of the one before."""

from collections.abc import Iterable

from concierge.voice.manner import Entry, Manner, Topic

NAMES = {
    "address": "form of address",
    "register": "register",
    "title": "how a client is addressed",
    "character": "character",
    "aim": "length",
    "most": "length",
    "exclamations": "exclamation marks",
    "emoji": "emoji",
    "superlatives": "superlatives",
    "sentences": "own sentences",
}


def changes(before: Manner | None, after: Manner) -> list[str]:
    """In words, a phrase each; for the first version that it is the first."""
    if before is None:
        return ["written for the first time"]
    plain = [
        name for field, name in NAMES.items() if getattr(before, field) != getattr(after, field)
    ]
    lists = (
        ("the house’s words", before.lexicon, after.lexicon),
        ("never said", before.forbidden, after.forbidden),
        ("topics", before.topics, after.topics),
    )
    return [
        *dict.fromkeys(plain),
        *(moved(name, named(old), named(new)) for name, old, new in lists if old != new),
    ]


def named(entries: Iterable[Entry | Topic | str]) -> list[str]:
    return [
        each.say if isinstance(each, Entry) else each.name if isinstance(each, Topic) else each
        for each in entries
    ]


def moved(what: str, old: list[str], new: list[str]) -> str:
    """“never said: + cheap, − deal”; the name alone where only something within has changed."""
    parts = [
        *(f"+ {each}" for each in new if each not in old),
        *(f"− {each}" for each in old if each not in new),
    ]
    return f"{what}: {', '.join(parts)}" if parts else what
