"""The beginning and the end of a serving process."""

import asyncio
import gc
import logging
from typing import Any

from django.db import DatabaseError

from archive.embedding import EmbeddingError, current_embedder
from archive.threads import in_thread
from concierge.chat.write import drain, sweep
from concierge.llm.registry import models

GRACE = 3.0  # seconds open answers have to end by themselves
# Objects made between two looks for circles of them, of the youngest and then of those that are
# left: a question makes some hundred thousand that need no look, and Python's own 700 take a
# tenth of a process's time.
YOUNG, OLDER, OLDEST = 20_000, 20, 50

logger = logging.getLogger(__name__)


async def lifespan(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Make ready what a first question would have to wait for; leave no answer hanging."""
    tasks: list[asyncio.Task[None]] = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            gc.set_threshold(YOUNG, OLDER, OLDEST)
            tasks = [asyncio.create_task(warm()), asyncio.create_task(sweep())]
            await send({"type": "lifespan.startup.complete"})
        else:
            for task in tasks:
                task.cancel()
            await drain(GRACE)
            await send({"type": "lifespan.shutdown.complete"})
            return


async def warm() -> None:
    """The models are loaded, and connections to them opened."""
    await models()
    try:
        await in_thread(lambda: current_embedder().warm())()
    except (EmbeddingError, DatabaseError) as error:
        # The first question will meet the same error and say so.
        logger.warning("embedder not ready", extra={"error": type(error).__name__})
    gc.freeze()  # what is loaded by now stays
