"""A tool's arguments: one frozen dataclass, its JSON Schema, and the strict reading of what a model
wrote.

    @dataclass(frozen=True, slots=True)
    class Search:
        query: str = field(metadata=told("What to look for.", most=300))
        limit: Decimal | None = field(metadata=told("At most.", most=10**9), default=None)

Text, numbers (Decimal, never float) and yes or no are all there is. Both the schema and the reading
are made from the fields, so that neither can say what the other does not.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import MISSING, Field, fields
from decimal import Decimal, InvalidOperation
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

LONGEST = 4000  # characters of the JSON that is read
# Controls, halves of pairs and what turns or hides writing: nothing anybody looks for.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]")
NAMES = {str: "string", Decimal: "number", bool: "boolean"}

Given = TypeVar("Given")


class BadArgumentsError(ValueError):
    """The arguments cannot be read; the text tells the model why, and quotes nothing of theirs."""


def told(
    description: str, *, most: int = 0, choices: Sequence[str] = (), form: str = ""
) -> dict[str, Any]:
    """Of a field: what it means, and how long (text) or large (numbers, above 0) it may be.

    `form` is a regular expression that the whole of a text must have.
    """
    return {"description": description, "most": most, "choices": choices, "form": form}


def schema(arguments: type) -> dict[str, Any]:
    """The JSON Schema of the object a model may write."""
    return {
        "type": "object",
        "properties": {each.name: property_of(arguments, each) for each in fields(arguments)},
        "required": [each.name for each in fields(arguments) if is_required(each)],
        "additionalProperties": False,
    }


def property_of(arguments: type, each: Field[Any]) -> dict[str, Any]:
    kind = kinds(arguments)[each.name]
    found: dict[str, Any] = {"type": NAMES[kind], "description": each.metadata["description"]}
    if kind is str:
        found |= {"minLength": 1, "maxLength": each.metadata["most"]}
    if kind is Decimal:
        found |= {"exclusiveMinimum": 0, "maximum": each.metadata["most"]}
    if choices := each.metadata["choices"]:
        found["enum"] = list(choices)
    if form := each.metadata["form"]:
        found["pattern"] = f"^{form}$"
    return found


def kinds(arguments: type) -> dict[str, type]:
    """By field, the type it has when it is given."""
    return {
        name: next(each for each in get_args(hint) or (hint,) if each is not NoneType)
        for name, hint in get_type_hints(arguments).items()
    }


def is_required(each: Field[Any]) -> bool:
    return each.default is MISSING


def parsed(arguments: type[Given], text: str) -> Given:
    """The dataclass of what a model wrote. Raises BadArgumentsError.

    A null, or an empty text, where nothing need be given is as if it were left out.
    """
    given = as_object(text)
    known = {each.name: each for each in fields(arguments)}  # type: ignore[arg-type]
    if any(name not in known for name in given):
        raise BadArgumentsError(f"Only these may be given: {', '.join(known)}.")
    values: dict[str, Any] = {}
    for name, each in known.items():
        value = given.get(name)
        if value is None or (value == "" and not is_required(each)):
            if is_required(each):
                raise BadArgumentsError(f"“{name}” is missing.")
            continue
        values[name] = checked(kinds(arguments)[name], each, value)
    return arguments(**values)


def as_object(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise BadArgumentsError(f"They are longer than {LONGEST} characters.")
    try:
        given = json.loads(text or "{}", parse_float=Decimal, parse_int=Decimal, parse_constant=nan)
    except (ValueError, RecursionError, InvalidOperation):
        raise BadArgumentsError("They are no JSON.") from None
    if not isinstance(given, dict):
        raise BadArgumentsError("They are no JSON object.")
    return given


def nan(_: str) -> None:
    raise ValueError("no number")


def checked(kind: type, each: Field[Any], value: Any) -> Any:
    if not isinstance(value, kind):
        raise BadArgumentsError(f"“{each.name}” must be a {NAMES[kind]}.")
    if isinstance(value, str):
        return checked_text(each, value)
    if isinstance(value, Decimal):
        return checked_number(each, value)
    return value


def checked_text(each: Field[Any], value: str) -> str:
    text = " ".join(value.split())
    if not text or NO_TEXT.search(text):
        raise BadArgumentsError(f"“{each.name}” must be a text.")
    if len(text) > each.metadata["most"]:
        most = each.metadata["most"]
        raise BadArgumentsError(f"“{each.name}” must be {most} characters long at most.")
    if (choices := each.metadata["choices"]) and text not in choices:
        raise BadArgumentsError(f"“{each.name}” must be one of: {', '.join(choices)}.")
    if (form := each.metadata["form"]) and not re.fullmatch(form, text):
        raise BadArgumentsError(f"“{each.name}” has not the form that is asked for.")
    return text


def checked_number(each: Field[Any], value: Decimal) -> Decimal:
    if not 0 < value <= each.metadata["most"]:
        most = each.metadata["most"]
        raise BadArgumentsError(f"“{each.name}” must be above 0 and at most {most}.")
    return value
