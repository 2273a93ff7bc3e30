"""What a search looks through is what `visible_to` shows, however it is narrowed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from archive.door import Door
from archive.models import Document, Passage
from archive.viewer import Audience, Viewer

EVERY = "SELECT id FROM {rows} WHERE {visible} ORDER BY id"


def keys(visible):
    return [key for (key,) in Door.of(visible).asked(EVERY)]


@pytest.fixture
def shelf(write, other_brand):
    soon, gone = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)
    for audience in Audience.values:
        write("The heron.", "The pond.", audience=audience, embedded=False)
        write("The heron.", audience=audience, embargo_until=soon, embedded=False)
        write("The heron.", audience=audience, rights_until=gone, embedded=False)
    write("The heron.", status="draft", embedded=False)
    write("The heron.", house=other_brand, embedded=False)


@pytest.mark.parametrize("audience", Audience.values)
@pytest.mark.parametrize(
    "narrowed",
    [
        Q(),
        Q(text="The heron."),
        ~Q(number=0),
        Q(document__title="", document__current=None),  # a question to what the rows belong to
        Q(embeddings__model=None),
        Q(text="100 % %s {visible}"),
        Q(pk__in=[]),
        ~Q(pk__in=[]),
    ],
)
def test_it_lets_through_what_the_viewer_may_see(shelf, brand, audience, narrowed):
    visible = Passage.objects.visible_to(Viewer.reading(brand.pk, audience)).filter(narrowed)
    assert keys(visible) == sorted(visible.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "withdrawn"},
        {"audience": Audience.ATELIER},
        {"embargo_until": timedelta(hours=1)},
        {"rights_until": timedelta(hours=-1)},
    ],
)
def test_the_door_of_a_viewer_is_kept_and_what_is_behind_it_is_not(write, viewer, hidden):
    (passage,) = write("The heron.", embedded=False)
    door, document = Door.to(Passage, viewer), Document.objects.filter(pk=passage.document_id)
    assert Door.to(Passage, viewer) is door
    assert door.asked(EVERY) == [(passage.pk,)]
    now = timezone.now()
    document.update(**{k: now + v if isinstance(v, timedelta) else v for k, v in hidden.items()})
    assert door.asked(EVERY) == []


def test_settings_hold_for_their_statement_alone(shelf, viewer, transactional_db):
    door = Door.of(Passage.objects.visible_to(viewer))
    statement = "SET LOCAL work_mem = '123MB'; SELECT current_setting('work_mem') WHERE {visible}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        (before,) = cursor.fetchone()
    told = door.asked(statement.replace("WHERE", "FROM {rows} WHERE"))
    assert told == [("123MB",)] * 2
    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone() == (before,)
