"""Whatever is done to the log by somebody who owns the database is found, and where."""

import json
import re
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from bench.audit.tamper import KINDS, as_tamperer, fill
from concierge.audit import checkpoint
from concierge.audit.chain import Deed, append, last
from concierge.audit.models import Act, Entry
from concierge.audit.tasks import keep_checkpoint
from concierge.audit.verify import verify

ENTRIES, OF_EACH = 500, 7


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.AUDIT_CHECKPOINTS = tmp_path / "audit"
    return settings.AUDIT_CHECKPOINTS


def deed():
    return Deed(Act.READ, "gaps.gap", "1", None)


def told(**options):
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_a_tampering_is_found_and_the_first_bad_entry_named(tamper):
    random = Random(tamper.__name__)
    with as_tamperer():
        rows = fill(ENTRIES, random)
        checkpoint.keep(ENTRIES, rows[-1][-1])
        assert verify().is_whole
        for _ in range(OF_EACH):
            with transaction.atomic():
                first = tamper(rows, random)
                verdict = verify()
                transaction.set_rollback(True)
            assert not verdict.is_whole
            assert first in (None, verdict.bad), verdict.words


@pytest.mark.django_db(transaction=True)
def test_a_log_that_the_product_wrote_is_whole():
    before, _ = last()
    append(deed())
    append(deed())
    verdict = verify()
    assert (verdict.is_whole, verdict.entries, verdict.checkpoints) == (True, before + 2, 1)
    assert re.search(r"is whole: [\d,]+ entries, which agree with 1 checkpoint", told())


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_never_was_committed_leaves_no_checkpoint(folder):
    with transaction.atomic():
        append(deed())
        transaction.set_rollback(True)
    assert not checkpoint.known()


@pytest.mark.django_db(transaction=True)
def test_the_head_is_noted_down_every_hour_once(folder):
    append(deed())
    assert keep_checkpoint() is True
    assert keep_checkpoint() is False
    assert len(checkpoint.lines().read_text().splitlines()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_changed_checkpoint_is_not_believed(folder):
    append(deed())
    keep_checkpoint()
    lines = checkpoint.lines()
    lines.write_text(lines.read_text().replace('number\\": ', 'number\\": 1'))
    with pytest.raises(CommandError, match=r"Line 1 of .* was changed"):
        told()


@pytest.mark.django_db(transaction=True)
def test_an_end_that_is_missing_is_told_with_exit_1(folder):
    number, digest = last()
    checkpoint.keep(number + 3, digest)
    with pytest.raises(CommandError, match=f"Entry {number + 1} is missing") as raised:
        told(json=True)
    assert raised.value.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_is_accepted_once_and_written_down(folder):
    number, digest = last()
    checkpoint.keep(number + 3, digest)
    assert json.loads(told(json=True, restored="The disk of Tuesday"))["bad"] is None
    assert Entry.objects.get(number=number + 1).act == Act.RESTORED
    assert "The disk of Tuesday" in checkpoint.lines().read_text()
    assert verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_cannot_be_written_to_holds_nobody_up(folder, caplog):
    folder.write_text("not a folder")
    append(deed())
    assert "audit checkpoint not kept" in caplog.text
