"""What the scheduler does for the chat."""

import asyncio

from celery import shared_task

from concierge.chat.write import claim_orphans, write_orphans


@shared_task(name="chat.finish_orphans")
def finish_orphans() -> None:
    """Finish the answers whose process has died."""
    ours, given_up = claim_orphans()
    if ours or given_up:
        asyncio.run(write_orphans(ours, given_up))
