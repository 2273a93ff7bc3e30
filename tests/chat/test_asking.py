"""A question is sent from the page, and an answer stopped there."""

import re
import uuid
from http.cookies import SimpleCookie

import pytest
from django.test import Client

from concierge.chat import hold
from concierge.chat.models import Conversation, Message
from tests.chat.page import ASK, HTMX, PAGE, body, field, sent

pytestmark = pytest.mark.django_db(transaction=True)


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
