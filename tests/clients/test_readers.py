"""Whoever reads clients' words is known, and asks for the purpose it reads them for."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = re.compile(
    r"\b(?:Message|Memory|Note|Asking)\b(?:\._\w+_manager|\.objects)|\b(?:talk|conversation)\.messages\b"
    r"(?!\s*or)"
)
ASKED = re.compile(r"\b(?:permits\w*|allowing)\(")

# Who asks for a purpose before reading or keeping.
WITH_CONSENT = {
    "concierge/chat/citing.py",  # improve: what was asked of a document
    "concierge/chat/remember.py",  # personalise
}
# Who needs no yes, and why.
WITHOUT = {
    "concierge/chat/admin.py": "a reason is given first; the client reads it",
    "concierge/chat/ask.py": "stores the question",
    "concierge/chat/hold.py": "the answer's own row",
    "concierge/chat/glass.py": "facts without words, or after a reason",
    "concierge/chat/known.py": "what is to be hidden: nothing of it leaves",
    "concierge/chat/management/commands/ask.py": "whoever works on this machine, their own",
    "concierge/chat/offer.py": "the client's own page",
    "concierge/chat/recall.py": "serve: the turn itself, hidden, asked at the call",
    "concierge/chat/thread.py": "the client's own page",
    "concierge/chat/views.py": "the client's own page",
    "concierge/chat/write.py": "serve: the turn itself, hidden, asked at the call",
    "concierge/console/drift.py": "counts of rules by day, no words",
    "concierge/gaps/askers.py": "what was kept by a yes; forgets",
    "concierge/operations/metrics.py": "counts",
    "concierge/privacy": "shown to the client, or forgotten",
}


def readers():
    for path in sorted((ROOT / "concierge").rglob("*.py")):
        if "migrations" not in path.parts and WORDS.search(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT))


def test_every_reader_of_clients_words_is_known():
    known = (*WITH_CONSENT, *WITHOUT)
    assert [each for each in readers() if not each.startswith(known)] == []


def test_nobody_is_named_who_reads_none():
    found = list(readers())
    named = (*WITH_CONSENT, *WITHOUT)
    assert [each for each in named if not any(path.startswith(each) for path in found)] == []


def test_whoever_needs_a_yes_asks_for_one():
    for each in WITH_CONSENT | {"concierge/gaps/file.py"}:
        assert ASKED.search((ROOT / each).read_text()), each
