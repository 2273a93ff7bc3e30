"""What a viewer may not see is not found, whichever way it is looked for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.search import search_passages
from archive.viewer import Audience, Viewer

HERON = "The Heron was drawn by Ottoline Vane at the Pérouges ponds."
HOUR = timedelta(hours=1)


def found(viewer, query="who drew the heron"):
    return [hit.passage_id for hit in search_passages(viewer, query)]


def test_a_published_passage_is_found(write, viewer):
    (passage,) = write(HERON)
    assert found(viewer) == [passage.pk]


def test_another_brand_finds_nothing_of_it(write, other_brand):
    write(HERON)
    assert found(Viewer.reading(other_brand.pk)) == []


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_published_is_not_found(write, viewer, status):
    write(HERON, status=status)
    assert found(viewer) == []


@pytest.mark.parametrize("place", range(4))
def test_an_audience_finds_its_own_and_every_wider(write, brand, place):
    written = [write(HERON, audience=audience)[0].pk for audience in Audience.values]
    viewer = Viewer.reading(brand.pk, Audience.values[place])
    assert sorted(found(viewer)) == written[: place + 1]


def test_an_embargo_holds_until_its_hour(write, viewer):
    write(HERON, embargo_until=timezone.now() + HOUR)
    (open_now,) = write(HERON, embargo_until=timezone.now() - HOUR)
    assert found(viewer) == [open_now.pk]


def test_rights_end_at_their_hour(write, viewer):
    write(HERON, rights_until=timezone.now() - HOUR)
    (still_held,) = write(HERON, rights_until=timezone.now() + HOUR)
    assert found(viewer) == [still_held.pk]


def test_a_rare_audience_is_not_crowded_out_by_the_others(write, brand):
    """Every one of few advisor passages comes back though a hundred times more are nearer."""
    write(*[f"{HERON} Plate {number}." for number in range(400)], audience="atelier")
    advisors = write("Herons nest in April.", "A bird at the lake.", audience="advisor")
    viewer = Viewer(brand.pk, frozenset({"advisor"}))
    assert sorted(found(viewer)) == [passage.pk for passage in advisors]
