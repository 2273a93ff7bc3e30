"""What a turn's models are sent, and what becomes of their answers."""

import json
from dataclasses import replace

import pytest

from archive.viewer import Viewer
from concierge.answering.compose import asked
from concierge.answering.discreet import Discreet
from concierge.answering.turn import Evidence, Exchange, Source, Turn, Voice
from concierge.llm.breaker import Breaker, connected
from concierge.llm.errors import NotHiddenError
from concierge.llm.protocol import Called, Endpoint, Hidden, Prompt, Result, Said, ToolCall
from concierge.llm.upstream import Upstream
from concierge.redaction.known import Known
from concierge.redaction.veil import Veil
from tests.fake_provider import free

SOURCE = Source(1, "A letter", "Write to a@b.fr, said Anna Dürr in 1934.", 1, 1, None, 0)
TURN = Turn(
    brand=Voice("Maison"),
    question="I am at a@b.fr. Who drew it, asks Dürr?",
    viewer=Viewer.reading(1),
    history=(Exchange("client", "My name is Anna Dürr."), Exchange("concierge", "Good day, Anna.")),
    summary="client: my card is 4111 1111 1111 1111",
    known=(Known("name", "Anna Dürr"),),
)
CALL = ToolCall("7", "search", json.dumps({"words": ["from a@b.fr", "Dürr"]}))


@pytest.fixture
def discreet():
    return Discreet(Veil(TURN.known))


@pytest.fixture
def hidden(discreet):
    return discreet.hide(asked(TURN, Evidence(TURN.question, (SOURCE,)))[1])


def test_everything_the_client_said_is_hidden(hidden):
    first, second, last = hidden.messages
    assert first.text == "My name is [NAME_1]."
    assert second.text == "Good day, [NAME_2]."
    assert "I am at [EMAIL_1]. Who drew it, asks [NAME_3]?" in last.text
    assert "client: my card is [CARD_1]" in last.text


def test_the_houses_words_keep_their_names_and_say_nothing_again(hidden):
    assert "Write to [EMAIL_1], said Anna Dürr in 1934." in hidden.messages[-1].text


def test_a_model_is_told_of_brackets_only_where_there_are_any(discreet, hidden):
    assert "[NAME_1]" in hidden.system
    plain = Prompt("The rules.", (Said("user", "Who drew it?"),), 100)
    assert discreet.hide(plain).system == "The rules."


def test_rounds_of_tools_are_hidden_too(discreet):
    messages = (
        Said("user", "I am Dürr, a@b.fr"),
        Called((CALL,), "I look for Dürr"),
        Result(CALL, "Nothing for a@b.fr. Anna Dürr drew it."),
    )
    _, called, result = discreet.hide(Prompt("", messages, 100)).messages
    assert json.loads(called.calls[0].arguments) == {"words": ["from [EMAIL_1]", "[NAME_1]"]}
    assert called.text == "I look for [NAME_1]"
    assert result.call == called.calls[0]
    assert result.text == "Nothing for [EMAIL_1]. Anna Dürr drew it."


def test_a_tools_arguments_are_restored_as_the_json_they_are(discreet):
    discreet.veil.placeholders.of("ADDRESS", '5 "Le Mas"\nNice')
    call = replace(CALL, arguments='{"to": "[ADDRESS_1]", "n": 3}')
    assert json.loads(discreet.restored(call).arguments) == {"to": '5 "Le Mas"\nNice', "n": 3}


def test_arguments_that_are_no_json_are_restored_all_the_same(discreet):
    discreet.veil.placeholders.of("EMAIL", "a@b.fr")
    assert discreet.restored(replace(CALL, arguments='{"to": "[EMAIL_1]')).arguments.endswith(
        "a@b.fr"
    )


class Listening:
    """A model that keeps what it is sent and says it back."""

    endpoint = Endpoint("house", "echo", base_url="http://127.0.0.1:9")

    def __init__(self):
        self.sent = []

    async def stream(self, prompt):
        self.sent.append(prompt)
        for sign in prompt.messages[-1].text:
            yield sign
        yield ToolCall("1", "search", json.dumps({"for": "[EMAIL_1]"}))

    async def aclose(self):
        pass


class Careless:
    """A discretion that lets a prompt through as it was."""

    def hide(self, prompt):
        return prompt


@pytest.fixture
def way(settings):
    def made(discretion):
        breaker = Breaker(connected(settings.REDIS_URL))
        return Upstream(breaker, lambda spent: None, allow=free, discretion=discretion)

    return made


PROMPT = Prompt("", (Said("user", "Reach me at a@b.fr."),), 100)


async def test_a_model_sees_only_what_is_hidden_and_the_house_what_is_meant(way):
    model = Listening()
    parts = [part async for part in way(Discreet(Veil())).ask(model, PROMPT)]
    [sent] = model.sent
    assert isinstance(sent, Hidden)
    assert sent.messages[0].text == "Reach me at [EMAIL_1]."
    assert "".join(part for part in parts if isinstance(part, str)) == "Reach me at a@b.fr."
    assert json.loads(parts[-1].arguments) == {"for": "a@b.fr"}


@pytest.mark.parametrize("discretion", [None, Careless()])
async def test_what_has_passed_no_discretion_is_not_sent(way, discretion):
    model = Listening()
    with pytest.raises(NotHiddenError):
        [part async for part in way(discretion).ask(model, PROMPT)]
    assert model.sent == []


def test_no_module_but_the_way_upstream_speaks_to_a_model():
    from pathlib import Path

    root = Path(__file__).parents[2]
    files = [
        file for top in ("concierge", "catalog", "archive") for file in (root / top).rglob("*.py")
    ]
    speaking = {
        str(file.relative_to(root)) for file in files if "model.stream(" in file.read_text("utf-8")
    }
    assert speaking == {"concierge/llm/upstream.py"}
