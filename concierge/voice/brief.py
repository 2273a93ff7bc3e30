"""What a model is told of the house's voice: the same words for every turn of a brand."""

from collections.abc import Sequence

from concierge.voice.manner import Manner

PLAIN = (
    "Speak for the house as a courteous and knowledgeable person of it would: warm, exact, "
    "unhurried, never effusive. No slogans, no superlatives that the sources do not use, no "
    "exclamation marks, no emoji. Two to five sentences, at most 120 words."
)
NAMES = {"en": "English", "fr": "French", "it": "Italian", "de": "German", "es": "Spanish"}
REGISTERS = {
    "formal": "formal and composed",
    "warm": "warm and exact, never effusive",
    "plain": "plain and direct",
    "lively": "lively, with a light hand",
}
ADDRESSED = {
    ("fr", "formal"): "Address the client as “vous”, never as “tu”.",
    ("fr", "familiar"): "Address the client as “tu”.",
    ("it", "formal"): "Address the client as “Lei”, never as “tu”.",
    ("it", "familiar"): "Address the client as “tu”.",
    ("de", "formal"): "Address the client as „Sie“, never as „du“.",
    ("de", "familiar"): "Address the client as „du“.",
    ("en", "formal"): "Address the client as “you”, as one would a guest; no slang.",
    ("en", "familiar"): "Address the client as “you”, as one would a friend.",
}
MOST_ENTRIES = 60  # of the lexicon that are told; all are put right afterwards
MOST_FORBIDDEN = 80


def brief(manners: Sequence[Manner]) -> str:
    """One paragraph a language; the product's own where the house has written none."""
    if not manners:
        return PLAIN
    if len(manners) == 1:
        return _told(manners[0])
    return "\n\n".join(
        f"When you answer in {NAMES.get(each.language, each.language)}:\n{_told(each)}"
        for each in manners
    )


def _told(manner: Manner) -> str:
    lines = [
        f"Your tone is {REGISTERS[manner.register]}." if manner.register in REGISTERS else "",
        line(manner.character),
        ADDRESSED.get((manner.language, manner.address), ""),
        f"A client is addressed as: {line(manner.title)}." if manner.title else "",
        "Never use a first name.",
        f"Aim at {manner.aim} words, and never write more than {manner.most}.",
        *_never(manner),
        *_words(manner),
    ]
    return "\n".join(f"- {each}" for each in lines if each)


def _never(manner: Manner) -> list[str]:
    signs = [
        "" if manner.superlatives else "superlatives that the sources do not use",
        "" if manner.exclamations else "exclamation marks",
        "" if manner.emoji else "emoji",
    ]
    told = [f"No slogans, no {', no '.join(each for each in signs if each)}."]
    if all(not each for each in signs):
        told = []
    if manner.forbidden:
        words = (line(each).replace("*", "…") for each in manner.forbidden[:MOST_FORBIDDEN])
        told.append(f"Never write: {'; '.join(words)}.")
    return told


def _words(manner: Manner) -> list[str]:
    entries = manner.lexicon[:MOST_ENTRIES]
    pairs = [f"“{line(each.say)}”, not {_listed(each.instead_of)}" for each in entries]
    return [f"The house’s words, but in names and quotations: {'; '.join(pairs)}."] if pairs else []


def _listed(words: Sequence[str]) -> str:
    return " or ".join(f"“{line(word)}”" for word in words)


def line(text: str) -> str:
    """On one line, unable to open or close one of the prompt's tags."""
    return " ".join(text.replace("<", "‹").split())
