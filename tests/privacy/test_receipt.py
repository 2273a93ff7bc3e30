import base64
import copy
import json
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from concierge.clients.models import Memory
from concierge.privacy.erasure import erase
from concierge.privacy.models import Erasure
from concierge.privacy.receipt import ReceiptError, page, raw, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def erased(person, answered):
    Memory.objects.create(visitor=person, kind="name", text="Ada Quillfeather", origin="said")
    return erase(person, Erasure.Reason.CLIENT)


def test_a_receipt_holds_by_the_houses_key(erased):
    assert verified(erased.receipt)["erasure"] == str(erased.pk)
    assert verified(erased.receipt, erased.receipt["public_key"])


def test_a_changed_receipt_does_not_hold(erased):
    for place in range(len(erased.receipt["receipt"]["places"])):
        changed = copy.deepcopy(erased.receipt)
        changed["receipt"]["places"][place]["left"] = 1
        with pytest.raises(ReceiptError, match="does not hold"):
            verified(changed)


def test_another_houses_signature_does_not_hold(erased, settings):
    other = Ed25519PrivateKey.generate()
    settings.RECEIPT_KEY = base64.b64encode(bytes(32)).decode()
    with pytest.raises(ReceiptError, match="another house"):
        verified(erased.receipt)
    with pytest.raises(ReceiptError):
        verified(erased.receipt, base64.b64encode(raw(other.public_key())).decode())


@pytest.mark.parametrize("document", [{}, [], 3, None, {"receipt": {}, "signature": "?"}])
def test_what_is_no_receipt_is_told_so(document):
    with pytest.raises(ReceiptError, match="no receipt"):
        verified(document)


def test_a_receipt_names_nobody(erased, person):
    told = json.dumps(erased.receipt) + page(erased)
    for name in ("Quillfeather", str(person.pk), person.pk.hex, str(person.browser), "kingfisher"):
        assert name not in told


def test_its_page_says_what_was_found_and_what_is_left(erased):
    shown = page(erased)
    assert str(erased.pk) in shown
    assert erased.receipt["signature"] in shown
    assert erased.brand.name in shown


def test_its_page_gives_the_signed_receipt_as_a_file(erased):
    shown = page(erased)
    assert "<main>" in shown
    found = re.search(r'download="receipt-[^"]+\.json" href="data:[^,"]+;base64,([^"]+)"', shown)
    assert verified(json.loads(base64.b64decode(found[1])))["erasure"] == str(erased.pk)


def test_verify_receipt_tells_whether_it_holds(erased, tmp_path, capsys):
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(erased.receipt))
    call_command("verify_receipt", file)
    assert "The receipt holds" in capsys.readouterr().out
    file.write_text(json.dumps(erased.receipt).replace('"left": 0', '"left": 2', 1))
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_receipt", file)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"[]"])
def test_verify_receipt_of_no_receipt_is_a_sentence(tmp_path, content):
    file = tmp_path / "receipt.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("verify_receipt", file)
