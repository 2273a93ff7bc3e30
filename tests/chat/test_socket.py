import uuid

import pytest
from django.conf import settings

from archive.threads import in_thread
from concierge.asgi import application
from concierge.chat import hold, stream
from concierge.chat.ask import Question, accept
from concierge.chat.consumers import LARGEST, NOT_FOUND
from concierge.clients.models import Visitor
from tests.chat.communicator import Socket
from tests.house import grown, show

pytestmark = pytest.mark.django_db(transaction=True)

HERE = b"http://localhost"


def socket(conversation_id, client=None, origin=HERE) -> Socket:
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value if client else ""
    headers = [
        (b"host", b"localhost"),
        (b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()),
    ]
    if origin is not None:
        headers.append((b"origin", origin))
    return Socket(application, f"/ws/conversations/{conversation_id}/", headers)


def ask_further(row, person):
    sent = Question(row.conversation_id, "And when?", uuid.uuid4())
    return accept(row.conversation.brand, person, sent)[0]


async def opened(row, client) -> Socket:
    communicator = socket(row.conversation_id, client)
    assert await communicator.connect() is None
    communicator.thread = await communicator.receive()
    return communicator


async def test_it_opens_with_the_thread_as_it_stands(answered, browser):
    communicator = await opened(answered, browser)
    message = communicator.thread
    assert message.startswith('<hx-partial hx-target="#thread"')
    assert "Who drew the kingfisher?" in message
    assert "Ottoline drew the kingfisher on the terrace in May." in message
    await communicator.disconnect()


async def test_it_shows_words_as_they_are_written_and_then_the_whole(held, browser, reply):
    communicator = await opened(held, browser)
    growing = await grown(held)
    await show(growing, "Ottoline")
    assert "Ottoline" in await communicator.until("#words-")
    await show(growing, "Ottoline drew")
    await communicator.until("Ottoline drew")
    await in_thread(hold.complete)(held, reply)
    await growing.done()
    assert 'class="sources"' in await communicator.until('data-state="complete"')
    await communicator.disconnect()


async def test_a_late_page_has_all_the_words_at_once(held, browser):
    growing = await grown(held)
    await show(growing, "One\n\nTwo")
    communicator = await opened(held, browser)
    message = communicator.thread
    assert "<p>One</p>" in message
    assert "<p>Two</p>" in message
    await communicator.disconnect()


async def test_two_pages_show_the_same(held, browser, reply):
    first, second = await opened(held, browser), await opened(held, browser)
    growing = await grown(held)
    await show(growing, "Ottoline")
    assert await first.until("#words-") == await second.until("#words-")
    await in_thread(hold.complete)(held, reply)
    await growing.done()
    done = 'data-state="complete"'
    assert await first.until(done) == await second.until(done)
    await first.disconnect()
    await second.disconnect()


async def test_a_question_asked_elsewhere_appears(answered, browser, person):
    communicator = await opened(answered, browser)
    await in_thread(ask_further)(answered, person)
    await stream.poke(answered.conversation_id, "turn")
    assert "And when?" in await communicator.receive()
    await communicator.disconnect()


async def test_the_next_answer_follows_when_its_turn_comes(held, browser, reply, person):
    second = await in_thread(ask_further)(held, person)
    communicator = await opened(held, browser)
    await in_thread(hold.complete)(held, reply)
    await (await grown(held)).done()
    await communicator.until('data-state="complete"')
    row = await in_thread(hold.claim)(second.pk)
    await show(await grown(row), "In May")
    assert "In May" in await communicator.until("In May")
    await communicator.disconnect()


async def test_an_answer_taken_over_is_followed_under_its_new_hand(held, browser):
    communicator = await opened(held, browser)
    await show(await grown(held), "Half a")
    await communicator.until("Half a")
    await in_thread(hold.release)(held)
    successor = await in_thread(hold.claim)(held.pk)
    await stream.poke(held.conversation_id, "turn")
    assert "Half a" not in await communicator.receive()
    await show(await grown(successor), "A whole")
    assert "A whole" in await communicator.until("#words-")
    await communicator.disconnect()


@pytest.mark.parametrize("whose", ["nobody", "another", "unknown"])
async def test_nobody_else_hears_a_conversation(brand, answered, browser, other_visitor, whose):
    if whose == "another":
        person = await in_thread(Visitor.objects.create)(brand=brand, browser=uuid.uuid4())
        session = await in_thread(lambda: other_visitor.session)()
        session["visitor"] = str(person.browser)
        await in_thread(session.save)()
        other_visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    conversation_id = uuid.uuid4() if whose == "unknown" else answered.conversation_id
    client = {"nobody": None, "another": other_visitor, "unknown": browser}[whose]
    communicator = socket(conversation_id, client)
    assert await communicator.connect() == NOT_FOUND


@pytest.mark.parametrize("origin", [b"https://elsewhere.example", b"null", None])
async def test_a_page_of_another_site_may_not_listen(answered, browser, origin):
    communicator = socket(answered.conversation_id, browser, origin)
    assert await communicator.connect() is not None


async def test_what_a_page_sends_is_ignored(answered, browser):
    communicator = await opened(answered, browser)
    await communicator.send('{"type": "chat.turn"}')
    await communicator.send(data=b"\x00")
    assert await communicator.receive_nothing()
    await communicator.disconnect()


async def test_a_page_that_sends_too_much_is_let_go(answered, browser):
    communicator = await opened(answered, browser)
    await communicator.send("x" * (LARGEST + 1))
    assert (await communicator.receive_output())["type"] == "websocket.close"


@pytest.mark.parametrize("path", ["/ws/x", "/ws/conversations/no-number/"])
async def test_an_address_without_a_conversation_is_not_found(path):
    headers = [(b"host", b"localhost"), (b"origin", HERE)]
    assert await Socket(application, path, headers).connect() == NOT_FOUND
