from tests.answering.shelf import shelve  # noqa: F401
from tests.house import *  # noqa: F403
