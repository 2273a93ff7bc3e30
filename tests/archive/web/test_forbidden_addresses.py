"""No spelling, redirect or answer of a name leads off the open web.

Proved by listening: the listener takes every connection to its port and has none; and no thread
of the test so much as tries to connect anywhere.
"""

import re

import pytest

from archive.web import Door, ForbiddenAddressError, WebError, get
from archive.web.address import is_metadata, is_public

from . import forms

PUBLIC = "93.184.216.34"


def never(name, port):
    raise AssertionError(f"{name} was looked up")


def test_there_are_more_than_eighty_forms():
    assert len(set(forms.ALL)) == len(forms.ALL) > 180


@pytest.mark.parametrize("form", forms.ALL)
def test_is_not_reached_as(form, listener, watch):
    url = form.replace("{port}", str(listener.port))
    door = Door(ports=frozenset({80, 443, listener.port}), resolve=never)
    with pytest.raises(WebError) as refused:
        get(url, door=door, seconds=5)
    assert refused.value.permanent
    assert is_plain(str(refused.value))
    assert not watch.tried
    assert not listener.visitors()


def is_plain(sentence: str) -> bool:
    return sentence.endswith(".") and sentence.isprintable() and len(sentence) < 240


@pytest.mark.parametrize("form", [form for form in forms.ALL if form])
def test_is_not_reached_by_a_redirect_to(form, listener, site, watch):
    to = form.replace("{port}", str(listener.port)).encode("utf-8", "surrogateescape")
    line = re.sub(rb"[\r\n]", b"", to)[:3500]

    def answer(handler):
        handler.close_connection = True
        if handler.path == "/begin":
            head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
            handler.wfile.write(head + line + b"\r\n\r\n")

    site.answer = answer
    ports = frozenset({80, 443, listener.port})
    door = site.door(ports=ports, resolve=lambda name, port: ["127.0.0.1"])
    with pytest.raises(WebError) as refused:
        get(f"{site.url}/begin", door=door, seconds=5)
    assert is_plain(str(refused.value))
    assert set(watch.tried) <= {("127.0.0.1", site.port)}
    assert not listener.visitors()


@pytest.mark.parametrize(
    "inner",
    ["127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "100.64.1.1", "fd00::1", "fe80::1%lo",
     "::ffff:127.0.0.1", "0.0.0.0", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address"],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_followed(inner, listener, watch):
    door = Door(ports=frozenset({listener.port}), resolve=lambda name, port: [inner])
    with pytest.raises(ForbiddenAddressError, match="not on the open web"):
        get(f"http://www.house.com:{listener.port}/", door=door)
    assert not watch.tried
    assert not listener.visitors()


def test_a_name_with_its_address_inside_is_not_followed(listener, watch):
    def embedded(name, port):
        return [".".join(re.findall(r"\d+", name)[:4])]

    door = Door(ports=frozenset({listener.port}), resolve=embedded)
    for name in ("127.0.0.1.nip.io", "www.10-0-0-1.sslip.io", "app.169.254.169.254.nip.io"):
        with pytest.raises(ForbiddenAddressError):
            get(f"http://{name}:{listener.port}/", door=door)
    assert not watch.tried
    assert not listener.visitors()


@pytest.mark.parametrize("answers", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC]])
def test_one_inner_address_among_others_is_enough_to_refuse(answers, listener, watch):
    door = Door(ports=frozenset({listener.port}), resolve=lambda name, port: answers)
    with pytest.raises(ForbiddenAddressError):
        get(f"http://www.house.com:{listener.port}/", door=door)
    assert not watch.tried


def test_a_name_that_changes_its_mind_is_asked_once(listener, watch):
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    door = Door(ports=frozenset({listener.port}), resolve=lambda name, port: next(answers))
    with pytest.raises(WebError, match="could not be reached"):
        get(f"http://rebind.house.com:{listener.port}/", door=door)
    assert watch.tried == [(PUBLIC, listener.port)]
    assert next(answers) == ["127.0.0.1"]
    assert not listener.visitors()


def test_a_name_that_changes_its_mind_between_redirects_is_checked_again(site, listener, watch):
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    place = f"rebind.house.com:{site.port}"
    site.pages["/"] = (302, {"Location": f"http://rebind.house.com:{listener.port}/"}, b"")
    door = site.door(
        place, ports=frozenset({listener.port}), resolve=lambda name, port: next(answers)
    )
    with pytest.raises(ForbiddenAddressError):
        get(f"http://{place}/", door=door)
    assert watch.tried == [("127.0.0.1", site.port)]
    assert not listener.visitors()


def test_the_place_an_operator_opened_is_that_place_alone(site, listener):
    site.pages["/"] = (200, {}, b"inside")
    assert get(site.url, door=site.door()).body == b"inside"
    with pytest.raises(ForbiddenAddressError):
        get(f"http://127.0.0.1:{listener.port}/", door=site.door())
    with pytest.raises(ForbiddenAddressError):
        get(f"http://localhost:{site.port}/", door=site.door())


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]",
     "[2002:a9fe:a9fe::1]", "metadata.google.internal", "100.100.100.200", "168.63.129.16",
     "[fe80::1]"],
)  # fmt: skip
def test_no_setting_opens_a_machines_secrets(host, watch):
    door = Door(opened=frozenset({f"{host}:80"}), resolve=lambda name, port: ["169.254.169.254"])
    with pytest.raises(ForbiddenAddressError):
        get(f"http://{host}/", door=door)
    assert not watch.tried


def test_a_name_an_operator_opened_does_not_lead_to_secrets(watch):
    door = Door(
        opened=frozenset({"wiki.house.com:80"}), resolve=lambda name, port: ["169.254.169.254"]
    )
    with pytest.raises(ForbiddenAddressError):
        get("http://wiki.house.com/", door=door)
    assert not watch.tried


@pytest.mark.parametrize("port", [1, 22, 25, 5432, 6379, 8080, 9200, 65535])
def test_other_ports_than_the_webs_are_not_asked(port, watch):
    door = Door(resolve=lambda name, port: [PUBLIC])
    with pytest.raises(ForbiddenAddressError, match=f"port {port}"):
        get(f"http://www.house.com:{port}/", door=door)
    assert not watch.tried


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                "172.15.255.255", "172.32.0.0", "192.167.255.255", "198.17.255.255", "198.20.0.0",
                "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888"]
)  # fmt: skip
def test_the_open_web_is_open_at(address):
    assert is_public(address)
    assert not is_metadata(address)


def test_a_fetch_leaves_the_proxies_of_the_environment_alone(site, listener, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.port}")
    site.pages["/"] = (200, {}, b"straight")
    assert get(site.url, door=site.door()).body == b"straight"
    assert not listener.visitors()
