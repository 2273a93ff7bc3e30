"""Workers in processes of their own, on the test run's services."""

import os
from pathlib import Path

import pytest

from .crash import forker


@pytest.fixture
def outside(transactional_db, settings, tmp_path, monkeypatch):
    """The environment by which another process finds this test's database and uploads."""
    from concierge.operations import addresses

    models = Path(settings.DATA_DIR, "models")
    models.mkdir(exist_ok=True)
    Path(tmp_path, "models").symlink_to(models)
    name = settings.DATABASES["default"]["NAME"]
    monkeypatch.setenv("DATABASE_URL", addresses.database_url(settings.DATA_DIR, name))
    monkeypatch.setenv("CONCIERGE_DATA_DIR", str(tmp_path))
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return os.environ


@pytest.fixture
def fork(outside, brand):
    """Calls made in processes that may be killed."""
    with forker() as run:
        yield run
