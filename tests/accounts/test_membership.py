"""Which houses a person of the staff serves."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from concierge.accounts.models import Membership
from concierge.accounts.staff import brands_of

pytestmark = pytest.mark.django_db


def person(name="ada", **rights):
    return get_user_model().objects.create_user(name, **rights)


def test_a_superuser_serves_all_houses(brand):
    assert brands_of(person(is_staff=True, is_superuser=True)) is None


def test_an_advisor_serves_the_houses_they_were_given(brand, other_brand):
    advisor = person(is_staff=True)
    Membership.objects.create(user=advisor, brand=brand)
    assert brands_of(advisor) == {brand.pk}


def test_new_staff_serve_no_house(brand):
    assert brands_of(person(is_staff=True)) == frozenset()


@pytest.mark.parametrize(
    "rights",
    [{}, {"is_staff": True, "is_active": False}, {"is_superuser": True, "is_staff": False}],
)
def test_who_is_not_of_the_staff_serves_none(brand, rights):
    user = person(**rights)
    Membership.objects.create(user=user, brand=brand)
    assert brands_of(user) == frozenset()


def test_nobody_serves_none():
    assert brands_of(AnonymousUser()) == frozenset()


def test_staff_from_before_keep_every_house(brand, other_brand):
    old = person(is_staff=True)
    client = person("client")
    name = "concierge.accounts.migrations.0002_existing_staff_serve_all_houses"
    importlib.import_module(name).give_all(apps, None)
    assert brands_of(old) == {brand.pk, other_brand.pk}
    assert not Membership.objects.filter(user=client).exists()
