"""What the scheduler does for the chat."""

import asyncio

from celery import shared_task

from concierge.chat import hold, stream
from concierge.chat.models import Message
from concierge.chat.write import adopt


@shared_task(name="chat.finish_orphans")
def finish_orphans() -> None:
    """Finish the answers whose process has died."""
    if found := hold.orphans():
        asyncio.run(_finish(found))


async def _finish(found: list[Message]) -> None:
    try:
        await adopt(found)
    finally:
        await stream.close()
