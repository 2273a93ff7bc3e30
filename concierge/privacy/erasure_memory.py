"""What this process has read of what people said is let go of when somebody is forgotten.

Words that were read once are kept for a while, to be quick. They hang on no person, so all of them
go; the house's own words, prompts and models stay.
"""

import re
import sys
from typing import Any

from concierge.clients import keys

# By module, the functions that keep what they were asked.
HEARD = {
    "archive.tongues.dictionary": ("bare",),
    "concierge.answering.bonds": ("_is_month", "bonds"),
    "concierge.answering.checker": ("remembered",),
    "concierge.answering.figures": ("known", "counted", "of_word", "unit_of"),
    "concierge.answering.folding": ("folded",),
    "concierge.answering.lexicon": ("concepts_of",),
    "concierge.answering.offered": ("_stems", "_value_pattern", "mentions", "offer_of"),
    "concierge.answering.reading": ("parsed", "read", "paired", "tongue", "named_in"),
    "concierge.answering.spelled": ("spelled",),
    "concierge.answering.support": ("stem", "Passage.of"),
    "concierge.approved.words": ("stem",),
    "concierge.redaction.known": ("alternation", "pattern"),
}


def forget_heard(**_: Any) -> None:
    """A receiver of `concierge.clients.forgotten.forget`."""
    keys.kept.drop()
    re.purge()  # expressions made of what is known of somebody
    if minilm := sys.modules.get("archive.embedding.minilm"):
        minilm.forget_questions()
    for module, names in HEARD.items():
        if (loaded := sys.modules.get(module)) is not None:
            for name in names:
                function: Any = loaded
                for part in name.split("."):
                    function = getattr(function, part)
                function.cache_clear()
