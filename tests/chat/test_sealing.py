"""What clients have said is sealed in the tables, and what was there before is sealed with it."""

import uuid

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from archive.wall.owner import as_owner
from concierge.chat import hold
from concierge.chat.ask import Question, accept
from concierge.chat.citing import questions
from concierge.chat.models import Conversation, Message
from concierge.chat.stream import attempt_at
from concierge.chat.write import turn_of
from concierge.clients import keys
from concierge.clients.consent import give
from concierge.clients.models import Key, Purpose, Visitor
from concierge.clients.sealed import sealed

BEFORE, AFTER = "0007_conversations_have_a_visitor", "0010_sealed_words_alone"
FAULTS = [{"rule": "emoji", "words": "my ring"}, {"rule": "too_long", "words": "of 52"}]
SUMMARY = Conversation._meta.get_field("summary")


@pytest.fixture(autouse=True)
def _nothing_kept():
    keys.kept.drop()


def stored() -> str:
    """Everything the chat's tables hold, as PostgreSQL tells it."""
    found = []
    with connection.cursor() as cursor:
        for table in ("chat_message", "chat_conversation"):
            cursor.execute(f"SELECT row_to_json(each)::text FROM {table} AS each")
            found += [row[0] for row in cursor.fetchall()]
    return "".join(found)


def asked(brand, person, text="My ring is 52"):
    return accept(brand, person, Question(uuid.uuid4(), text, uuid.uuid4()))[0]


@pytest.mark.django_db
class TestWords:
    def test_no_word_of_a_conversation_lies_in_its_tables(self, brand, person):
        held = hold.claim(asked(brand, person).pk)
        hold.keep(held, text="A ring of 52", voice_faults=FAULTS)
        Conversation.objects.update(summary=sealed("a ring", person.pk, SUMMARY))
        assert "ring" not in stored()
        row = Message.objects.select_related("question", "conversation").get(pk=held.pk)
        said = (row.question.text, row.text, row.voice_faults, row.conversation.summary)
        assert said == ("My ring is 52", "A ring of 52", FAULTS, "a ring")

    def test_a_message_without_faults_has_an_empty_list(self, brand, person):
        assert Message.objects.get(pk=asked(brand, person).pk).voice_faults == []

    def test_faults_cannot_be_searched_in(self):
        with pytest.raises(FieldError, match="sealed"):
            Message.objects.filter(voice_faults__contains=[{"rule": "emoji"}]).exists()

    def test_an_answer_to_somebody_erased_meanwhile_is_not_kept(self, brand, person):
        held = hold.claim(asked(brand, person).pk)
        Visitor.objects.all().delete()
        keys.kept.drop()
        assert hold.renew([(held, "Still speaking")]) == set()
        assert not Key.objects.exists()

    def test_a_dump_has_no_words_and_is_taken_in_again(self, brand, person):
        asked(brand, person)
        told = serializers.serialize("json", [*Key.objects.all(), *Message.objects.all()])
        assert "ring" not in told
        Message.objects.all().delete()
        for each in serializers.deserialize("json", told):
            each.save()
        assert Message.objects.get(number=1).text == "My ring is 52"

    def test_words_that_look_like_a_dump_are_words(self, brand, person):
        message = Message.objects.get(number=asked(brand, person, "sealed:AQID").number - 1)
        message.full_clean(exclude=["steps", "timings_ms"])
        message.save()
        assert Message.objects.get(number=1).text == "sealed:AQID"

    def test_what_a_debugging_page_logs_of_sql_has_no_words(self, brand, person, settings):
        settings.DEBUG = True
        connection.queries_log.clear()
        asked(brand, person)
        told = "".join(str(query["sql"]) for query in connection.queries)
        assert "chat_message" in told
        assert "ring" not in told


@pytest.mark.django_db
class TestQueries:
    def test_a_turn_asks_for_its_key_once(self, pending, reply):
        keys.kept.drop()
        with CaptureQueriesContext(connection) as asked_for:
            held = hold.claim(pending.pk)
            turn_of(held)
            attempt_at(held)
            hold.renew([(held, "Ottoline drew")])
            hold.complete(held, reply)
        assert len([each for each in asked_for if "clients_key" in each["sql"]]) == 1

    def test_a_conversation_needs_its_key_once(self, brand, person, django_assert_max_num_queries):
        asked(brand, person)
        keys.kept.keep(person.pk, keys.key_of(person.pk))
        conversation = Conversation.objects.get()
        with django_assert_max_num_queries(1):
            assert [each.text for each in conversation.messages.all()] == ["My ring is 52", ""]

    def test_the_questions_of_many_are_opened_by_one_query_for_keys(
        self, answered, brand, reply, django_assert_max_num_queries
    ):
        for _ in range(3):
            somebody = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
            give(somebody, Purpose.IMPROVE, language="en", place="page")
            hold.complete(hold.claim(asked(brand, somebody, "Who drew it?").pk), reply)
        document = reply.citations[0].source.document_id
        with django_assert_max_num_queries(5):
            count, told = questions(document, 5)
        words = [(each.text, each.count) for each in told]
        assert (count, words) == (4, [("Who drew it?", 3)])


@pytest.mark.django_db(transaction=True)
def test_the_list_at_the_desk_opens_nothing_that_is_sealed(curator, answered):
    with CaptureQueriesContext(connection) as asked_for:
        assert curator.get("/admin/chat/conversation/").status_code == 200
    assert not [each["sql"] for each in asked_for if "clients_key" in each["sql"]]


def migrate(name: str):
    """The models as they are at migration `name`, once the tables are."""
    with as_owner():
        MigrationExecutor(connection).migrate([("chat", name)])
        return MigrationExecutor(connection).loader.project_state([("chat", name)]).apps


@pytest.fixture
def earlier(transactional_db):
    """The models before words were sealed."""
    yield migrate(BEFORE)
    call_command("migrate", verbosity=0)  # not the executor: the rights come back with it


def test_what_was_said_before_is_sealed_and_opens_again(earlier):
    house = earlier.get_model("archive", "Brand").objects.create(slug="maison", name="Maison")
    somebody, silent = (
        earlier.get_model("clients", "Visitor").objects.create(brand=house) for _ in "ab"
    )
    conversations = earlier.get_model("chat", "Conversation").objects
    conversation = conversations.create(brand=house, visitor=somebody, summary="a ring")
    conversations.create(brand=house, visitor=silent)
    messages = earlier.get_model("chat", "Message").objects
    messages.create(conversation=conversation, number=1, role="client", text="My ring é 52")
    messages.create(
        conversation=conversation, number=2, role="concierge", text="ring", voice_faults=FAULTS
    )
    messages.create(conversation=conversation, number=3, role="client", text="")

    migrate(AFTER)
    assert "ring" not in stored()
    first, second, third = Message.objects.order_by("number")
    assert (first.text, second.text, third.text) == ("My ring é 52", "ring", "")
    assert (second.voice_faults, second.voice_rules) == (FAULTS, ["emoji", "too_long"])
    assert first.conversation.summary == "a ring"

    again = migrate(BEFORE)
    rows = again.get_model("chat", "Message").objects.order_by("number")
    assert [row.text for row in rows] == ["My ring é 52", "ring", ""]
    assert [row.voice_faults for row in rows] == [[], FAULTS, []]
    assert (
        again.get_model("chat", "Conversation").objects.get(visitor=somebody.pk).summary == "a ring"
    )
