"""Text on one line, without what cannot be seen."""

import re
import unicodedata

# Characters that show nothing: controls, soft hyphens, joiners of no width, private marks.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
# Every odd space but the two that French typography needs.
SPACES = re.compile("[ \t\n\r\f\v\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+")


def plain(text: str) -> str:
    """`text` on one line, in composed characters, without what cannot be seen."""
    return INVISIBLE.sub("", SPACES.sub(" ", unicodedata.normalize("NFC", text))).strip(" \u00a0")
