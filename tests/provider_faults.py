"""What can go wrong with a provider, by name, once it has said so many words."""

from collections.abc import Callable

from tests.fake_provider import Script

LATE = 45.0  # seconds until a late first word
FAULTS: dict[str, Callable[[int], Script]] = {
    "429 short": lambda at: Script(status=429, retry_after="0.5"),
    "429 long": lambda at: Script(status=429, retry_after="60"),
    "500 once": lambda at: Script(status=500),
    "500 always": lambda at: Script(status=500),
    "refused": lambda at: Script(),  # nobody listens: the caller must be sent elsewhere
    "silent": lambda at: Script(fault="silent" if at else "mute", after=at),
    "late": lambda at: Script(delay=LATE),
    "cut": lambda at: Script(fault="drop" if at % 2 else "cut", after=at),
    "utf8": lambda at: Script(fault="utf8", after=at),
    "json": lambda at: Script(fault="json", after=at),
    "overloaded": lambda at: Script(fault="overloaded", after=at),
    "html": lambda at: Script(fault="html"),
    "empty": lambda at: Script(fault="empty"),
    "endless": lambda at: Script(fault="endless", after=at),
    "enormous": lambda at: Script(fault="enormous", after=at),
}
# Those that come before any word, wherever they are to come.
AT_ONCE = {"429 short", "429 long", "500 once", "500 always", "refused", "late", "html", "empty"}
NOWHERE = "http://127.0.0.1:9"  # nobody listens there
