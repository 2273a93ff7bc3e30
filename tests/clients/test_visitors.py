import uuid

import pytest

from concierge.clients.models import Client, Visitor
from concierge.clients.visitors import KEY, visitor_of, welcome

pytestmark = pytest.mark.django_db


def test_looking_makes_nobody(brand):
    assert visitor_of({}, brand) is None
    assert not Visitor.objects.exists()


def test_a_browser_is_the_same_visitor_each_time(brand):
    session = {}
    assert welcome(session, brand) == welcome(session, brand) == visitor_of(session, brand)


def test_two_houses_never_share_a_visitor(brand, other_brand):
    session = {}
    here, there = welcome(session, brand), welcome(session, other_brand)
    assert here != there
    assert here.browser == there.browser == uuid.UUID(session[KEY])


def test_who_is_known_without_a_cookie_is_given_their_own_back(brand, person):
    session = {}
    assert welcome(session, brand, person) == person
    assert visitor_of(session, brand) == person


def test_a_visitor_off_the_record_is_not_the_browser_s_own(brand):
    session = {KEY: str(uuid.uuid4())}
    Visitor.objects.create(brand=brand, browser=uuid.UUID(session[KEY]), off_record=True)
    assert visitor_of(session, brand) is None


def test_a_person_is_all_visitors_of_one_client_at_one_house(brand, django_user_model):
    client = Client.objects.create(brand=brand, user=django_user_model.objects.create(username="c"))
    both = [Visitor.objects.create(brand=brand, browser=uuid.uuid4(), client=client) for _ in "ab"]
    Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    assert set(Visitor.objects.same_person(both[0])) == set(both)


def test_who_works_on_this_machine_is_nobody_else(brand):
    one, _other = (Visitor.objects.create(brand=brand) for _ in "ab")
    assert list(Visitor.objects.same_person(one)) == [one]
