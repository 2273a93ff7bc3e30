"""What says who somebody is, behind the wall; and nobody is raised by code that forgets."""

import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection, transaction

from archive.viewer import Viewer
from archive.wall.scope import People, Within, accounts, house, nothing, of_house, reading
from concierge.accounts.models import Membership, SignedIn
from concierge.clients.models import Client, Visitor
from concierge.privacy.models import BrowserSession
from concierge.privacy.session_store import SessionStore

pytestmark = pytest.mark.django_db

USERS = get_user_model()._default_manager


@pytest.fixture
def ada(brand):
    user = USERS.create(username="client-ada")
    Client.objects.create(brand=brand, user=user)
    return user


@pytest.fixture
def inès(brand):
    user = USERS.create(username="inès", is_staff=True)
    Membership.objects.create(user=user, brand=brand)
    return user


def as_client(brand, user):
    return reading(Viewer.reading(brand.pk), People(user=user.pk))


def at_the_desk(user, *brands):
    return Within(of_house([each.pk for each in brands], user.pk))


@pytest.fixture
def session(brand):
    made = SessionStore()
    made["visitor"] = str(uuid.uuid4())
    made.create()
    SignedIn.objects.create(session_key=made.session_key, user=USERS.create(username="x"))
    return made.session_key


def test_a_session_is_found_by_its_key_alone(session, brand, inès):
    scopes = [as_client(brand, inès), at_the_desk(inès, brand), house(brand.pk), nothing()]
    for scope in scopes:
        with scope:
            assert SessionStore(session).get("visitor")
            for model in (Session, BrowserSession, SignedIn):
                assert not model.objects.exists()


def test_a_client_sees_their_own_account_and_changes_none(brand, ada, inès):
    with as_client(brand, ada):
        assert list(USERS.all()) == [ada]
        assert not USERS.update(is_active=False)


def test_the_desk_sees_colleagues_and_the_clients_of_its_houses(brand, other_brand, ada, inès):
    with at_the_desk(inès, brand):
        assert set(USERS.all()) == {ada, inès}
    with at_the_desk(inès, other_brand):
        assert set(USERS.all()) == {inès}
    with house(brand.pk):  # what a client does there is done in no one's name
        assert not USERS.exists()


def test_the_desk_sees_nobody_who_serves_other_houses_alone(brand, other_brand, inès):
    odile = USERS.create(username="odile", is_staff=True)
    Membership.objects.create(user=odile, brand=other_brand)
    USERS.create(username="yuki", is_staff=True)  # who serves none
    clément = USERS.create(username="clément", is_staff=True, is_superuser=True)
    with at_the_desk(inès, brand):
        assert set(USERS.all()) == {inès, clément}
    with at_the_desk(inès, brand, other_brand):
        assert set(USERS.all()) == {inès, clément, odile}


def test_signing_in_sees_accounts_and_nothing_of_a_client(brand, ada):
    Visitor.objects.create(brand=brand)
    with accounts():
        assert list(USERS.all()) == [ada]
        assert not Client.objects.exists()
        assert not Visitor.objects.exists()


def test_the_desk_sees_what_colleagues_have_done(brand, other_brand, inès):
    stranger = USERS.create(username="odile", is_staff=True)
    Membership.objects.create(user=stranger, brand=other_brand)
    kind = ContentType.objects.get_for_model(Group)
    for user in (inès, stranger):
        LogEntry.objects.create(user=user, content_type=kind, object_id="1", action_flag=1)
    with at_the_desk(inès, brand):
        assert [each.user_id for each in LogEntry.objects.all()] == [inès.pk]


def become_superuser(user, group):
    USERS.filter(pk=user.pk).update(is_superuser=True)


def make_a_superuser(user, group):
    USERS.create(username="new", is_superuser=True)


def take_a_right(user, group):
    user.user_permissions.add(Permission.objects.first())


def join_a_group(user, group):
    user.groups.add(group)


def give_the_group_a_right(user, group):
    group.permissions.add(Permission.objects.first())


def serve_another_house(user, group):
    brand = Membership.objects.get(user=user).brand
    Membership.objects.filter(user=user).update(brand=brand)


RAISES = [
    become_superuser,
    make_a_superuser,
    take_a_right,
    join_a_group,
    give_the_group_a_right,
    serve_another_house,
]


@pytest.mark.parametrize("act", RAISES)
def test_nobody_is_raised_at_the_desk_of_a_house(brand, inès, act):
    group = Group.objects.create(name="curators")
    refused = pytest.raises(ProgrammingError, match="raised")
    with at_the_desk(inès, brand), refused, transaction.atomic():
        act(inès, group)
    act(inès, group)  # in the scope of everything, as a superuser or a command does it


LEFT_ALONE = [
    "INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')",
    "DELETE FROM auth_permission",
    "UPDATE django_admin_log SET user_id = 1",
    "UPDATE axes_accessfailurelog SET username = 'x'",
    "DELETE FROM audit_entry",
]


@pytest.mark.parametrize("statement", LEFT_ALONE)
def test_what_the_application_never_does_it_may_not_do(statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
