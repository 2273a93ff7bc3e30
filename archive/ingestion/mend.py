"""Words that were read in the wrong alphabet and saved again ("cafÃ©", "itâ€™s"), made right.

A file that was misread throughout is put right as it is decoded (parse/encoding.py). Here are the
few words of a file otherwise correct: a paragraph pasted from elsewhere. Only bytes that make a
character of UTF-8 are taken for one, and only where the letters as they stand are no spelling of
a language: "IRMÃ”" may be the end of a quotation, and stays.
"""

import re
from collections.abc import Callable

TIMES = 3  # how often one text may have been misread and saved
AROUND = 30  # characters of a word shown beside what was misread in it


def byte_of() -> dict[str, int]:
    """The byte that cp1252, or Latin-1 where it has none, reads as a character."""
    read = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        shown = bytes([byte]).decode("cp1252", "replace")
        if shown != "\ufffd":
            read[shown] = byte
    return read


BYTE = byte_of()
FOLLOWING = "".join(map(re.escape, (each for each, byte in BYTE.items() if byte < 0xC0)))
MISREAD = re.compile(
    f"[ÂÃÄÅ][{FOLLOWING}]"  # Latin letters and signs
    f"|â[{FOLLOWING}]{{2}}"  # dashes, quotes, currencies
    f"|(?:[ã-éï][{FOLLOWING}]{{2}}){{2,}}"  # Japanese and Chinese: « é » alone is French
)
# What may stand behind a capital letter in correct text as well.
MARKS = frozenset("\u00a0«»‹›“”„‘’‚…–—•®™ªº°")
SIGNS = ((0x2010, 0x205F), (0x20A0, 0x20BF), (0x2100, 0x21FF), (0x25A0, 0x26FF))


def mended(text: str, keep: Callable[[str], bool] = lambda word: False) -> tuple[str, list[str]]:
    """`text` with its misread words made right, and each of these words as it stood, in order.

    Words for which `keep` is true are left as they are. Correct text comes back as it is.
    """
    if not MISREAD.search(text):
        return text, []
    found = [match for match in MISREAD.finditer(text) if right(match.group())]
    sure = any(is_sure(match) for match in found)
    parts, words, end = [], dict[int, str](), 0
    for match in found:
        start, word = around(match)
        if not (sure or is_likely(match)) or keep(word):
            continue
        parts += [text[end : match.start()], right(match.group())]
        words[start] = word
        end = match.end()
    return "".join([*parts, text[end:]]), list(words.values())


def mend(text: str, keep: Callable[[str], bool] = lambda word: False) -> tuple[str, list[str]]:
    """`mended`, again where a text was misread more than once."""
    text, first = mended(text, keep)
    words = first
    for _ in range(TIMES - 1):
        if not words:
            break
        text, words = mended(text, keep)
    return text, first


def right(misread: str) -> str:
    """What the bytes spell, "" where they spell nothing that a house would print."""
    try:
        spelled = bytes(BYTE[each] for each in misread).decode()
    except UnicodeDecodeError:
        return ""
    if misread[0] == "â" and not any(low <= ord(spelled) <= high for low, high in SIGNS):
        return ""
    if misread[0] in "ÂÃÄÅ" and ord(spelled) < 0xA0:
        return ""
    return spelled


def is_sure(match: re.Match[str]) -> bool:
    """Whether no correct text has these characters together."""
    letters = match.group()
    return len(letters) > 2 or (letters[0] not in "ÄÅ" and letters[1] not in MARKS)


def is_likely(match: re.Match[str]) -> bool:
    """Whether a letter that may also be followed by this mark stands inside a word, or alone."""
    text, last = match.string, match.group()[-1]
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if match.group()[0] == "Â":
        return True  # ends no word
    if after.isalpha() and last not in "\u00a0«“‘„":
        return True
    if last == "\u00a0":  # a word of one letter: "Ã  la mode"
        return before.islower() or (not before.strip() and after == " ")
    return before.islower() or after.islower() or not (before or after)


def around(match: re.Match[str]) -> tuple[int, str]:
    """Where the word that holds what was misread begins, and the word as it stands."""
    before = re.search(r"\S*\Z", match.string[max(match.start() - AROUND, 0) : match.start()])
    after = re.match(r"\S*", match.string[match.end() : match.end() + AROUND])
    head, tail = (each.group() if each else "" for each in (before, after))
    return match.start() - len(head), head + match.group() + tail
