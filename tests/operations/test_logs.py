import json
import logging
import sys
import uuid

import pytest
from django.test import AsyncClient, Client

from concierge.chat.models import Message
from concierge.chat.write import drain
from concierge.operations.logs import HEADER, JsonFormatter, current_request

# Whoever asks is looked up before a page is.
pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Où est la Lisière perdue de 1934 ?"


def line(level=logging.INFO, msg="said", args=(), error=None, **extra):
    record = logging.LogRecord("house", level, __file__, 1, msg, args, error)
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


def raised(error):
    def throw():
        raise error

    try:
        throw()
    except type(error):
        return sys.exc_info()


@pytest.fixture
def lines():
    """The lines the product's own formatter makes of what is logged meanwhile."""
    written = []

    class Keeper(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(keeper)
    yield written
    root.removeHandler(keeper)


def test_a_line_is_one_object_with_its_fields():
    told = line(msg="run %s", args=("7",), brand="maison")
    assert (told["event"], told["level"], told["logger"], told["brand"]) == (
        "run 7",
        "info",
        "house",
        "maison",
    )


def test_a_line_break_in_a_field_stays_inside_its_line():
    record = logging.LogRecord("house", logging.INFO, __file__, 1, "a\nb", (), None)
    assert "\n" not in JsonFormatter().format(record)


def test_a_line_names_the_request_it_belongs_to():
    token = current_request.set("abcdefgh")
    try:
        assert line()["request"] == "abcdefgh"
    finally:
        current_request.reset(token)


def test_an_exception_is_told_by_type_and_place_without_its_words():
    told = line(error=raised(ValueError(SECRET)))
    assert "builtins.ValueError" in told["exception"]
    assert "test_logs.py" in told["exception"]
    assert SECRET not in json.dumps(told, ensure_ascii=False)


def test_the_cause_of_an_exception_is_told_too():
    error = RuntimeError(SECRET)
    error.__cause__ = KeyError(SECRET)
    told = line(error=raised(error))["exception"]
    assert "RuntimeError" in told
    assert "KeyError" in told
    assert SECRET not in told


def test_what_the_machine_said_is_kept():
    told = line(error=raised(OSError(28, "No space left on device")))
    assert "No space left on device" in told["exception"]


def test_a_failed_task_is_told_without_the_words_of_its_exception():
    words = {"name": "archive.renudge", "exc": f"ValueError({SECRET!r})", "traceback": SECRET}
    told = line(
        msg="Task %(name)s raised: %(exc)s%(traceback)s",
        args=(words,),
        error=raised(ValueError(SECRET)),
        data=words,
    )
    assert told["event"] == "Task archive.renudge raised: ValueError"
    assert SECRET not in json.dumps(told, ensure_ascii=False)


def test_a_request_gets_an_id_and_one_line(lines):
    response = Client().get("/healthz")
    response = Client().get("/nowhere/at/all/", {"q": SECRET})
    told = [json.loads(each) for each in lines]
    (answered,) = [each for each in told if each["event"] == "answered"]
    assert answered["request"] == response[HEADER]
    assert (answered["path"], answered["status"]) == ("/…/…/…/", 404)
    assert SECRET not in "".join(lines)


def test_a_well_formed_id_of_the_callers_is_kept():
    assert Client().get("/healthz", headers={HEADER: "trace-0001"})[HEADER] == "trace-0001"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space", "läßt-nicht"])
def test_a_malformed_id_of_the_callers_is_replaced(given):
    assert Client().get("/healthz", headers={HEADER: given})[HEADER] != given


async def test_two_requests_at_once_keep_their_own_ids():
    first = await AsyncClient().get("/healthz")
    second = await AsyncClient().get("/healthz")
    assert first[HEADER] != second[HEADER]


@pytest.mark.django_db(transaction=True)
async def test_a_question_reaches_no_line_on_its_way_to_its_answer(brand, lines):
    sent = {"conversation": uuid.uuid4(), "client_key": uuid.uuid4(), "text": SECRET}
    response = await AsyncClient().post("/maison/messages/", sent)
    assert response.status_code < 400
    await drain(seconds=30)
    answer = await Message.objects.aget(role="concierge")
    assert answer.state == "complete"
    assert any('"path": "/maison/messages/"' in line for line in lines)
    assert "Lisière" not in "".join(lines)


def test_an_address_that_is_no_pages_is_told_by_its_known_parts(lines):
    logging.getLogger("django.request").warning(
        "%s: %s", "Not Found", "/anna-durr/Anna Dürr/messages/7/"
    )
    assert json.loads(lines[-1])["event"] == "Not Found: /…/…/messages/7/"


def test_what_is_personal_is_blanked_in_every_field():
    told = line(msg="sent to %s", args=("a@b.fr",), tried=["+33 6 39 98 11 22"])
    assert (told["event"], told["tried"]) == ("sent to [address]", ["[number]"])
