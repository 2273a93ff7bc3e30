"""What a model writes in a call is read strictly, and never raises anything but its own error."""

import json
from dataclasses import dataclass, field, fields
from decimal import Decimal

import pytest

from concierge.answering.tools.arguments import (
    LONGEST,
    BadArgumentsError,
    is_required,
    parsed,
    schema,
    told,
)
from concierge.answering.tools.use import ALL


@dataclass(frozen=True)
class Search:
    query: str = field(metadata=told("What.", most=20))
    limit: Decimal | None = field(metadata=told("At most.", most=1000), default=None)
    only: bool | None = field(metadata=told("Only."), default=None)
    order: str | None = field(metadata=told("By.", most=9, choices=("up", "down")), default=None)
    year: str | None = field(metadata=told("Year.", most=4, form=r"\d{4}"), default=None)


def test_what_is_given_is_read_by_its_type():
    text = '{"query": "  silk \\n scarf ", "limit": 12.50, "only": true, "order": "up"}'
    assert parsed(Search, text) == Search("silk scarf", Decimal("12.50"), True, "up")


def test_a_null_is_as_if_it_were_left_out():
    assert parsed(Search, '{"query": "silk", "limit": null, "year": ""}') == Search("silk")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "missing"),
        ("{}", "missing"),
        ('{"query": null}', "missing"),
        ('{"query": "silk"', "no JSON"),
        ("not json", "no JSON"),
        ('{"query": "silk", "limit": NaN}', "no JSON"),
        ('{"query": "silk", "limit": Infinity}', "no JSON"),
        ("[" * 3000, "no JSON"),
        ('["silk"]', "no JSON object"),
        ('"silk"', "no JSON object"),
        ("null", "no JSON object"),
        ('{"query": "silk", "brand": 2}', "Only these"),
        ('{"query": 7}', "must be a string"),
        ('{"query": ["silk"]}', "must be a string"),
        ('{"query": {"text": "silk"}}', "must be a string"),
        ('{"query": "   "}', "must be a text"),
        ('{"query": "si\\u0000lk"}', "must be a text"),
        ('{"query": "\\ud800"}', "must be a text"),
        ('{"query": "si\\u202elk"}', "must be a text"),
        ('{"query": "a very long query indeed"}', "20 characters"),
        ('{"query": "silk", "limit": "12"}', "must be a number"),
        ('{"query": "silk", "limit": true}', "must be a number"),
        ('{"query": "silk", "limit": 0}', "above 0"),
        ('{"query": "silk", "limit": -5}', "above 0"),
        ('{"query": "silk", "limit": 1e999999999}', "above 0"),
        ('{"query": "silk", "only": 1}', "must be a boolean"),
        ('{"query": "silk", "only": "yes"}', "must be a boolean"),
        ('{"query": "silk", "order": "sideways"}', "one of: up, down"),
        ('{"query": "silk", "year": "19 34"}', "4 characters"),
        ('{"query": "silk", "year": "abcd"}', "form"),
        ('{"query": "' + "x" * LONGEST + '"}', "longer than"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(text, why):
    with pytest.raises(BadArgumentsError, match=why):
        parsed(Search, text)


def test_an_error_quotes_nothing_that_was_written():
    with pytest.raises(BadArgumentsError) as raised:
        parsed(Search, '{"query": "x", "my card is 4111": 1}')
    assert "4111" not in str(raised.value)


def test_the_schema_says_what_is_read():
    assert schema(Search) == {
        "type": "object",
        "properties": {
            "query": {"type": "string", "description": "What.", "minLength": 1, "maxLength": 20},
            "limit": {
                "type": "number",
                "description": "At most.",
                "exclusiveMinimum": 0,
                "maximum": 1000,
            },
            "only": {"type": "boolean", "description": "Only."},
            "order": {
                "type": "string",
                "description": "By.",
                "minLength": 1,
                "maxLength": 9,
                "enum": ["up", "down"],
            },
            "year": {
                "type": "string",
                "description": "Year.",
                "minLength": 1,
                "maxLength": 4,
                "pattern": r"^\d{4}$",
            },
        },
        "required": ["query"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize("name", ALL)
def test_every_tool_has_a_schema_of_json_with_a_bound_for_each_text(name):
    tool = ALL[name].tool
    json.dumps(tool.schema)
    assert tool.description
    assert tool.schema["required"]
    for each in fields(ALL[name].arguments):
        assert each.metadata["description"]
        assert is_required(each) == (each.name in tool.schema["required"])
    texts = [p for p in tool.schema["properties"].values() if p["type"] == "string"]
    assert all(0 < text["maxLength"] <= 300 for text in texts)
