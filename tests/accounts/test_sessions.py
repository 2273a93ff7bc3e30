"""How sessions begin and end."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client

from archive.models import Brand
from concierge.accounts.ended import sessions_ended
from concierge.accounts.models import Membership, SignedIn
from tests.accounts.cast import PASSWORD, staff, tries
from tests.accounts.test_second_factor import ADD, CODE, code_of, enrolled

pytestmark = pytest.mark.django_db


def planted(seed):
    """A browser with a session and a CSRF token that somebody else knows."""
    browser = Client()
    browser.session["planted"] = seed
    session = browser.session
    session["planted"] = seed
    session.save()
    browser.cookies["concierge_csrf"] = "x"
    browser.get("/admin/login/")
    return browser, browser.session.session_key


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_session_is_worth_nothing_after_signing_in(seed, settings):
    staff()
    browser, key = planted(seed)
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    tries(browser, PASSWORD)
    assert browser.session.session_key != key
    assert not Session.objects.filter(session_key=key).exists()
    assert browser.cookies[settings.CSRF_COOKIE_NAME].value != token


def test_a_planted_session_is_worth_nothing_after_the_second_factor(settings):
    settings.STAFF_MFA = True
    _, secret = enrolled()
    browser, _ = planted(1)
    tries(browser, PASSWORD)
    key = browser.session.session_key
    browser.post(CODE, {"code": code_of(secret)})
    assert browser.session.session_key != key
    assert not Session.objects.filter(session_key=key).exists()


def test_the_session_changes_when_a_second_factor_is_set_up():
    staff()
    browser = Client()
    tries(browser, PASSWORD)
    key = browser.session.session_key
    secret = browser.get(ADD).context["form"].secret
    browser.post(ADD, {"code": code_of(secret)})
    assert browser.session.session_key != key
    assert not Session.objects.filter(session_key=key).exists()


@pytest.fixture
def at_work():
    """Somebody at their desk, and their user."""
    user = staff(is_superuser=False)
    browser = Client()
    tries(browser, PASSWORD)
    assert browser.get("/admin/").status_code == 200
    return browser, user


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """What is told to whoever holds sockets open."""
    told = []

    def receiver(sender, user_id, keys, **_):
        told.append((user_id, keys))

    sessions_ended.connect(receiver)
    yield told
    sessions_ended.disconnect(receiver)


def ban(user):
    user.is_active = False
    user.save()


def demote(user):
    user.is_staff = False
    user.save()


def promote(user):
    user.is_superuser = True
    user.save()


def other_password(user):
    user.set_password("ten herons at Pérouges")
    user.save()


def join_a_group(user):
    user.groups.add(Group.objects.create(name="curators"))


def be_taken_into_a_group(user):
    Group.objects.create(name="curators").user_set.add(user)


def serve_a_house(user):
    Membership.objects.create(user=user, brand=Brand.objects.create(slug="m", name="M"))


CHANGES = [ban, demote, promote, other_password, join_a_group, be_taken_into_a_group, serve_a_house]


@pytest.mark.parametrize("change", CHANGES)
def test_a_session_ends_when_its_person_may_do_something_else(
    at_work, heard, change, django_capture_on_commit_callbacks
):
    browser, user = at_work
    key = browser.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        change(user)
    assert heard == [(user.pk, [key])]
    assert not Session.objects.filter(session_key=key).exists()
    assert browser.get("/admin/").url.startswith("/admin/login/")


def test_a_change_past_the_signals_is_found_at_the_next_request(at_work):
    browser, user = at_work
    type(user).objects.filter(pk=user.pk).update(is_superuser=True)
    assert browser.get("/admin/").url.startswith("/admin/login/")
    assert "_auth_user_id" not in browser.session


def test_a_change_of_the_name_alone_ends_nothing(at_work):
    browser, user = at_work
    user.first_name = "Inès"
    user.save()
    assert browser.get("/admin/").status_code == 200


def test_who_changes_their_own_password_stays_and_every_other_session_ends(at_work):
    browser, _ = at_work
    elsewhere = Client()
    tries(elsewhere, PASSWORD)
    new = "ten herons at Pérouges"
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert browser.post("/admin/password_change/", words).status_code == 302
    assert browser.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").url.startswith("/admin/login/")


def test_a_session_at_the_desk_lasts_a_working_day(at_work):
    browser, _ = at_work
    assert browser.session.get_expiry_age() == 12 * 60 * 60


def test_signing_out_leaves_no_session(at_work, heard, django_capture_on_commit_callbacks):
    browser, user = at_work
    key = browser.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/admin/logout/")
    assert heard == [(user.pk, [key])]
    assert not Session.objects.filter(session_key=key).exists()
    assert not SignedIn.objects.exists()


def test_who_only_looks_has_no_session(visitor, brand):
    visitor.get("/maison/")
    assert not Session.objects.exists()
