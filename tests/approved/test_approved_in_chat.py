"""An approved answer in a conversation: kept, shown and opened as any other."""

import pytest
from asgiref.sync import async_to_sync

from concierge.chat.models import Message
from concierge.chat.write import write
from tests.house import QUOTED, browser, embedded, pending, person, product, version

__all__ = ["browser", "embedded", "pending", "person", "product", "version"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(pending, approve, quote, embedded, product):
    answer = approve("Who drew the kingfisher?", text="**Nobody** else [1].")
    quote(answer, embedded, QUOTED)
    answer.shown_pieces.create(product=product)
    assert async_to_sync(write)(pending.pk)
    return Message.objects.get(pk=pending.pk)


def test_it_is_kept_as_any_other(answered):
    assert (answered.state, answered.rung) == (Message.State.COMPLETE, "approved")
    assert answered.text == "**Nobody** else [1]."
    [cited] = answered.citations.all()
    assert cited.version.text[cited.start : cited.end] == cited.cited_text == QUOTED
    assert cited.passage is not None
    assert answered.cards.count() == 1


def test_its_quotation_opens(answered, browser):
    page = browser.get(f"/maison/conversations/{answered.conversation_id}/").content.decode()
    [cited] = answered.citations.all()
    assert "<strong>Nobody</strong>" in page
    assert f"/maison/citations/{cited.pk}/" in page
    assert QUOTED in browser.get(f"/maison/citations/{cited.pk}/").content.decode()


def test_written_again_it_is_one(answered, approve):
    assert not async_to_sync(write)(answered.pk)
    assert answered.citations.count() == 1
