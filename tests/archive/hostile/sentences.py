"""Whether a curator is told something, in words that are not the program's."""

import re

INNER = re.compile(r"Traceback|Error\b|Exception|0x[0-9a-f]|\bNone\b|<class|\\x|\.py\b|lxml|pdfium")


def is_understood(sentence: str) -> bool:
    plain = sentence.isprintable() and not INNER.search(sentence)
    return plain and sentence.endswith(".") and 10 < len(sentence) < 300
