import pytest
from listener import Listener


@pytest.fixture(scope="session")
def listener():
    made = Listener()
    yield made
    made.close()
