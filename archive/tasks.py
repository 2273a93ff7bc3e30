"""The archive's work for the queue. Each task is a nudge: what is to be done stands in the rows."""

from celery import current_app, shared_task

from archive.embedding import current_embedder
from archive.ingestion import journey, nudge
from archive.ingestion.reembed import lacking, reembed

REEMBED = "archive.reembed"


@shared_task(name=nudge.TASK)
def ingest_item(item_id: int) -> None:
    journey.work(item_id)


@shared_task(name="archive.renudge")
def renudge() -> None:
    """The sweep of the scheduler: what was left lying is nudged again."""
    nudge.renudge()
    if lacking(current_embedder().model).exists():
        current_app.send_task(REEMBED)


@shared_task(name=REEMBED)
def embed_again() -> None:
    reembed()
