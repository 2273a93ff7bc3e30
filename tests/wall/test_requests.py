"""A request is asked in the scope of its route and of who makes it."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from archive.viewer import Viewer
from archive.wall.scope import ACCOUNTS, EVERYTHING, NOTHING, People, of_house, of_reader
from concierge.accounts.models import Membership
from concierge.chat.walled import scope_of as scope_of_socket
from concierge.clients.models import Client, Visitor
from concierge.clients.visitors import KEY
from concierge.operations.walled import scope_of

pytestmark = pytest.mark.django_db
BROWSER = uuid.UUID(int=5)


def asked(path, user=None, session=None, method="GET"):
    request = RequestFactory().generic(method, path)
    request.user, request.session = user or AnonymousUser(), session or {}
    return scope_of(request)


def person(name, **rights):
    return get_user_model().objects.create_user(username=name, **rights)


@pytest.fixture
def known(brand):
    """The visitor of a browser at the house."""
    return Visitor.objects.create(brand=brand, browser=BROWSER)


def own(brand, *visitors, user=None):
    people = People(tuple(each.pk for each in visitors), BROWSER, user)
    return of_reader(Viewer.reading(brand.pk), people)


def test_a_superuser_in_the_console_sees_everything():
    assert asked("/admin/", person("curator", is_staff=True, is_superuser=True)) == EVERYTHING


def test_staff_in_the_console_see_the_houses_they_serve(brand, other_brand):
    advisor = person("advisor", is_staff=True)
    assert asked("/admin/", advisor) == of_house([], advisor.pk)
    Membership.objects.create(user=advisor, brand=brand)
    assert asked("/admin/", advisor) == of_house([brand.pk], advisor.pk)


def test_a_client_in_the_console_sees_nothing_of_any_house():
    client = person("client")
    assert asked("/admin/", client) == of_house([], client.pk)


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/logout/", "/accounts/code/"])
def test_whoever_signs_in_or_out_at_the_desk_sees_accounts_alone(path):
    assert asked(path, method="POST") == ACCOUNTS


def test_whoever_is_new_at_a_house_reads_what_it_shows(brand):
    assert asked("/maison/") == of_reader(Viewer.reading(brand.pk))


def test_a_browser_sees_its_own_visitor_and_not_the_one_of_another_house(brand, other_brand, known):
    Visitor.objects.create(brand=other_brand, browser=BROWSER)
    assert asked("/maison/", session={KEY: str(BROWSER)}) == own(brand, known)


def test_who_is_signed_in_sees_what_they_said_in_another_browser(brand, known):
    user = person("client")
    known.client = Client.objects.create(brand=brand, user=user)
    known.save()
    session = {"_auth_user_id": str(user.pk)}
    people = People((known.pk,), None, user.pk)
    assert asked("/maison/", session=session) == of_reader(Viewer.reading(brand.pk), people)


def test_what_is_done_on_the_privacy_page_stays_within_the_house(brand):
    path = "/maison/privacy/export/"
    assert asked(path, method="POST") == of_house([brand.pk])


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/no-house/"])
def test_everywhere_else_nothing_is_seen(path, brand):
    assert asked(path) == NOTHING


def test_a_socket_reads_as_the_client_of_its_conversation(brand, known):
    held = known.conversations.create(brand=brand, audience="client")
    session = {KEY: str(BROWSER)}
    viewer = Viewer.reading(brand.pk, "client")
    assert scope_of_socket(session, held.pk) == of_reader(viewer, People((known.pk,), BROWSER))
    assert scope_of_socket(session, uuid.uuid4()) == NOTHING
