import re
import uuid
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.test import Client

from archive.models import Brand
from concierge.chat import hold
from concierge.chat.models import Conversation, Message
from concierge.clients.models import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

HTMX = {"HX-Request": "true"}
NOBODYS = uuid.UUID(int=1)
PAGE = "/maison/"
ASK = "/maison/messages/"


def sent(text="Hello", **given):
    return {"conversation": uuid.uuid4(), "client_key": uuid.uuid4(), "text": text} | given


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found
    return found[1]


def body(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/"),
        ("post", PAGE),
        ("get", ASK),
        ("post", f"/maison/conversations/{NOBODYS}/"),
        ("post", "/maison/citations/1/"),
        ("post", "/maison/pieces/1/"),
        ("get", "/maison/messages/1/stop/"),
    ],
)
def test_another_method_is_refused(visitor, brand, method, path):
    assert getattr(visitor, method)(path).status_code == 405


@pytest.mark.parametrize(
    "path", ["", "citations/1/", "pieces/1/", f"conversations/{NOBODYS}/", "messages/"]
)
def test_a_house_without_a_page_is_not_found(visitor, brand, path):
    Brand.objects.update(public=False)
    ask = visitor.post if path == "messages/" else visitor.get
    assert ask(f"/maison/{path}", sent()).status_code == 404


class TestFront:
    def test_the_only_house_is_shown_at_once(self, visitor, brand):
        assert visitor.get("/").headers["Location"] == PAGE

    def test_several_houses_are_listed(self, visitor, brand, other_brand):
        html = body(visitor.get("/"))
        assert 'href="/maison/"' in html
        assert 'href="/rivale/"' in html

    def test_an_empty_product_says_how_to_begin(self, visitor, db):
        assert "load_demo" in body(visitor.get("/"))


class TestPage:
    def test_looking_leaves_no_trace(self, visitor, brand):
        response = visitor.get(PAGE)
        assert response.status_code == 200
        assert settings.SESSION_COOKIE_NAME not in response.cookies
        assert not Visitor.objects.exists()

    def test_it_says_before_the_first_answer_that_an_ai_answers(self, visitor, brand):
        brand.contact = "+33 4 00"
        brand.save()
        html = body(visitor.get(PAGE))
        assert "You are speaking with an AI." in html
        assert "To speak with a person: +33 4 00." in html

    def test_it_goes_on_with_the_last_conversation(self, browser, answered):
        html = body(browser.get(PAGE))
        assert "Who drew the kingfisher?" in html
        assert field(html, "conversation") == str(answered.conversation_id)

    def test_it_can_begin_anew(self, browser, answered):
        html = body(browser.get(f"{PAGE}?new=1"))
        assert "Who drew the kingfisher?" not in html
        assert field(html, "conversation") != str(answered.conversation_id)

    def test_another_sees_nothing_of_it(self, other_visitor, answered):
        assert "Who drew the kingfisher?" not in body(other_visitor.get(PAGE))

    def test_its_policy_lets_in_the_images_of_the_house_only(self, visitor, brand):
        brand.image_hosts = ["https://images.maison.example"]
        brand.save()
        policy = visitor.get(PAGE).headers["Content-Security-Policy"]
        assert "img-src 'self' data: https://images.maison.example" in policy
        assert "unsafe" not in policy

    def test_it_is_kept_by_no_cache(self, visitor, brand):
        assert visitor.get(PAGE).headers["Cache-Control"] == "no-store"

    def test_without_scripts_it_reloads_while_an_answer_is_written(self, browser, held, brand):
        assert 'http-equiv="refresh"' in body(browser.get(PAGE))

    def test_without_scripts_it_rests_once_all_is_answered(self, browser, answered):
        assert 'http-equiv="refresh"' not in body(browser.get(PAGE))

    def test_it_speaks_the_language_of_the_house(self, visitor, brand):
        brand.language = "fr"
        brand.save()
        html = body(visitor.get(PAGE, headers={"Accept-Language": "de"}))
        assert '<html lang="fr">' in html
        assert "Nouvelle conversation" in html


class TestConversation:
    def test_its_own_visitor_sees_it(self, browser, answered):
        html = body(browser.get(f"/maison/conversations/{answered.conversation_id}/"))
        assert "Who drew the kingfisher?" in html
        assert f"/ws/conversations/{answered.conversation_id}/" in html

    def test_another_does_not(self, other_visitor, answered):
        address = f"/maison/conversations/{answered.conversation_id}/"
        assert other_visitor.get(address).status_code == 404
        other_visitor.post(ASK, sent())
        assert other_visitor.get(address).status_code == 404

    def test_another_house_does_not_show_it(self, browser, answered, other_brand):
        address = f"/rivale/conversations/{answered.conversation_id}/"
        assert browser.get(address).status_code == 404

    def test_a_page_whose_socket_is_silent_gets_the_thread_alone(self, browser, answered):
        address = f"/maison/conversations/{answered.conversation_id}/"
        html = body(browser.get(address, headers=HTMX))
        assert html.startswith("<hx-partial")
        assert "<html" not in html
        assert "Who drew the kingfisher?" in html


class TestAsk:
    def test_without_scripts_the_answer_is_there_after_the_post(self, visitor, brand):
        response = visitor.post(ASK, sent(), follow=True)
        assert response.status_code == 200
        assert "welcome to Maison" in body(response)
        assert Message.objects.get(role="concierge").state == "complete"

    def test_a_suggestion_is_asked_without_scripts(self, visitor, brand):
        visitor.post(ASK, sent("", suggestion="Hello"))
        assert Message.objects.get(role="client").text == "Hello"

    def test_with_scripts_the_question_and_the_socket_come_back_at_once(self, visitor, brand):
        data = sent(conversation=field(body(visitor.get(PAGE)), "conversation"))
        response = visitor.post(ASK, data, headers=HTMX)
        html = body(response)
        assert f"/ws/conversations/{data['conversation']}/" in html
        assert "Hello" in html
        assert response.headers["HX-Replace-Url"] == (
            f"/maison/conversations/{data['conversation']}/"
        )

    def test_every_question_gets_a_new_key(self, visitor, brand):
        data = sent()
        first = field(body(visitor.post(ASK, data, headers=HTMX)), "client_key")
        assert first != str(data["client_key"])

    def test_the_same_question_sent_twice_is_one(self, visitor, brand):
        data = sent()
        visitor.post(ASK, data)
        visitor.post(ASK, data)
        assert Message.objects.filter(role="client").count() == 1

    def test_a_first_question_whose_reply_was_lost_can_be_sent_again(self, visitor, brand):
        """With the reply the browser lost the cookie that makes it known."""
        again = Client()
        data = sent(conversation=field(body(again.get(PAGE)), "conversation"))
        visitor.cookies = SimpleCookie(again.cookies.output(header=""))
        visitor.post(ASK, data)
        assert again.post(ASK, data).status_code == 302
        assert Message.objects.filter(role="client").count() == 1
        assert "Hello" in body(again.get(PAGE))

    def test_who_knows_the_address_alone_is_not_taken_for_the_sender(self, visitor, brand):
        data = sent("The word is heron")
        visitor.post(ASK, data)
        guess = sent(conversation=data["conversation"])
        assert "heron" not in body(Client().post(ASK, guess, headers=HTMX))

    def test_a_follow_up_stays_in_the_conversation(self, visitor, brand):
        data = sent()
        visitor.post(ASK, data)
        visitor.post(ASK, sent("Thank you", conversation=data["conversation"]))
        assert Conversation.objects.get().messages.count() == 4

    def test_the_conversation_of_another_is_answered_like_one_that_is_not(
        self, visitor, other_visitor, brand
    ):
        theirs = sent(conversation=field(body(visitor.get(PAGE)), "conversation"))
        visitor.post(ASK, theirs)
        other_visitor.get(PAGE)
        told = []
        for number in (theirs["conversation"], uuid.uuid4()):
            answer = other_visitor.post(ASK, sent("Me too", conversation=number), headers=HTMX)
            begun = re.search(r"/conversations/([^/]+)/", answer["HX-Replace-Url"])[1]
            assert begun != str(number)
            plain = re.sub(r"[0-9a-f-]{36}|\b\d+\b|[A-Za-z0-9]{64}", "", body(answer))
            told.append((answer.status_code, sorted(answer.headers), plain))
        assert told[0] == told[1]
        assert Conversation.objects.get(pk=theirs["conversation"]).messages.count() == 2

    def test_a_number_given_to_one_browser_is_for_no_other_to_begin(
        self, visitor, other_visitor, brand
    ):
        number = field(body(visitor.get(PAGE)), "conversation")
        other_visitor.get(PAGE)
        other_visitor.post(ASK, sent(conversation=number))
        assert str(Conversation.objects.get().pk) != number

    @pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
    def test_what_cannot_be_asked_is_told_in_a_sentence(self, visitor, brand, text):
        response = visitor.post(ASK, sent(text), headers=HTMX)
        assert response.status_code == 422
        assert 'hx-target="#notice"' in body(response)
        assert not Message.objects.exists()

    def test_a_page_that_lost_its_fields_is_told_to_reload(self, visitor, brand):
        response = visitor.post(ASK, {"text": "Hello"})
        assert response.status_code == 422
        assert "reload" in body(response)

    def test_who_asks_too_fast_is_asked_to_wait(self, visitor, brand, settings):
        settings.QUESTIONS_PER_MINUTE = 2
        statuses = [visitor.post(ASK, sent(), headers=HTMX).status_code for _ in range(4)]
        assert statuses == [200, 200, 429, 429]

    def test_without_scripts_a_question_that_came_too_fast_stands_ready(
        self, visitor, brand, settings
    ):
        settings.QUESTIONS_PER_MINUTE = 1
        visitor.post(ASK, sent(), headers=HTMX)
        second = sent("Who drew <it>?")
        page = body(visitor.post(ASK, second))
        assert "Who drew &lt;it&gt;?</textarea>" in page
        assert field(page, "conversation") == str(second["conversation"])
        assert field(page, "client_key") == str(second["client_key"])

    def test_one_visitor_does_not_slow_another(self, visitor, other_visitor, brand, settings):
        settings.QUESTIONS_PER_MINUTE = 1
        for _ in range(3):
            visitor.post(ASK, sent(), headers=HTMX)
        assert other_visitor.post(ASK, sent(), headers=HTMX).status_code == 200

    def test_dropping_the_cookie_does_not_help(self, brand, settings):
        settings.QUESTIONS_PER_MINUTE = 1
        statuses = [Client().post(ASK, sent(), headers=HTMX).status_code for _ in range(11)]
        assert statuses[-1] == 429

    def test_a_question_without_its_token_is_refused(self, brand):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(ASK, sent())
        assert response.status_code == 403
        assert "Please try once more" in body(response)
        assert not Message.objects.exists()


class TestStop:
    def test_it_ends_an_answer_that_is_being_written(self, browser, held):
        response = browser.post(f"{ASK}{held.pk}/stop/", headers=HTMX)
        assert response.status_code == 200
        assert 'data-state="stopped"' in body(response)
        assert '<p class="ended">Stopped</p>' in body(response)

    def test_without_scripts_it_leads_back_to_the_conversation(self, browser, held):
        response = browser.post(f"{ASK}{held.pk}/stop/")
        assert response.status_code == 302
        assert f"/maison/conversations/{held.conversation_id}/" in response.headers["Location"]

    def test_it_leaves_an_answer_that_has_ended_as_it_is(self, browser, answered):
        html = body(browser.post(f"{ASK}{answered.pk}/stop/", headers=HTMX))
        assert 'data-state="complete"' in html
        assert "Ottoline drew the kingfisher on the terrace in May." in html

    def test_a_second_press_changes_nothing(self, browser, pending):
        first, second = (browser.post(f"{ASK}{pending.pk}/stop/") for _ in range(2))
        assert (first.status_code, second.status_code) == (302, 302)
        pending.refresh_from_db()
        assert (pending.state, pending.text) == ("stopped", "")

    def test_nobody_else_can_stop_it(self, other_visitor, held):
        for _ in range(2):  # unknown, then known as another
            assert other_visitor.post(f"{ASK}{held.pk}/stop/").status_code == 404
            other_visitor.post(ASK, sent())
        held.refresh_from_db()
        assert held.state == "streaming"

    def test_under_another_house_it_is_not_found(self, browser, held, other_brand):
        assert browser.post(f"/rivale/messages/{held.pk}/stop/").status_code == 404

    def test_a_question_cannot_be_stopped(self, browser, held):
        assert browser.post(f"{ASK}{held.question_id}/stop/").status_code == 404

    def test_without_its_token_it_is_refused(self, browser, held):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        assert strict.post(f"{ASK}{held.pk}/stop/").status_code == 403
        held.refresh_from_db()
        assert held.state == "streaming"

    def test_the_page_offers_it_while_an_answer_is_open(self, browser, held, reply):
        button = f'formaction="{ASK}{held.pk}/stop/"'
        assert button in body(browser.get(PAGE))
        hold.complete(held, reply)
        assert button not in body(browser.get(PAGE))


class TestCitation:
    @pytest.fixture
    def address(self, answered):
        return f"/maison/citations/{answered.citations.get().pk}/"

    def test_it_opens_with_the_quoted_words_marked_and_the_page_named(self, browser, address):
        html = body(browser.get(address, headers=HTMX))
        assert "<mark>Ottoline drew the kingfisher on the terrace in May.</mark>" in html
        assert "Page 4" in html
        assert "Craft note, May 1934" in html
        assert "<html" not in html

    def test_of_a_recording_it_names_the_minute(self, browser, address, answered):
        citation = answered.citations.get()
        answered.citations.update(page=None)
        turn = {"speaker": "Noor", "start": 0, "end": citation.end, "seconds": 3725.4}
        citation.version.turns = [turn]
        citation.version.save()
        assert "At 1:02:05" in body(browser.get(address, headers=HTMX))

    def test_without_scripts_it_is_a_page(self, browser, address):
        html = body(browser.get(address))
        assert "<html" in html
        assert 'id="quoted"' in html

    def test_another_visitor_does_not_see_it(self, other_visitor, address):
        assert other_visitor.get(address).status_code == 404
        other_visitor.post(ASK, sent())
        assert other_visitor.get(address, headers=HTMX).status_code == 404

    def test_a_document_withdrawn_since_is_not_shown(self, browser, address, version):
        version.document.status = "withdrawn"
        version.document.save()
        assert browser.get(address).status_code == 404

    def test_another_house_does_not_show_it(self, browser, address, other_brand):
        assert browser.get(address.replace("maison", "rivale")).status_code == 404


class TestPiece:
    def test_it_shows_what_its_rows_say(self, visitor, product):
        html = body(visitor.get(f"/maison/pieces/{product.pk}/", headers=HTMX))
        for fact in ("The Kingfisher square", "€390", "€420", "Out of stock", "A square of silk"):
            assert fact in html

    def test_it_opens_in_the_form_that_was_meant(self, visitor, product):
        form = product.variants.get(key="Green")
        form.image = "/static/green.svg"
        form.save()
        html = body(visitor.get(f"/maison/pieces/{product.pk}/?form={form.pk}"))
        assert 'class="leaf__image" src="/static/green.svg"' in html
        assert '<p class="leaf__form">Green</p>' in html
        assert '<p class="leaf__price"><span>€420</span>' in html
        assert '<tr aria-current="true"><th scope="row">Green' in html

    @pytest.mark.parametrize("form", ["", "0", "x", "999999", "-1", "1%00"])
    def test_a_form_it_does_not_have_leaves_it_whole(self, visitor, product, form):
        html = body(visitor.get(f"/maison/pieces/{product.pk}/?form={form}"))
        assert "from €390" in html
        assert "leaf__form" not in html

    def test_without_scripts_it_is_a_page(self, visitor, product):
        assert "<html" in body(visitor.get(f"/maison/pieces/{product.pk}/"))

    def test_a_piece_kept_for_clients_is_not_found(self, visitor, product):
        product.audience = "client"
        product.save()
        assert visitor.get(f"/maison/pieces/{product.pk}/").status_code == 404

    def test_another_house_does_not_show_it(self, visitor, product, other_brand):
        assert visitor.get(f"/rivale/pieces/{product.pk}/").status_code == 404


class TestAnswer:
    def test_its_cards_have_image_price_and_availability(self, browser, answered, product):
        html = body(browser.get(PAGE))
        assert 'src="/static/chat/concierge.svg"' in html
        assert "from €390" in html
        assert "In stock" in html

    def test_its_card_is_of_the_form_that_was_meant(self, browser, answered, product):
        form = product.variants.get(key="Green")
        answered.cards.update(variant=form)
        html = body(browser.get(PAGE))
        assert f'href="/maison/pieces/{product.pk}/?form={form.pk}"' in html
        assert '<span class="piece__form">Green</span>' in html
        assert '<span class="piece__price">€420</span>' in html
        assert "Out of stock" in html

    def test_one_that_failed_can_be_asked_for_again(self, browser, held):
        hold.fail(held)
        html = body(browser.get(PAGE))
        assert 'name="suggestion" value="Who drew the kingfisher?"' in html

    def test_a_person_is_offered_with_a_link(self, browser, held, reply, brand):
        brand.contact = "+33 4 00 00 18 89, Monday to Saturday"
        brand.save()
        hold.complete(held, replace(reply, person=True))
        html = body(browser.get(PAGE))
        assert "Speak with a person" in html
        assert '<a href="tel:+33400001889">+33 4 00 00 18 89</a>, Monday to Saturday' in html

    def test_no_person_is_offered_unasked(self, browser, answered):
        assert "Speak with a person" not in body(browser.get(PAGE))

    def test_its_sources_name_the_document_its_date_and_page(self, browser, answered):
        html = body(browser.get(PAGE))
        assert "Notes on a square" in html
        assert "Craft note, May 1934, page 4" in re.sub(r"\s+", " ", html)
