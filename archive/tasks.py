"""The archive's work for the queue. Each task is a nudge: what is to be done stands in the rows."""

import logging

from celery import current_app, shared_task

from archive import search
from archive.embedding import EmbeddingError
from archive.embedding.index import tend
from archive.ingestion import finish, journey, nudge
from archive.ingestion.reembed import Ended, due, reembed
from archive.likeness import ask as likenesses
from archive.sources import ask, foresight, gather, schedule

REEMBED = "archive.reembed"
TURN = 60.0  # seconds a worker embeds anew before it looks what else is waiting
STALE = 25.0  # seconds after which such a nudge is dropped: the next sweep gives another

logger = logging.getLogger(__name__)


@shared_task(name=nudge.TASK)
def ingest_item(item_id: int, *_: object, **__: object) -> None:
    """Whatever else an older or newer release puts into the message is in the row as well."""
    journey.work(item_id)


@shared_task(name=nudge.CLOSE)
def close_run(run_id: int, *_: object, **__: object) -> None:
    finish.close_run(run_id)


@shared_task(name="archive.renudge")
def renudge(*_: object, **__: object) -> None:
    """The sweep of the scheduler: what was left lying is nudged again."""
    nudge.renudge()
    ask.renudge()
    if due():
        current_app.send_task(REEMBED, expires=STALE)


@shared_task(name=REEMBED)
def embed_again() -> None:
    try:
        ended = reembed(seconds=TURN)
    except EmbeddingError as error:
        logger.warning("Embedding anew has halted: %s", error)
        return
    if ended is Ended.UNFINISHED:
        current_app.send_task(REEMBED, expires=STALE)


@shared_task(name="archive.catch_up")
def catch_up() -> None:
    """After an upgrade: what brands had before is learned as what comes in is."""
    for brand_id in search.unlearned():
        search.refresh(brand_id)
    likenesses.renudge()
    tend()


@shared_task(name=schedule.TASK)
def run_source(source_id: int, *_: object, **__: object) -> None:
    if gather.work(source_id):
        ask.nudge(source_id)


@shared_task(name=foresight.TASK)
def forecast_source(source_id: int, *_: object, **__: object) -> None:
    foresight.make(source_id)


@shared_task(name=likenesses.TASK)
def find_likenesses(brand_id: int, *_: object, **__: object) -> None:
    if likenesses.work(brand_id):
        likenesses.nudge_due(brand_id)
