"""Scripts written without spaces between their words: Japanese, Chinese."""

import re

WIDE = (
    "\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f"
    "\U00020000-\U0003ffff"
)
CHARACTER = re.compile(f"[{WIDE}]")
BROKEN = re.compile(f"(?<=[{WIDE}])[ \\t]*\\n[ \\t]*(?=[{WIDE}])")


def is_wide(character: str) -> bool:
    return bool(CHARACTER.match(character))


def glue(before: str, after: str) -> str:
    """What stands between two lines put together: nothing where one script needs no space."""
    return "" if is_wide(before[-1:]) or is_wide(after[:1]) else " "


def unbroken(text: str) -> str:
    """`text` without the line ends that an editor put between two characters of such a script."""
    return BROKEN.sub("", text)


def breadth(text: str) -> int:
    """Columns of `text` in type of one width, where such a character takes two."""
    return len(text) + len(CHARACTER.findall(text))


def count(text: str) -> int:
    """Words, two characters of a script without spaces for one."""
    wide = len(CHARACTER.findall(text))
    return len(CHARACTER.sub(" ", text).split()) + (wide + 1) // 2
