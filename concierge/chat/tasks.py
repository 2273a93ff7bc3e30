"""What the scheduler does for the chat."""

import asyncio

from celery import shared_task

from concierge.chat import hold
from concierge.chat.write import adopt


@shared_task(name="chat.finish_orphans")
def finish_orphans() -> None:
    """Finish the answers whose process has died."""
    if found := hold.orphans():
        asyncio.run(adopt(found))
