"""The named points of an item's journey, and where a test ends the process that reaches one."""

import os
import signal
from enum import StrEnum

from django.conf import settings


class Step(StrEnum):
    """In the order they are reached; at most 10 characters (`IngestionItem.step`).

    Each is named before its work begins, but those in the past tense, which follow it.
    """

    CLAIMED = "claimed"
    FETCH = "fetch"
    UNPACK = "unpack"  # the files of a ZIP become items; inside the transaction, before it ends
    PARSE = "parse"
    CLEAN = "clean"
    SPLIT = "split"
    EMBED = "embed"
    BATCH = "batch"  # after each batch of vectors
    INDEX = "index"  # inside the transaction that swaps the passages
    INDEXED = "indexed"  # likewise, before it ends
    ENDED = "ended"  # the item, visible to all
    CLOSE = "close"  # the run, whose last item has ended
    COUNTED = "counted"  # the brand's words
    CLOSED = "closed"
    LISTING = "listing"  # of a source: its run is there, what it holds is not yet asked
    LISTED = "listed"  # an entry's item and its listing, inside their transaction
    GATHERED = "gathered"  # all of them, inside the transaction that says so


# Written at once; what comes between takes milliseconds, or is written when the lease is renewed.
LASTING = frozenset({Step.UNPACK, Step.PARSE, Step.EMBED})


def reached(step: Step, attempt: int = 1) -> None:
    """End this process by SIGKILL if INGEST_KILL_AT names `step`, or `step:attempt`."""
    if settings.INGEST_KILL_AT in {step, f"{step}:{attempt}"}:
        os.kill(os.getpid(), signal.SIGKILL)
