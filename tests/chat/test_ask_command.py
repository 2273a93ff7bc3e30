import json
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.answering.shelf import archive, shelve  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def ask(question, brand="maison", **options):
    out = StringIO()
    call_command("ask", question, brand=brand, stdout=out, **options)
    return out.getvalue()


def test_an_answer_is_printed_with_its_sources(brand, archive):  # noqa: F811
    told = ask("Who drew the Heron?")
    assert "Ottoline Vane" in told
    assert "[1] The Heron" in told


def test_the_json_has_the_exact_span_of_every_citation(brand, archive):  # noqa: F811
    answer = json.loads(ask("Who drew the Heron?", json=True))
    text = archive["heron"].version.text
    assert answer["rung"] == "extractive"
    assert answer["citations"]
    assert 0.5 < answer["support"] < 1
    for cited in answer["citations"]:
        assert text[cited["start"] : cited["end"]] == cited["cited_text"]


def test_a_conversation_goes_on(brand, archive):  # noqa: F811
    conversation = uuid.uuid4()
    ask("Who drew the Heron?", conversation=conversation)
    answer = json.loads(ask("And in how many colours?", conversation=conversation, json=True))
    assert "nine colours" in answer["answer"]
    assert answer["conversation"] == str(conversation)


def test_an_audience_reads_what_is_meant_for_it(brand, shelve):  # noqa: F811
    shelve("Secret", "The dye of the Night Garden is walnut and iron.", audience="atelier")
    question = "What is the dye of the Night Garden?"
    assert "walnut" not in ask(question)
    assert "walnut" in ask(question, audience="atelier")


def test_a_visitor_s_conversation_cannot_be_joined(brand, visitor, archive):  # noqa: F811
    from concierge.chat.models import Conversation
    from concierge.clients.models import Visitor

    held = Conversation.objects.create(
        brand=brand, visitor=Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    )
    with pytest.raises(CommandError, match="somebody else"):
        ask("Who drew the Heron?", conversation=held.pk)


def test_an_unknown_brand_is_said_to_be_unknown(db):
    with pytest.raises(CommandError, match="no brand"):
        ask("Who drew the Heron?", brand="nobody")


def test_an_empty_question_is_refused(brand):
    with pytest.raises(CommandError, match="empty"):
        ask("   ")


def test_a_conversation_is_not_gone_on_with_before_another_audience(brand, shelve):  # noqa: F811
    shelve("Secret", "The dye of the Night Garden is walnut and iron.", audience="atelier")
    conversation = uuid.uuid4()
    ask("What is the dye of the Night Garden?", conversation=conversation, audience="atelier")
    with pytest.raises(CommandError, match="another audience"):
        ask("And what else is in it?", conversation=conversation)
