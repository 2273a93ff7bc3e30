import uuid
from dataclasses import replace

import pytest
from asgiref.sync import async_to_sync

from catalog.face import Face
from catalog.models import Product
from concierge.chat import hold, stream
from concierge.chat.ask import Question, accept
from concierge.chat.models import Card
from concierge.chat.thread import held_by, latest, shown, thread_update
from concierge.clients.models import Visitor

pytestmark = pytest.mark.django_db


def say(row, html: str, attempt: int | None = None) -> None:
    there = stream.attempt_at(row, attempt)

    async def send() -> None:
        writer = stream.Writer(row.conversation_id, there)
        await writer.send("block", 0, html)

    async_to_sync(send)()


def test_a_finished_answer_shows_its_sources_and_pieces(answered, product):
    [_, answer] = shown(answered.conversation)
    [(citation, url)] = answer.sources
    assert url == f"/maison/citations/{citation.pk}/"
    assert f'href="{url}#quoted"' in answer.html
    assert answer.pieces == (Face(product),)


@pytest.fixture
def green(held, reply, product):
    """The answer shows the piece in its second form, which is returned."""
    form = product.variants.get(key="Green")
    hold.complete(held, replace(reply, forms={product.pk: form.pk}))
    return form


def test_a_piece_that_is_meant_in_one_form_is_shown_in_it(held, green, product):
    assert shown(held.conversation)[1].pieces == (Face(product, green),)


def test_a_form_that_is_gone_leaves_the_piece_as_a_whole(held, green, product):
    green.delete()
    assert shown(held.conversation)[1].pieces == (Face(product),)


def test_the_form_of_another_piece_is_not_shown(held, green, brand, product):
    other = Product.objects.create(brand=brand, key="other", title="Another")
    Card.objects.filter(message=held).update(product=other)
    assert shown(held.conversation)[1].pieces == (Face(other),)


def test_a_piece_the_viewer_may_not_see_is_left_out(answered, product):
    product.audience = "atelier"
    product.save()
    assert shown(answered.conversation)[1].pieces == ()


def test_an_answer_being_written_shows_what_the_stream_has(held):
    hold.keep(held, text="Ottoline")
    say(held, "<p>Ottoline drew it</p>")
    assert shown(held.conversation)[1].html == "<p>Ottoline drew it</p>"


def test_an_answer_being_written_shows_its_row_when_the_stream_is_gone(held):
    hold.keep(held, text="Ottoline")
    assert shown(held.conversation)[1].html == "<p>Ottoline</p>\n"


def test_the_words_of_an_earlier_attempt_are_not_shown(held):
    say(held, "<p>Too old</p>")
    hold.release(held)
    hold.claim(held.pk)
    assert shown(held.conversation)[1].html == ""


def test_every_later_state_of_an_answer_stands_higher(pending, reply):
    def at() -> int:
        return shown(pending.conversation)[1].at

    states = [at()]
    first = hold.claim(pending.pk)
    states.append(at())
    say(first, "<p>Ottoline</p>")
    states.append(at())
    hold.release(first)
    second = hold.claim(pending.pk)
    states.append(at())
    say(second, "<p>Ottoline</p>")
    states.append(at())
    hold.complete(second, reply)
    states.append(at())
    assert states == sorted(set(states))


def test_the_awaited_answer_is_the_first_that_is_open(answered):
    conversation = answered.conversation
    assert thread_update(conversation).awaited is None
    for text in ("And when?", "And where?"):
        sent = Question(conversation.pk, text, uuid.uuid4())
        accept(conversation.brand, conversation.visitor, sent)
    assert thread_update(conversation).awaited.message.number == 4


def test_what_a_client_wrote_is_shown_as_text(brand, person):
    sent = Question(uuid.uuid4(), "<script>alert(1)</script>", uuid.uuid4())
    answer, _ = accept(brand, person, sent)
    html = thread_update(answer.conversation).html
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_conversation_is_held_by_its_visitor_alone(pending, person, brand):
    assert held_by(person, pending.conversation_id) == pending.conversation
    assert held_by(Visitor.objects.create(brand=brand), pending.conversation_id) is None
    assert held_by(None, pending.conversation_id) is None
    assert held_by(person, "not an id") is None


def test_the_latest_conversation_is_of_this_brand(pending, person, brand, other_brand):
    assert latest(person, brand) == pending.conversation
    assert latest(person, other_brand) is None
    assert latest(None, brand) is None


def test_a_conversation_of_nobody_is_of_no_visitor(brand):
    answer, _ = accept(brand, None, Question(uuid.uuid4(), "Who?", uuid.uuid4()))
    assert held_by(None, answer.conversation_id) is None
    assert latest(None, brand) is None


def test_what_a_page_has_is_only_named(answered):
    conversation = answered.conversation
    settled = thread_update(conversation).settled
    sent = Question(conversation.pk, "And when?", uuid.uuid4())
    accept(conversation.brand, conversation.visitor, sent)
    update = thread_update(conversation, settled)
    assert f'<article id="message-{answered.pk}" data-named></article>' in update.html
    assert "And when?" in update.html
    assert "kingfisher" not in update.html
    assert 'data-at="4"' in update.html


def test_only_what_is_whole_is_settled(answered):
    conversation = answered.conversation
    assert thread_update(conversation).settled == 2
    sent = Question(conversation.pk, "And when?", uuid.uuid4())
    accept(conversation.brand, conversation.visitor, sent)
    assert thread_update(conversation).settled == 3
