"""Pages speak the language of whoever reads them; the house's own texts stay its own."""

import uuid

import pytest
from django.conf import settings
from django.core import mail

from archive.models import Brand
from concierge.clients.models import Consent
from concierge.clients.spoken import language_of
from concierge.privacy import export
from tests.chat.communicator import Socket
from tests.chat.page import ASK, HTMX, PAGE, body, field, sent

pytestmark = pytest.mark.django_db(transaction=True)

COOKIE = settings.LANGUAGE_COOKIE_NAME
FRENCH = {"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}
GERMAN = {"Accept-Language": "de"}


def chooses(browser, language, page=PAGE, **more):
    headers = {"Referer": f"http://testserver{page}"}
    return browser.post(f"{PAGE}language/", {"language": language}, headers=headers, **more)


@pytest.mark.parametrize(
    ("chosen", "accepted", "house", "read"),
    [
        ("", "", "it", "it"),
        ("", "fr-CH, fr;q=0.9, en;q=0.8", "it", "fr"),
        ("", "es, de;q=0.4, en;q=0.2", "it", "de"),
        ("", "es-MX", "it", "it"),
        ("", "*", "it", "it"),
        ("", "fr;q=0, DE;q=0.3", "it", "de"),
        ("", "fr;q=a lot;;,,=", "it", "it"),
        ("de", "fr", "it", "de"),
        ("xx", "fr", "it", "fr"),
        ("", "", "es", "en"),
    ],
)
def test_a_choice_comes_before_the_browser_and_the_browser_before_the_house(
    chosen, accepted, house, read
):
    assert language_of({COOKIE: chosen}, accepted, Brand(language=house)) == read


def test_a_page_is_in_the_browser_s_language_and_its_greeting_in_the_house_s(visitor, brand):
    Brand.objects.update(greeting="What would you like to know?")
    response = visitor.get(PAGE, headers=FRENCH)
    assert '<html lang="fr">' in body(response)
    assert "Nouvelle conversation" in body(response)
    assert '<h1 lang="en">What would you like to know?' in body(response)
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["privacy/", "account/", "pieces/{piece}/"])
def test_every_page_of_a_house_does_the_same(visitor, product, path):
    html = body(visitor.get(PAGE + path.format(piece=product.pk), headers=GERMAN))
    assert '<html lang="de">' in html
    assert "Neues Gespräch" in html


def test_prices_are_written_as_the_reader_writes_them(visitor, product):
    html = body(visitor.get(f"{PAGE}pieces/{product.pk}/", headers=GERMAN))
    assert "ab 390\xa0€" in html
    assert "€390" not in html


def test_what_is_refused_is_said_in_it(visitor, brand):
    refused = visitor.post(ASK, sent(text=""), headers=FRENCH | HTMX)
    assert "Écrivez d" in body(refused)
    nobody = visitor.get(f"{PAGE}conversations/{uuid.UUID(int=1)}/", headers=FRENCH)
    assert '<html lang="fr">' in body(nobody)


def test_a_chosen_language_is_remembered_on_every_page(visitor, brand):
    response = chooses(visitor, "de", f"{PAGE}privacy/?page=2")
    assert response.url == f"{PAGE}privacy/?page=2"
    assert response.cookies[COOKIE]["httponly"]
    assert '<html lang="de">' in body(visitor.get(f"{PAGE}account/", headers=FRENCH))


@pytest.mark.parametrize("from_where", ["https://elsewhere.example/maison/", "javascript:x", ""])
def test_a_choice_leads_to_no_page_of_others(visitor, brand, from_where):
    told = visitor.post(f"{PAGE}language/", {"language": "de"}, headers={"Referer": from_where})
    assert told.url == PAGE


def test_a_language_the_product_has_not_is_not_remembered(visitor, brand):
    assert COOKIE not in chooses(visitor, "tlh").cookies


def test_a_language_is_chosen_by_a_press_alone(visitor, brand):
    assert visitor.get(f"{PAGE}language/").status_code == 405
    Brand.objects.update(public=False)
    assert chooses(visitor, "de").status_code == 404


def test_the_yes_to_being_answered_is_to_the_words_that_were_shown(visitor, brand):
    html = body(visitor.get(PAGE, headers=FRENCH))
    assert "En envoyant, vous permettez" in html
    shown = {name: field(html, name) for name in ("agreed", "agreed_in")}
    number = field(html, "conversation")
    visitor.post(ASK, sent(conversation=number, **shown), headers=GERMAN)
    assert Consent.objects.get(purpose="serve").language == "fr"


def test_a_yes_on_the_privacy_page_is_to_the_words_that_were_shown(browser, answered):
    html = body(browser.get(f"{PAGE}privacy/", headers=FRENCH))
    assert "Se souvenir de vous" in html
    told = {"answer": "yes", "shown": field(html, "shown"), "shown_in": field(html, "shown_in")}
    browser.post(f"{PAGE}privacy/consents/personalise/", told, headers=GERMAN)
    assert Consent.objects.get(purpose="personalise").language == "fr"


def test_a_yes_to_words_that_have_changed_since_is_none(browser, answered):
    told = {"answer": "yes", "shown": "0"}
    browser.post(f"{PAGE}privacy/consents/personalise/", told)
    assert not Consent.objects.filter(purpose="personalise").exists()


def test_what_an_answer_asks_for_is_asked_and_agreed_to_in_it(browser, answered):
    answered.question.text = "My ring size is 52. Who drew the kingfisher?"
    answered.question.save()
    address = f"{PAGE}conversations/{answered.conversation_id}/"
    html = body(browser.get(address, headers=FRENCH))
    assert "s’en souvenir pour la prochaine fois" in html
    offer = f"{PAGE}messages/{answered.pk}/personalise/yes/"
    browser.post(offer, {"shown_in": field(html, "shown_in")})
    assert Consent.objects.get(purpose="personalise").language == "fr"


async def test_a_socket_speaks_as_its_page_does(answered, browser):
    from concierge.asgi import application

    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    headers = [
        *((b"host", b"localhost"), (b"origin", b"http://localhost")),
        *((b"cookie", cookie.encode()), (b"accept-language", b"de-CH, fr;q=0.3")),
    ]
    socket = Socket(application, f"/ws/conversations/{answered.conversation_id}/", headers)
    await socket.connect()
    assert 'aria-label="Gespräch"' in await socket.receive()
    await socket.disconnect()


def test_the_letter_with_the_link_is_in_it(visitor, brand):
    visitor.post(f"{PAGE}account/letter/", {"email": "adele@example.org"}, headers=FRENCH)
    assert "Votre lien" in mail.outbox[0].subject
    assert "ouvrez ce lien" in mail.outbox[0].body


def test_a_copy_made_later_is_in_the_language_it_was_asked_in(person, answered):
    asked = export.ask(person, "de")
    assert asked.language == "de"
    page = export.readable(person, {"consents": [], "conversations": []}, asked.language)
    assert '<html lang="de">' in page
    assert "Was Sie erlauben" in page
