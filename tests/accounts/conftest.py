import pytest

from tests.accounts import cast


@pytest.fixture
def counted(settings):
    """Passwords that reached the hasher."""
    settings.PASSWORD_HASHERS = ["tests.accounts.cast.CountingHasher"]
    cast.reached.clear()
    return cast.reached
