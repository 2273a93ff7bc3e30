import pytest

from tests.answering.shelf import archive, shelve
from tests.answering.stock import shelf, stock
from tests.house import provider, served_provider

__all__ = ["archive", "provider", "served_provider", "shelf", "shelve", "stock"]


@pytest.fixture
def patient(settings):
    """A busy machine is no slow provider."""
    settings.REWRITE_TIMEOUT = 30.0
    settings.LLM_TURN = settings.LLM_FIRST_TOKEN = settings.LLM_IDLE = 60.0
