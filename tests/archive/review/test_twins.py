"""A copy that is still shown tells what its document is kept from telling."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.console.twins import wider
from archive.models import Alike, Likeness

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(make):
    """Two documents that say nearly the same, the second of them shown to everyone."""
    one, other = make("kestrel"), make("kestrel-copy")
    likeness = Likeness.objects.create(brand=one.brand, kind="near")
    for each in (one, other):
        Alike.objects.create(likeness=likeness, document=each, containment=0.9)
        each.status, each.audience = "published", "public"
        each.save()
    return one, other


@pytest.mark.parametrize(
    "change",
    [
        {"status": "withdrawn"},
        {"audience": "client"},
        {"embargo_until": timezone.now() + timedelta(days=9)},
    ],
)
def test_a_copy_that_more_people_read_is_named(twins, change):
    one, other = twins
    assert wider(one) == []
    for name, value in change.items():
        setattr(one, name, value)
    one.save()
    assert [each.document for each in wider(one)] == [other]
    assert wider(other) == []


def test_a_text_with_other_numbers_tells_nothing(twins):
    one, _ = twins
    Likeness.objects.update(kind="variant")
    one.status = "withdrawn"
    assert wider(one) == []


def test_who_withdraws_a_document_is_told_of_its_copy(twins, curator):
    one, other = twins
    address = reverse("admin:archive_document_act", args=[one.pk, "withdraw"])
    page = curator.post(address, follow=True).content.decode()
    assert "says the same and is read by more people" in page
    assert reverse("admin:archive_document_change", args=[other.pk]) in page
