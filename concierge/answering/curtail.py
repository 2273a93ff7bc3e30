"""What stands of an answer that was stopped before its end."""

import re

from archive.sentences import sentences
from concierge.answering.markers import ANY
from concierge.answering.turn import Draft, Reply, forms_of
from concierge.answering.verify import UnsupportedError, Verified, verify

WHOLE = re.compile(r"[.!?…][\"'”’»)\]\s]*$")


def curtail(shown: str, draft: Draft | None, house: str = "") -> Reply:
    """Of what was shown, what may stay, with its citations; the text may be empty.

    Whole sentences are held to the same rules as those of a whole answer. A last sentence that was
    cut short stays without a mark, for its end is not known, and closes with an ellipsis. Without
    a draft nothing can be cited, and the words stay without their marks.
    """
    if draft is None:
        return Reply(text=unmarked(shown))
    head, tail = parted(draft.text)
    whole = supported(Draft(head, draft.evidence), house)
    fragment = unmarked(tail).rstrip(" ,;:–—-")
    return reply(whole, f"{gap(head)}{fragment}…" if fragment else "")


def parted(text: str) -> tuple[str, str]:
    """The whole sentences, and what follows them of one that is not."""
    ends = [start for start, end in sentences(text) if not WHOLE.search(text[start:end])]
    at = ends[-1] if ends and not WHOLE.search(text) else len(text)
    return text[:at], text[at:]


def gap(head: str) -> str:
    return head[len(head.rstrip()) :] or " "


def unmarked(text: str) -> str:
    return ANY.sub("", text).strip()


def supported(draft: Draft, house: str) -> Verified:
    try:
        return verify(draft.text, draft.evidence, house=house)
    except UnsupportedError:
        return Verified("", (), ())


def reply(verified: Verified, further: str = "") -> Reply:
    return Reply(
        text=(verified.text + further).strip(),
        citations=verified.citations,
        product_ids=tuple(piece.product_id for piece in verified.pieces),
        forms=forms_of(verified.pieces),
    )
