import re
import uuid
from dataclasses import replace

import pytest
from django.conf import settings

from archive.models import Brand
from concierge.chat import hold
from concierge.clients.models import Visitor
from tests.chat.page import ASK, HTMX, PAGE, body, field, sent

pytestmark = pytest.mark.django_db(transaction=True)

NOBODYS = uuid.UUID(int=1)


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

    def test_it_speaks_the_language_of_the_house_to_whoever_asks_for_none(self, visitor, brand):
        brand.language = "fr"
        brand.save()
        html = body(visitor.get(PAGE))
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
