from tests.house import *  # noqa: F403
