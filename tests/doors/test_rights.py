"""A socket is open for as long as its right holds, and no longer."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

from archive.models import Brand
from archive.threads import in_thread
from concierge.accounts.ended import end_sessions
from concierge.accounts.models import SignedIn
from concierge.chat import crowd, stream
from concierge.chat.arrivals import TOO_MANY
from concierge.chat.consumers import MESSAGES, NO_LONGER, NOT_FOUND, TOO_FAST
from concierge.clients.models import Client, Visitor
from tests.chat.test_socket import opened, socket

pytestmark = pytest.mark.django_db(transaction=True)


def let_go(person):
    Visitor.objects.filter(pk=person.pk).update(browser=None)


def move(person):
    other = Visitor.objects.create(brand=person.brand, browser=uuid.uuid4())
    person.conversations.update(visitor=other)


def close_house(person):
    Brand.objects.filter(pk=person.brand_id).update(public=False)


def end_session(person):
    Session.objects.all().delete()


def forget(person):
    person.delete()


ENDS = [let_go, move, close_house, end_session, forget]


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_is_sent_once_it_has_ended(answered, browser, person, end):
    communicator = await opened(answered, browser)
    await in_thread(end)(person)
    await stream.poke(answered.conversation_id, "turn")
    closed = await communicator.receive_output(5)
    assert closed["type"] == "websocket.close"
    assert closed["code"] == NO_LONGER
    assert await socket(answered.conversation_id, browser).connect() == NOT_FOUND


@pytest.mark.parametrize("end", [end_session, close_house])
async def test_a_silent_socket_is_closed_by_itself(answered, browser, person, end):
    communicator = await opened(answered, browser)
    await in_thread(end)(person)
    assert (await communicator.receive_output(8))["code"] == NO_LONGER


@pytest.fixture
def signed_in(person, browser):
    """The same browser, signed in as a client."""
    user = get_user_model().objects.create_user("claire")
    client = Client.objects.create(brand=person.brand, user=user)
    Visitor.objects.filter(pk=person.pk).update(client=client)
    browser.force_login(user)
    after = browser.session
    after["visitor"] = str(person.browser)
    after.save()
    SignedIn.objects.create(session_key=after.session_key, user=user)
    return user


def ban_by_hand(user):
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)


def promote_by_hand(user):
    get_user_model().objects.filter(pk=user.pk).update(is_staff=True)


def end_all(user):
    end_sessions(user.pk)


@pytest.mark.parametrize("end", [ban_by_hand, promote_by_hand, end_all])
async def test_a_client_banned_raised_or_signed_out_is_let_go(answered, browser, signed_in, end):
    communicator = await opened(answered, browser)
    await in_thread(end)(signed_in)
    assert (await communicator.receive_output(8))["code"] == NO_LONGER


async def test_a_page_that_chatters_is_let_go(answered, browser):
    communicator = await opened(answered, browser)
    for _ in range(MESSAGES + 1):
        await communicator.send("x")
    assert (await communicator.receive_output(5))["code"] == TOO_FAST


async def test_one_person_has_so_many_sockets_and_no_more(answered, browser):
    held = [await opened(answered, browser) for _ in range(crowd.OF_VISITOR)]
    assert await socket(answered.conversation_id, browser).connect() == TOO_MANY
    await held.pop().disconnect()
    held.append(await opened(answered, browser))
    for each in held:
        await each.disconnect()


async def test_an_address_knocks_so_often_and_no_more(answered, browser):
    for _ in range(crowd.KNOCKS):
        assert await crowd.may_knock("")
    assert await socket(answered.conversation_id, browser).connect() == TOO_MANY
