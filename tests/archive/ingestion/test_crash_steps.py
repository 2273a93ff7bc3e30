"""A process killed at every step of ingestion, and what is left of it after a restart."""

from datetime import timedelta

import pytest
from django.conf import settings

from archive.ingestion import nudge
from archive.ingestion.gather import Incoming
from archive.ingestion.keep_alive import BEAT, LEASE
from archive.ingestion.run import start
from archive.ingestion.step import Step
from archive.ingestion.worker import started, stop
from archive.models import Document, Passage

from .crash import run_out, until_all_ended

ELSEWHERE = {Step.UNPACK, Step.LISTING, Step.LISTED, Step.GATHERED}  # not of one plain file
STEPS = [step for step in Step if step not in ELSEWHERE]
AFTER = STEPS[STEPS.index(Step.ENDED) :]
SECTIONS = 70  # more passages than one batch of vectors holds


@pytest.fixture
def bring(brand, tmp_path):
    """The item of the same file under another key each time."""
    path = tmp_path / "sections.md"
    path.write_text("\n\n".join(f"# Part {n}\n\nThe heron number {n}." for n in range(SECTIONS)))

    def bring(key):
        given = {"title": "Sections"}
        return start(brand, [Incoming(path, key, given)], publish=True).items.get()

    return bring


def made_of(key):
    """All that readers can find of a document, number by number."""
    document = Document.objects.select_related("current").get(key=key)
    passages = [
        (
            *(p.number, p.start, p.end, p.text, p.title, p.page, p.speaker, p.language, p.words),
            *[(e.model, tuple(e.vector), bytes(e.sketch)) for e in p.embeddings.all()],
        )
        for p in document.passages.order_by("number").prefetch_related("embeddings")
    ]
    drops = list(document.drops.values_list("rule", "value", "text", "page", "count"))
    text, versions = document.current.text, document.versions.count()
    return document.title, document.status, text, versions, passages, drops


def test_a_process_killed_at_any_step_loses_nothing_doubles_nothing_and_ends_as_a_clean_run(
    fork, bring
):
    assert fork("work", bring("whole").pk) == 0
    for step in STEPS:
        assert fork("work", bring(step).pk, kill_at=step) == -9, step
    seen = set(Document.objects.values_list("key", flat=True))
    assert seen == {"whole", *AFTER}, "nothing is seen of an item that has not ended"

    run_out()
    worker = started(1)
    try:
        assert fork("sweep") == 0
        until_all_ended()
    finally:
        stop(worker)
    assert Document.objects.count() == len(STEPS) + 1
    assert Passage.objects.count() == (len(STEPS) + 1) * SECTIONS
    clean = made_of("whole")
    for step in STEPS:
        assert made_of(step) == clean, step


def test_nothing_is_stuck_for_more_than_a_minute(brand):
    sweep = timedelta(seconds=settings.CELERY_BEAT_SCHEDULE["renudge-ingestion"]["schedule"])
    assert LEASE + sweep <= timedelta(seconds=60), "the work of a killed worker"
    assert nudge.PATIENCE + sweep <= timedelta(seconds=60), "a nudge that Redis lost"
    assert timedelta(seconds=3 * BEAT) < LEASE, "two beats may fail before a lease ends"
