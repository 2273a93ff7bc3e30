"""What clients took back stays so, whatever a restored backup brings."""

import pytest
from django.utils import timezone

from concierge.clients import consent, decisions
from concierge.clients.models import Consent, Memory, Purpose
from concierge.privacy.decisions_replay import replay
from concierge.privacy.forget import bring_back, forget_memory
from tests.house import *  # noqa: F403

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_file(settings, tmp_path):
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.jsonl")


def remembered(person, text="43"):
    return Memory.objects.create(visitor=person, kind="size", origin="said", text=text)


def brought_back(rows):
    """As a backup of before brings rows back."""
    for row in rows:
        created = getattr(row, "created", None)
        row.save(force_insert=True)
        if created:
            type(row).objects.filter(pk=row.pk).update(created=created)


def given(person, purpose=Purpose.SERVE):
    return Consent.objects.create(
        visitor=person,
        purpose=purpose,
        version=consent.words_of(person.brand, purpose, "").version,
        language="en",
        place="test",
        given=timezone.now(),
    )


def test_a_consent_that_was_withdrawn_does_not_come_back(person):
    yes = given(person)
    assert consent.permits(person.pk, Purpose.SERVE)
    consent.withdraw(person, Purpose.SERVE, place="test")
    Consent.objects.all().delete()
    brought_back([yes])
    assert consent.permits(person.pk, Purpose.SERVE)
    assert replay() == 1
    assert not consent.permits(person.pk, Purpose.SERVE)
    assert replay() == 0


def test_a_yes_given_again_since_stands(person):
    given(person)
    consent.withdraw(person, Purpose.SERVE, place="test")
    Consent.objects.all().delete()
    given(person)
    assert replay() == 0
    assert consent.permits(person.pk, Purpose.SERVE)


def test_a_thing_that_was_forgotten_is_forgotten_again(person):
    memory = remembered(person)
    forget_memory(person, Memory.objects.get())
    brought_back([memory])
    assert replay() == 1
    assert not Memory.objects.exists()


def test_a_thing_had_back_within_its_minute_stays(person):
    remembered(person)
    aside = forget_memory(person, Memory.objects.get())
    assert bring_back(person, aside.pk)
    assert replay() == 0
    assert Memory.objects.get().text == "43"


def test_another_row_with_the_number_of_a_forgotten_one_stays(person):
    memory = remembered(person)
    number = memory.pk
    forget_memory(person, Memory.objects.get())
    Memory.objects.create(pk=number, visitor=person, kind="size", origin="said", text="52")
    assert replay() == 0
    assert Memory.objects.get().text == "52"


def test_what_is_remembered_falls_with_the_consent_it_rested_on(person):
    yes = given(person, Purpose.PERSONALISE)
    memory = remembered(person)
    consent.withdraw(person, Purpose.PERSONALISE, place="test")
    Consent.objects.all().delete()
    Memory.objects.all().delete()
    brought_back([yes, memory])
    replay()
    assert not Memory.objects.exists()


def test_half_a_line_is_none(person):
    given(person)
    consent.withdraw(person, Purpose.SERVE, place="test")
    with decisions.path().open("a", encoding="utf-8") as file:
        file.write('{"at": "2026')
    assert len(list(decisions.lines())) == 1


def test_a_line_written_after_half_a_line_is_read(person):
    decisions.path().parent.mkdir(parents=True, exist_ok=True)
    decisions.path().write_text('{"at": "2026')
    given(person)
    consent.withdraw(person, Purpose.SERVE, place="test")
    assert [line["act"] for line in decisions.lines()] == [decisions.WITHDREW]


def test_the_file_names_nobody_and_is_closed_to_others(person):
    remembered(person, "a canary of a size")
    forget_memory(person, Memory.objects.get())
    assert "canary" not in decisions.path().read_text()
    assert decisions.path().stat().st_mode & 0o777 == 0o600
