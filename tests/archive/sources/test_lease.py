"""One reader at a time, and another when it dies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from archive.models import Listing, Notice, Source
from archive.sources import ask, gather
from archive.sources.lease import lease

from .reading import finish, read, states

pytestmark = pytest.mark.django_db


def lapse(source):
    """As if the worker that holds it had been killed a while ago."""
    Source.objects.filter(pk=source.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def press(source, folder):
    return source("folder", folder)


def test_a_source_is_leased_once(press):
    assert lease(press.pk)
    assert lease(press.pk) is None


def test_a_click_while_it_is_read_asks_for_nothing(press):
    lease(press.pk)
    assert not ask.want(press)


def test_two_clicks_before_it_is_read_make_one_run(press):
    assert ask.want(press)
    assert ask.want(press)
    gather.work(press.pk)
    gather.work(press.pk)
    assert press.runs.count() == 1


@pytest.mark.django_db(transaction=True)
def test_messages_at_the_same_moment_make_one_run(press):
    ask.want(press)

    def work(_):
        try:
            return gather.work(press.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert press.runs.count() == 1
    assert press.runs.get().items.count() == 2


def killed_after_one_entry(press):
    """A worker that has dealt with the first entry and is no more."""
    ask.want(press)
    held = lease(press.pk)
    gathering = gather.Gathering(held, gather.begun(held))
    assert not gathering.turn(end=0)
    lapse(press)
    return held


def test_another_worker_goes_on_where_a_killed_one_stopped(press):
    killed_after_one_entry(press)
    assert not gather.work(press.pk)
    run = finish(press.runs.get())
    assert states(run) == {"ferns.md": "created", "heron.md": "created"}
    assert run.finished


def test_one_that_was_only_slow_changes_nothing_once_it_is_overtaken(press):
    held = killed_after_one_entry(press)
    gather.work(press.pk)
    with pytest.raises(gather.ClaimLostError):
        held.hold()


def test_the_sweep_takes_up_what_was_half_read(press):
    from celery import current_app

    killed_after_one_entry(press)
    with current_app.connection_for_write() as open_connection:
        open_connection.default_channel.queue_purge("ingestion")
        ask.renudge()
        queue = open_connection.default_channel.queue_declare("ingestion", passive=True)
    assert queue.message_count == 1


def test_reading_that_is_cut_off_three_times_ends_with_a_notice(press):
    ask.want(press)
    for _ in range(3):
        gather.begun(lease(press.pk))
        lapse(press)
    gather.work(press.pk)
    run = press.runs.get()
    assert not run.gathering
    assert "cut off three times" in Notice.objects.get().text
    read(press)
    assert press.runs.count() == 2


def test_a_long_list_is_read_in_turns(press):
    ask.want(press)
    assert gather.work(press.pk, seconds=0)
    assert gather.work(press.pk, seconds=0)
    assert not gather.work(press.pk, seconds=0)
    assert Listing.objects.filter(source=press).count() == 2


def test_a_source_deleted_while_it_is_read_leaves_a_run_that_ends(press):
    killed_after_one_entry(press)
    run = press.runs.get()
    press.delete()
    run.refresh_from_db()
    assert not run.gathering
