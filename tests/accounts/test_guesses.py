"""How many guesses of a password are tried."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import connections
from django.test import Client

from concierge.accounts.guesses import MOST
from tests.accounts.cast import LOGIN, PASSWORD, staff, tries


@pytest.mark.django_db
def test_five_guesses_reach_the_hasher_from_any_number_of_addresses(counted):
    staff()
    for number in range(12):
        answer = tries(Client(), f"guess {number}", REMOTE_ADDR=f"203.0.113.{number}")
    assert len(counted) == MOST
    assert answer.status_code == 429
    assert "Please wait 5 minutes" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_guesses_that_arrive_together_pass_no_more_than_five(counted):
    staff()

    def guess(number):
        try:
            return tries(Client(), f"guess {number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as together:
        said = list(together.map(guess, range(24)))
    assert len(counted) == MOST
    assert said.count(429) == 24 - MOST


@pytest.mark.django_db
def test_another_account_is_not_held_up(counted):
    staff()
    staff("yuki")
    for number in range(7):
        tries(Client(), f"guess {number}")
    assert tries(Client(), PASSWORD, name="yuki").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["INES", "ines ", "ｉｎｅｓ"])
def test_another_spelling_of_the_name_is_the_same_account(counted, other):
    staff()
    for number in range(MOST):
        tries(Client(), f"guess {number}", name=other)
    assert tries(Client(), PASSWORD).status_code == 429


@pytest.mark.django_db
def test_the_right_password_waits_too(counted):
    staff()
    for number in range(MOST):
        tries(Client(), f"guess {number}")
    assert tries(Client(), PASSWORD).status_code == 429


@pytest.mark.django_db
def test_an_account_that_does_not_exist_is_answered_in_the_same_way(counted):
    staff()
    real = [tries(Client(), "wrong").status_code for _ in range(7)]
    none = [tries(Client(), "wrong", name="nobody").status_code for _ in range(7)]
    assert real == none


@pytest.mark.django_db
def test_who_has_signed_in_here_before_is_not_held_up_by_a_stranger(counted):
    staff()
    own = Client()
    tries(own, PASSWORD)
    own.post("/admin/logout/")
    for number in range(9):
        tries(Client(), f"guess {number}")
    assert tries(own, PASSWORD).status_code == 302


@pytest.mark.django_db
def test_a_known_browser_may_guess_no_more_than_others(counted):
    staff()
    own = Client()
    tries(own, PASSWORD)
    own.post("/admin/logout/")
    counted.clear()
    for number in range(9):
        tries(own, f"guess {number}")
    assert len(counted) == MOST


@pytest.mark.django_db
def test_a_browser_known_to_one_account_is_not_to_another(counted):
    staff()
    staff("yuki")
    own = Client()
    tries(own, PASSWORD, name="yuki")
    own.post("/admin/logout/")
    for number in range(MOST):
        tries(Client(), f"guess {number}")
    assert tries(own, PASSWORD).status_code == 429


@pytest.mark.django_db
def test_a_forged_cookie_makes_no_known_browser(counted, settings):
    staff()
    for number in range(9):
        forger = Client()
        forger.cookies[settings.KNOWN_COOKIE_NAME] = f"WyJhIiwiYiJd:{number}:forged"
        tries(forger, f"guess {number}")
    assert len(counted) == MOST


@pytest.mark.django_db
def test_nobody_is_let_in_while_nothing_can_be_counted(counted, settings, tmp_path):
    staff()
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert tries(Client(), PASSWORD).status_code == 429
    assert counted == []


@pytest.mark.django_db
def test_what_is_written_down_holds_no_password(counted):
    staff()
    secret = "a guess like no other"
    tries(Client(), secret)
    kept = [*AccessAttempt.objects.values(), *AccessFailureLog.objects.values()]
    assert kept
    assert secret not in str(kept)


@pytest.mark.django_db
def test_only_sign_ins_of_the_staff_are_written_down(client, django_user_model):
    staff()
    tries(client, PASSWORD)
    client.logout()
    client.force_login(django_user_model.objects.create_user("a client"))
    assert list(AccessLog.objects.values_list("username", flat=True)) == ["ines"]


def test_the_sign_in_page_is_there_to_be_read(client, db):
    assert client.get(LOGIN).status_code == 200
    assert client.put(LOGIN).status_code == 405
