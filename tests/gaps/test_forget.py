from datetime import timedelta

import pytest
from django.utils import timezone

from concierge.gaps.models import Gap
from concierge.gaps.tasks import KEPT, forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def aged(brand):
    """A gap that was last touched so long ago."""

    def gap(age):
        row = Gap.objects.create(brand=brand, question=str(age), key=str(age), support=0.1)
        Gap.objects.filter(pk=row.pk).update(updated=timezone.now() - age)
        return row

    return gap


def test_what_nobody_touched_for_long_is_forgotten(aged):
    aged(KEPT + timedelta(days=1))
    kept = aged(KEPT - timedelta(days=1))
    assert forget() == 1
    assert Gap.objects.get() == kept


def test_what_a_curator_worked_on_is_kept(aged):
    gap = aged(KEPT + timedelta(days=1))
    gap.note = "Ask the atelier."
    gap.save()
    assert forget() == 0


def test_what_was_settled_lately_is_kept(aged):
    aged(KEPT + timedelta(days=1))
    Gap.objects.all().dismiss(by=None)
    assert forget() == 0
