"""The receipt of an erasure: signed by the house, so that anybody can prove it with its public key.

Ed25519 (RFC 8032) over one canonical form of the receipt: JSON with its keys in order, no spaces,
in UTF-8. No personal data is inside: the person is told by a digest that only the house can make.
"""

import base64
import hashlib
import json
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from concierge.privacy.models import Erasure

FORM = 1
KEY = 32  # bytes
NOTES = (
    gettext_noop(
        "What you said was sealed with a key of your own. It was destroyed first, so that what "
        "older backups hold of it cannot be opened."
    ),
    gettext_noop("What answers cost stays in the house's sums, without a sign of who asked."),
    gettext_noop(
        "The house's ledger keeps this erasure, and carries it out again should a backup be "
        "restored."
    ),
    gettext_noop(
        "The files of the database are written anew every night: until then a trace of what was "
        "removed may lie on the disk, in no table."
    ),
)


class ReceiptError(Exception):
    """A receipt that does not hold, or cannot be made; one sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place: how much of the person it held and what is left of them there, which is 0."""

    name: str
    what: str
    found: int
    left: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """`asked` and `finished` are UTC in ISO 8601; `ledger` is the hash of the ledger's line."""

    erasure: str
    house: str
    reason: str
    person: str
    asked: str
    finished: str
    places: tuple[Found, ...]
    notes: tuple[str, ...]
    ledger_line: int
    ledger_hash: str
    form: int = FORM

    @property
    def found(self) -> int:
        return sum(each.found for each in self.places)


def digest_of(visitors: list[uuid.UUID]) -> str:
    """64 letters that stand for a person, which only this installation can make again."""
    told = " ".join(sorted(each.hex for each in visitors))
    return salted_hmac(__name__, told, algorithm="sha256").hexdigest()


def signed(receipt: Receipt) -> dict[str, Any]:
    """The receipt with the signature and the public key it is proved by."""
    key = private_key()
    told = asdict(receipt)
    return {
        "receipt": json.loads(canonical(told)),
        "signature": base64.b64encode(key.sign(canonical(told))).decode(),
        "public_key": base64.b64encode(raw(key.public_key())).decode(),
        "key": fingerprint(key.public_key()),
    }


def verified(document: Any, public_key: str = "") -> dict[str, Any]:
    """The receipt inside, when it is signed by this house or by `public_key`, in base64.

    Raises ReceiptError.
    """
    try:
        told = document["receipt"]
        signature = base64.b64decode(document["signature"], validate=True)
        key = known_key(public_key)
        key.verify(signature, canonical(told))
    except (KeyError, TypeError, ValueError):
        raise ReceiptError("This is no receipt of an erasure.") from None
    except InvalidSignature:
        raise ReceiptError(
            "The signature does not hold: the receipt was changed, or another house signed it."
        ) from None
    found: dict[str, Any] = told
    return found


def known_key(public_key: str) -> Ed25519PublicKey:
    if not public_key:
        return private_key().public_key()
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
    except ValueError:
        raise ReceiptError("The public key must be 32 bytes in base64.") from None


def private_key() -> Ed25519PrivateKey:
    """The house's, from RECEIPT_KEY. Raises ReceiptError."""
    try:
        seed = base64.b64decode(settings.RECEIPT_KEY, altchars=b"-_", validate=True)
    except ValueError:
        seed = b""
    if len(seed) != KEY:
        raise ReceiptError("RECEIPT_KEY must be 32 bytes in base64.")
    return Ed25519PrivateKey.from_private_bytes(seed)


def raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint(key: Ed25519PublicKey) -> str:
    """What a person can compare with what the house has published."""
    return hashlib.sha256(raw(key)).hexdigest()[:16]


def canonical(told: Any) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def page(erasure: Erasure, request: HttpRequest | None = None) -> str:
    """The receipt as an HTML page of its own, for a person to keep; in the language of today."""
    told = erasure.receipt["receipt"]
    places = [each | {"told": _(each["what"])} for each in told["places"]]
    document = json.dumps(erasure.receipt, ensure_ascii=False, indent=2, sort_keys=True)
    context = erasure.receipt | {
        "erasure": erasure,
        "brand": erasure.brand,
        "language": get_language() or "en",
        "held": [each for each in places if each["found"]],
        "empty": [each for each in places if not each["found"]],
        "notes": [_(each) for each in told["notes"]],
        "document": document,
        "file": base64.b64encode(document.encode()).decode(),  # nothing is left to ask it of
        "file_name": f"receipt-{erasure.pk}.json",
    }
    return str(render_to_string("privacy/receipt.html", context, request))
