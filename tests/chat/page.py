"""The page of the house as a browser without scripts reads it, and what it sends."""

import re
import uuid

HTMX = {"HX-Request": "true"}
PAGE = "/maison/"
ASK = "/maison/messages/"


def sent(text="Hello", **given):
    return {"conversation": uuid.uuid4(), "client_key": uuid.uuid4(), "text": text} | given


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found
    return found[1]


def body(response) -> str:
    return response.content.decode()
