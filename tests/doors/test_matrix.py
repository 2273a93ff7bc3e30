"""Every door, every identity, every target: as the table says, and nothing else."""

import logging

import pytest

from tests.doors.cells import surprises
from tests.doors.matrix import slice_of, unlisted, whole, without_route
from tests.doors.world import build

LEAST = 3_000  # cells of the whole; `python -m bench.doors` knocks at all of them


def test_every_route_is_in_the_table():
    assert not unlisted()


def test_every_entry_of_the_table_has_its_route():
    assert not without_route()


@pytest.fixture
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db(transaction=True)
def test_nobody_comes_further_than_the_table_lets_them(quiet):
    world = build()
    cells = whole(world)
    assert len(cells) > LEAST
    found = list(surprises(slice_of(cells), world.sessions))
    assert not found, "\n".join(found)
