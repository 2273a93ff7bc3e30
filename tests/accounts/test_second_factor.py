"""What the staff shows besides a password."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.test import Client

from concierge.accounts.mfa import Adapter
from tests.accounts.cast import PASSWORD, staff, tries

pytestmark = pytest.mark.django_db
ADD = "/accounts/factors/add/"
CODE = "/accounts/code/"


@pytest.fixture
def required(settings):
    settings.STAFF_MFA = True


def code_of(secret):
    """What an authenticator shows now."""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))


def enrolled(user=None):
    """Somebody with a second factor, and its secret."""
    user = user or staff()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user, secret


def after_password(name="ines"):
    browser = Client()
    assert tries(browser, PASSWORD, name=name).url == CODE
    return browser


@pytest.mark.parametrize("page", ["/admin/", "/admin/archive/document/", "/staff/"])
def test_without_a_second_factor_no_page_of_the_console_opens(required, page):
    staff()
    browser = Client()
    tries(browser, PASSWORD)
    assert browser.get(page).url == ADD


def test_setting_one_up_opens_the_console(required):
    staff()
    browser = Client()
    tries(browser, PASSWORD)
    secret = browser.get(ADD).context["form"].secret
    assert browser.post(ADD, {"code": code_of(secret)}).url == "/accounts/recovery/"
    assert browser.get("/admin/").status_code == 200
    assert len(browser.get("/accounts/recovery/").context["unused_codes"]) == 10


def test_a_wrong_code_sets_nothing_up(required):
    staff()
    browser = Client()
    tries(browser, PASSWORD)
    browser.get(ADD)
    assert "Incorrect code" in browser.post(ADD, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_after_the_password_the_code_opens_the_console(required):
    _, secret = enrolled()
    browser = after_password()
    assert browser.get("/admin/").status_code == 302
    assert browser.post(CODE, {"code": code_of(secret)}).url == "/admin/"
    assert browser.get("/admin/").status_code == 200


def test_a_password_alone_signs_nobody_in(required):
    enrolled()
    browser = after_password()
    assert "_auth_user_id" not in browser.session
    assert browser.get(CODE).status_code == 200


def test_a_code_works_once(required):
    _, secret = enrolled()
    code = code_of(secret)
    assert after_password().post(CODE, {"code": code}).status_code == 302
    assert after_password().post(CODE, {"code": code}).status_code == 200


def test_a_recovery_code_works_once(required):
    user, _ = enrolled()
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    assert after_password().post(CODE, {"code": code}).status_code == 302
    assert after_password().post(CODE, {"code": code}).status_code == 200


def test_codes_are_tried_five_times_and_no_more(required):
    _, secret = enrolled()
    browser = after_password()
    said = [browser.post(CODE, {"code": "000000"}).status_code for _ in range(6)]
    assert said == [200] * 5 + [429]
    assert browser.post(CODE, {"code": code_of(secret)}).status_code == 429


def test_a_session_from_before_has_to_show_it_too(required, settings):
    user = staff()
    browser = Client()
    settings.STAFF_MFA = False
    tries(browser, PASSWORD)
    settings.STAFF_MFA = True
    enrolled(user)
    assert browser.get("/admin/").url == "/admin/login/"
    assert "_auth_user_id" not in browser.session


def test_the_secret_is_not_kept_in_the_clear():
    _, secret = enrolled()
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert Adapter().decrypt(kept) == secret


def test_the_secret_outlives_a_change_of_the_house_s_key(settings):
    kept = Adapter().encrypt("abc")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert Adapter().decrypt(kept) == "abc"


def test_with_the_key_lost_no_code_is_right(required, settings):
    _, secret = enrolled()
    settings.SECRET_KEY = "another" * 10
    assert after_password().post(CODE, {"code": code_of(secret)}).status_code == 200


def test_reset_mfa_lets_somebody_begin_anew(required, capsys):
    _, secret = enrolled()
    browser = after_password()
    browser.post(CODE, {"code": code_of(secret)})
    call_command("reset_mfa", "ines")
    assert "ines has no second factor any more; 1 sessions ended." in capsys.readouterr().out
    assert browser.get("/admin/").url.startswith("/admin/login/")
    tries(browser, PASSWORD)
    assert browser.get("/admin/").url == ADD


def test_reset_mfa_knows_whom_it_cannot_find():
    with pytest.raises(CommandError, match="Nobody of the staff signs in as nobody"):
        call_command("reset_mfa", "nobody")


def test_removing_it_a_while_after_signing_in_asks_for_a_code_again(required, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    _, secret = enrolled()
    browser = after_password()
    browser.post(CODE, {"code": code_of(secret)})
    assert browser.post("/accounts/factors/remove/").url.startswith("/accounts/")
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(
    "page", [ADD, "/accounts/factors/", "/accounts/recovery/", "/accounts/again/"]
)
def test_strangers_are_sent_to_sign_in(client, page):
    assert client.get(page).url.startswith("/admin/login/")
