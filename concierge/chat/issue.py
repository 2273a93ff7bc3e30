"""Which number a conversation begins under.

A page names the conversation that its first question would begin; the number is good in the
browser it was given to, as its last half proves. Whoever sends another, be it somebody else's,
erased or made up, begins a conversation under a number of their own: no answer tells whether there
is one under the number that was sent.
"""

import secrets
import uuid

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import constant_time_compare, salted_hmac

HALF = 8  # bytes
KEPT_IN = "CSRF_COOKIE"  # of the request: what only this browser knows, and no row holds


def issue(request: HttpRequest) -> uuid.UUID:
    """A number for a conversation that this browser may begin."""
    get_token(request)
    return proved(uuid.uuid4().bytes[:HALF], request.META[KEPT_IN])


def is_issued(request: HttpRequest, number: uuid.UUID) -> bool:
    """Whether `number` was given to this browser."""
    secret = request.META.get(KEPT_IN) or secrets.token_hex()
    return constant_time_compare(proved(number.bytes[:HALF], secret).hex, number.hex)


def proved(chance: bytes, secret: str) -> uuid.UUID:
    end = digest("issued", chance.hex() + secret)[:HALF]
    return uuid.UUID(bytes=chance + end, version=4)


def own(browser: uuid.UUID, number: uuid.UUID) -> uuid.UUID:
    """What `number` stands for in this browser: the same each time, and nobody else's."""
    return uuid.UUID(bytes=digest("own", browser.hex + number.hex)[:16], version=4)


def digest(what: str, told: str) -> bytes:
    return salted_hmac(f"{__name__}.{what}", told, algorithm="sha256").digest()
