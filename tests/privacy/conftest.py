import pytest

from tests.house import *  # noqa: F403


@pytest.fixture(autouse=True)
def ledger_file(settings, tmp_path):
    """A ledger of this test's own."""
    settings.ERASURE_LEDGER = str(tmp_path / "ledger" / "erasures.jsonl")
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "ledger" / "erasures.jsonl"
