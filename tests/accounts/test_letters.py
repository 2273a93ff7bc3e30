"""A client signs in by a letter."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client as Browser

from concierge.accounts import join, link
from concierge.accounts.models import Mailbox
from concierge.chat.models import Conversation
from concierge.clients.models import Client, Visitor
from concierge.clients.visitors import KEY

pytestmark = pytest.mark.django_db
EMAIL = "adele@example.org"


def asks(browser, email=EMAIL, house="maison", **more):
    return browser.post(f"/{house}/account/letter/", {"email": email}, **more)


def newest():
    """The link of the newest letter, as it is pressed."""
    return re.search(r"/\w+/account/open/\?link=(\S+)", mail.outbox[-1].body)


def opens(browser, found=None):
    return browser.get((found or newest()).group(0))


def presses(browser, found=None, house="maison"):
    token = (found or newest()).group(1)
    return browser.post(f"/{house}/account/open/", {"link": token})


def signs_in(browser, email=EMAIL, house="maison"):
    asks(browser, email, house)
    return presses(browser, house=house)


def talks(browser, brand, title="A heron"):
    """Somebody unknown who has said something, and the conversation."""
    session = browser.session
    session[KEY] = session.get(KEY) or str(uuid.uuid4())
    session.save()
    visitor, _ = Visitor.objects.get_or_create(browser=session[KEY], brand=brand)
    return Conversation.objects.create(brand=brand, visitor=visitor)


def test_a_letter_signs_in_the_browser_that_asked(brand, visitor):
    assert "A letter is on its way" in asks(visitor).content.decode()
    assert mail.outbox[0].to == [EMAIL]
    assert EMAIL in opens(visitor).content.decode()
    assert presses(visitor).url == "/maison/account/"
    page = visitor.get("/maison/account/").content.decode()
    assert "You are signed in" in page
    assert EMAIL in page


def test_looking_at_the_link_signs_nobody_in(brand, visitor):
    asks(visitor)
    opens(visitor)
    assert not Client.objects.exists()


def test_the_link_opens_in_no_other_browser(brand, visitor, other_visitor):
    asks(visitor)
    for deed in (opens, presses):
        answer = deed(other_visitor)
        assert answer.status_code == 403
        assert "This is another browser." in answer.content.decode()
    assert presses(visitor).status_code == 302


def test_the_link_opens_in_no_other_browser_that_asked_too(brand, visitor, other_visitor):
    asks(visitor)
    first = newest()
    asks(other_visitor, "other@example.org")
    assert presses(other_visitor, first).status_code == 403


def test_the_link_opens_once(brand, visitor):
    signs_in(visitor)
    again = presses(visitor)
    assert again.status_code == 410
    assert "This link has ended." in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_that_press_together_one_signs_in(brand, visitor):
    asks(visitor)
    found = newest()

    def press(_):
        browser = Browser()
        browser.cookies = visitor.cookies.copy()
        try:
            return presses(browser, found).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as together:
        assert list(together.map(press, range(4))).count(302) == 1


def test_the_link_ends_after_a_quarter_of_an_hour(brand, visitor):
    asks(visitor)
    place = link.place(newest().group(1))
    assert 0 < cache._cache.get_client(None).ttl(cache.make_key(place)) <= 15 * 60
    cache.delete(place)
    assert presses(visitor).status_code == 410


def test_only_the_newest_letter_opens(brand, visitor):
    asks(visitor)
    first = newest()
    asks(visitor)
    assert presses(visitor, first).status_code == 403
    assert presses(visitor).status_code == 302


def test_a_link_of_one_house_opens_nothing_at_another(brand, other_brand, visitor):
    asks(visitor)
    assert presses(visitor, house="rivale").status_code == 410


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\x00", "é"])
def test_what_is_no_link_is_told_so(brand, visitor, token):
    assert visitor.post("/maison/account/open/", {"link": token}).status_code == 410


def test_the_conversations_of_the_browser_come_along(brand, visitor):
    said = talks(visitor, brand)
    signs_in(visitor)
    assert visitor.get(f"/maison/conversations/{said.pk}/").status_code == 200


def test_the_conversations_of_every_signed_in_browser_are_one_person_s(
    brand, visitor, other_visitor
):
    said = talks(visitor, brand)
    signs_in(visitor)
    assert other_visitor.get(f"/maison/conversations/{said.pk}/").status_code == 404
    signs_in(other_visitor)
    assert other_visitor.get(f"/maison/conversations/{said.pk}/").status_code == 200


def test_somebody_else_s_conversations_stay_theirs(brand, visitor, other_visitor):
    said = talks(visitor, brand)
    signs_in(visitor)
    signs_in(other_visitor, "other@example.org")
    assert other_visitor.get(f"/maison/conversations/{said.pk}/").status_code == 404


def test_a_second_person_at_one_browser_begins_anew(brand, visitor):
    said = talks(visitor, brand)
    signs_in(visitor)
    signs_in(visitor, "other@example.org")
    assert visitor.get(f"/maison/conversations/{said.pk}/").status_code == 404
    assert said.visitor.client_id != Visitor.objects.get(browser=visitor.session[KEY]).client_id


def test_signing_out_leaves_nobody_in_the_browser(brand, visitor):
    said = talks(visitor, brand)
    signs_in(visitor)
    visitor.post("/maison/account/leave/")
    assert KEY not in visitor.session
    assert visitor.get(f"/maison/conversations/{said.pk}/").status_code == 404
    assert "Find your conversations again" in visitor.get("/maison/account/").content.decode()


def test_signing_in_at_a_second_house_takes_what_was_said_there_along(brand, other_brand, visitor):
    signs_in(visitor)
    said = talks(visitor, other_brand)
    signs_in(visitor, house="rivale")
    assert visitor.get(f"/rivale/conversations/{said.pk}/").status_code == 200


def test_two_houses_do_not_know_that_they_have_the_same_client(brand, other_brand, visitor):
    signs_in(visitor)
    signs_in(visitor, house="rivale")
    first, second = Client.objects.order_by("created")
    assert first.user != second.user
    assert first.user.username != second.user.username


def test_the_address_is_in_no_column_that_can_be_read(brand, visitor):
    signs_in(visitor)
    user = Client.objects.get().user
    assert EMAIL not in str(get_user_model().objects.filter(pk=user.pk).values())
    assert Mailbox.objects.get().email == EMAIL
    assert not user.has_usable_password()


def test_nothing_in_redis_tells_who_asked(brand, visitor):
    asks(visitor)
    server = cache._cache.get_client(None)
    kept = b"".join(key + (server.dump(key) or b"") for key in server.keys("*"))
    assert b"adele" not in kept


def test_a_known_address_is_answered_like_an_unknown_one(brand, visitor, other_visitor):
    signs_in(visitor)
    answers = [asks(Browser(), email) for email in (EMAIL, "nobody@example.org")]
    assert len({answer.content.replace(b"", b"") for answer in map(without_tokens, answers)}) == 1
    assert len(mail.outbox) == 3


def without_tokens(answer):
    answer.content = re.sub(rb'nonce="[^"]*"|value="[^"]*"', b"", answer.content)
    return answer


def test_a_fourth_letter_to_one_address_is_not_sent(brand):
    said = [asks(Browser()).status_code for _ in range(5)]
    assert said == [200, 200, 200, 429, 429]
    assert len(mail.outbox) == 3


def test_one_network_may_not_write_to_everybody(brand):
    said = [asks(Browser(), f"a{n}@example.org").status_code for n in range(22)]
    assert said.count(200) == 20


@pytest.mark.parametrize("written", ["", "adele", "a@b", "a@example.org\r\nBcc: x@example.org"])
def test_what_is_no_address_is_told_so(brand, visitor, written):
    answer = asks(visitor, written)
    assert answer.status_code == 422
    assert not mail.outbox


def test_an_address_that_only_looks_like_another_is_another(brand, visitor, other_visitor):
    signs_in(visitor, "mike@example.org")
    asks(other_visitor, "m\u0131ke@example.org")
    assert [letter.to for letter in mail.outbox[1:]] in ([], [["m\u0131ke@example.org"]])


def test_the_letter_goes_where_the_account_is(brand, visitor):
    """A letter for what merely folds to an address must not go elsewhere."""
    asks(visitor, "ADELE@Example.org")
    assert mail.outbox[0].to == [EMAIL]


def test_who_was_shut_out_cannot_sign_in(brand, visitor, other_visitor):
    signs_in(visitor)
    user = Client.objects.get().user
    user.is_active = False
    user.save()
    assert KEY not in visitor.session
    assert signs_in(other_visitor).status_code == 403


def test_a_letter_never_signs_in_somebody_of_the_staff(brand, visitor):
    signs_in(visitor)
    get_user_model().objects.update(is_staff=True)
    assert signs_in(Browser()).status_code == 403


def test_an_account_outlives_a_change_of_the_house_s_key(brand, visitor, other_visitor, settings):
    signs_in(visitor)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    signs_in(other_visitor)
    user = Client.objects.get().user
    assert user.username == join.names(brand, EMAIL)[0]


def test_a_client_who_is_forgotten_leaves_no_user(brand, visitor):
    signs_in(visitor)
    Client.objects.get().delete()
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_session_is_worth_nothing_after_the_letter(brand, visitor, seed):
    talks(visitor, brand)
    asks(visitor)
    key = visitor.session.session_key
    thief = Browser()
    thief.cookies = visitor.cookies.copy()
    presses(visitor)
    assert visitor.session.session_key != key
    assert "You are signed in" not in thief.get("/maison/account/").content.decode()


def test_a_trial_run_says_where_the_letter_lies(brand, visitor, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    assert str(tmp_path / "mail") in asks(visitor).content.decode()
    assert EMAIL in next((tmp_path / "mail").iterdir()).read_text()


def test_in_production_no_folder_is_named(brand, visitor, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.PRODUCTION = True
    assert str(tmp_path) not in asks(visitor).content.decode()


def test_a_mail_server_that_does_not_answer_is_told_plainly(brand, visitor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = asks(visitor)
    assert answer.status_code == 503
    assert "could not be sent just now" in answer.content.decode()


def test_a_french_house_writes_in_french(brand, visitor):
    brand.language = "fr"
    brand.save()
    assert "Une lettre est en route" in asks(visitor).content.decode()
    assert mail.outbox[0].subject == "Votre lien vers Maison"
    assert "ouvrez ce lien dans le navigateur" in mail.outbox[0].body


@pytest.mark.parametrize("page", ["letter", "leave"])
def test_what_a_button_does_a_link_does_not(brand, visitor, page):
    assert visitor.get(f"/maison/account/{page}/").status_code == 405


@pytest.mark.parametrize("page", ["letter", "open", "leave"])
def test_no_other_site_can_press_a_button(brand, page):
    browser = Browser(enforce_csrf_checks=True)
    assert browser.post(f"/maison/account/{page}/", {"email": EMAIL}).status_code == 403


def test_a_house_without_a_page_has_no_accounts(brand, visitor):
    brand.public = False
    brand.save()
    assert visitor.get("/maison/account/").status_code == 404
    assert asks(visitor).status_code == 404


def test_the_staff_s_accounts_are_no_house(client, db):
    assert client.get("/accounts/account/").status_code == 404
