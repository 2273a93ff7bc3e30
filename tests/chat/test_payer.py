"""Whom an answer is made for, and what is left of that."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from archive.threads import in_thread
from concierge.chat.ask import Question, accept
from concierge.chat.models import Conversation, Message
from concierge.chat.payer import address_of, remember, tier_of
from concierge.chat.write import turn_of, write
from concierge.clients.address import fingerprint
from concierge.clients.models import Visitor
from concierge.llm.budget import pseudonym
from concierge.llm.ledger import settled
from concierge.llm.models import Budget, Call, Spending
from tests.fake_provider import Script

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 21)
FIRST, SECOND = "198.51.100.7", "198.51.100.8"


def test_an_address_is_known_by_a_fingerprint_of_one_day():
    known_as = fingerprint(FIRST, TODAY)
    assert FIRST not in known_as
    assert known_as == fingerprint(FIRST, TODAY)
    assert len({known_as, fingerprint(SECOND, TODAY), fingerprint(FIRST, date(2026, 11, 22))}) == 3


def test_the_addresses_of_one_connection_are_one():
    assert fingerprint("2001:db8:1:2::1", TODAY) == fingerprint("2001:db8:1:2:ffff::9", TODAY)
    assert fingerprint("2001:db8:1:2::1", TODAY) != fingerprint("2001:db8:1:3::1", TODAY)
    assert fingerprint("::ffff:198.51.100.7", TODAY) == fingerprint(FIRST, TODAY)


@pytest.mark.parametrize("address", ["", "unknown", "unix:"])
def test_what_is_no_address_has_no_fingerprint(address):
    assert fingerprint(address, TODAY) == ""


def test_an_answer_s_address_is_kept_until_it_is_written(pending):
    assert address_of(pending) == ""
    remember(pending.pk, FIRST)
    assert address_of(pending) == fingerprint(FIRST, timezone.now().date())


@pytest.mark.parametrize(
    ("days", "audience", "tier"),
    [(0, "public", "new"), (2, "public", "known"), (0, "client", "client")],
)
def test_the_longer_a_visitor_is_known_the_higher_their_tier(pending, days, audience, tier):
    Visitor.objects.update(created=timezone.now() - timedelta(days=days))
    Conversation.objects.update(audience=audience)
    assert tier_of(Conversation.objects.get()) == tier


def test_a_question_s_address_reaches_the_budgets_and_no_row(visitor, brand):
    sent = {"conversation": uuid.uuid4(), "client_key": uuid.uuid4(), "text": "Hello"}
    visitor.post("/maison/messages/", sent, REMOTE_ADDR=FIRST, headers={"HX-Request": "true"})
    answer = Message.objects.select_related("conversation__brand", "question").get(
        question__isnull=False
    )
    assert turn_of(answer).payer.address == fingerprint(FIRST, timezone.now().date())
    assert turn_of(answer).payer.visitor == Visitor.objects.get().pk.hex


def test_who_is_asked_to_wait_is_told_how_long(visitor, brand, settings):
    settings.QUESTIONS_PER_MINUTE = 0
    sent = {"conversation": uuid.uuid4(), "client_key": uuid.uuid4(), "text": "Hello"}
    visitor.post("/maison/messages/", sent, headers={"HX-Request": "true"})
    refused = visitor.post("/maison/messages/", sent, headers={"HX-Request": "true"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


async def test_what_an_answer_cost_is_put_down_to_its_visitor(pending, embedded, provider, brand):
    provider.will(Script("Ottoline drew the kingfisher on the terrace [1]."))
    await write(pending.pk)
    await settled()
    visitor = await Visitor.objects.aget()
    known_as = pseudonym(visitor.pk.hex)
    call = await Call.objects.aget()
    assert (call.brand_id, call.visitor, call.reference) == (brand.pk, known_as, str(pending.pk))
    rows = Spending.objects.filter(scope=f"visitor:{known_as}")
    assert [row.spent async for row in rows] == [call.cost]


async def test_a_deleted_visitor_leaves_no_trace_in_the_ledger(pending, embedded, provider):
    await write(pending.pk)
    await settled()
    await in_thread(Visitor.objects.all().delete)()
    assert [call.visitor async for call in Call.objects.all()] == [""]
    assert not await Spending.objects.filter(scope__startswith="visitor").aexists()


async def test_a_spent_budget_is_answered_from_the_archive_without_a_word_of_it(
    pending, embedded, provider, brand
):
    await Budget.objects.acreate(brand=brand, visitor_day=0)
    await write(pending.pk)
    answer = await Message.objects.aget(pk=pending.pk)
    first = answer.steps[0]
    assert (first["outcome"], first["reason"]) == ("skipped", "budget_spent")
    assert (answer.rung, answer.state, provider.requests) == ("extractive", "complete", [])
    assert "For the moment" not in answer.text


async def test_who_finds_nothing_for_want_of_a_model_is_told_to_ask_otherwise(
    brand, embedded, provider, person
):
    await Budget.objects.acreate(brand=brand, day=0)
    question = "Who was the kingfisher drawn for by Zebulon Quartermaine?"
    asked = Question(uuid.uuid4(), question, uuid.uuid4())
    answer, _ = await in_thread(accept)(brand, person, asked)
    await write(answer.pk)
    await answer.arefresh_from_db()
    assert answer.refused
    assert answer.text.endswith("your question may yet find its page.")
