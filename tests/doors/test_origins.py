"""Which pages may open a socket: of the same scheme, host and port, and those that are named."""

import pytest

from concierge.chat.origins import may_open

HOST = "concierge.house"
OWN = "https://concierge.house"


@pytest.fixture(autouse=True)
def house(settings):
    settings.ALLOWED_HOSTS = [HOST, "127.0.0.1", "[::1]"]
    settings.SOCKET_ORIGINS = ["https://boutique.example"]


def asks(*origins, host=HOST, scheme="wss"):
    headers = [(b"host", host.encode())] + [(b"origin", each.encode("latin-1")) for each in origins]
    return may_open({"type": "websocket", "scheme": scheme, "headers": headers})


@pytest.mark.parametrize(
    ("origin", "more"),
    [
        (OWN, {}),
        (f"{OWN}:443", {}),
        (OWN, {"host": f"{HOST}:443"}),
        (OWN, {"host": "Concierge.House"}),
        (f"{OWN}:8443", {"host": f"{HOST}:8443"}),
        ("http://127.0.0.1:8000", {"host": "127.0.0.1:8000", "scheme": "ws"}),
        ("http://[::1]:8000", {"host": "[::1]:8000", "scheme": "ws"}),
        ("https://boutique.example", {}),
    ],
)
def test_a_page_of_the_house_may(origin, more):
    assert asks(origin, **more)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://concierge.house",
        "ws://concierge.house",
        "wss://concierge.house",
        "file://concierge.house",
        "chrome-extension://concierge.house",
        "https://concierge.house:8443",
        "https://concierge.house:0",
        "https://concierge.house:",
        "https://concierge.house:443:443",
        "https://evil.concierge.house",
        "https://concierge.house.evil.example",
        "https://evilconcierge.house",
        "https://concierge.house.",
        "https://concierge-house",
        "https://concierge.house@evil.example",
        "https://evil.example@concierge.house",
        "https://user:word@concierge.house",
        "https://concierge.house/",
        "https://concierge.house/page",
        "https://concierge.house?x",
        "https://concierge.house#x",
        "https://concierge.house\\@evil.example",
        "https://evil.example, https://concierge.house",
        "https://concierge.house https://evil.example",
        " https://concierge.house",
        "https://concierge.house\t",
        "https://conciërge.house",
        "https://xn--concirge-b1a.house",
        "HTTPS://CONCIERGE.HOUSE",
        "https://127.0.0.1",
        "https://[::1]",
        "//concierge.house",
        "concierge.house",
        "http://boutique.example",
        "https://boutique.example:8443",
        "https://www.boutique.example",
        "*",
    ],
)
def test_any_other_may_not(origin):
    assert not asks(origin)


def test_one_that_does_not_say_where_it_is_from_may_not():
    assert not asks()


def test_one_that_says_it_twice_may_not():
    assert not asks(OWN, OWN)


def test_a_host_that_is_not_the_houses_makes_no_page_its_own():
    assert not asks("https://evil.example", host="evil.example")


def test_a_page_that_came_encrypted_is_known_by_the_proxys_word(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = [(b"host", HOST.encode()), (b"origin", OWN.encode())]
    scope = {"type": "websocket", "scheme": "ws", "headers": headers}
    assert not may_open(scope)
    scope["headers"] = [*headers, (b"x-forwarded-proto", b"https")]
    assert may_open(scope)
