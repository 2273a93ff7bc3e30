"""What a terminal is given of words that came from outside."""

import re

# Controls, which a terminal obeys, and marks that turn the order in which a line is read.
COMMANDING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """`text` on one line, with a sign in the place of each mark that a terminal would act on."""
    return COMMANDING.sub("\ufffd", text)
