"""The archive's work for the queue. Each task is a nudge: what is to be done stands in the rows."""

from celery import shared_task

from archive.ingestion import journey, nudge


@shared_task(name=nudge.TASK)
def ingest_item(item_id: int) -> None:
    journey.work(item_id)


@shared_task(name="archive.renudge")
def renudge() -> None:
    nudge.renudge()
