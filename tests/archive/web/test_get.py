"""A page within its limits of place, time and size."""

import gzip
import socket
import ssl
import subprocess
import threading
import zlib

import pytest

from archive.web import Door, WebError, get
from archive.web.unpack import body


def test_gives_what_the_site_says_of_its_page(site):
    site.pages["/look?book=1"] = (
        200,
        {
            "Content-Type": "Text/HTML; charset=ISO-8859-1",
            "ETag": '"a1"',
            "Last-Modified": "Mon, 02 Feb 2026 10:00:00 GMT",
        },
        b"<p>caf\xe9</p>",
    )
    page = get(f"{site.url}/look?book=1#top", door=site.door())
    assert (page.url, page.status, page.ok) == (f"{site.url}/look?book=1", 200, True)
    assert page.body == b"<p>caf\xe9</p>"
    assert (page.media_type, page.encoding) == ("text/html", "iso-8859-1")
    assert (page.etag, page.last_modified) == ('"a1"', "Mon, 02 Feb 2026 10:00:00 GMT")


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "utf-7", "rot13", "no-such"])
def test_a_charset_that_no_page_is_written_in_is_none(site, charset):
    site.pages["/"] = (200, {"Content-Type": f"text/html; charset={charset}"}, b"x")
    assert get(site.url, door=site.door()).encoding == ""


def test_names_itself_and_sends_neither_cookie_nor_password(site):
    site.pages["/"] = (302, {"Location": "/next", "Set-Cookie": "a=b"}, b"")
    site.pages["/next"] = (200, {}, b"x")
    get(site.url, door=site.door(agent="Maison/1.0"))
    for _, headers in site.asked:
        assert headers["User-Agent"] == "Maison/1.0"
        assert headers["Host"] == f"127.0.0.1:{site.port}"
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_asks_only_for_what_is_new(site):
    site.pages["/"] = (304, {"ETag": '"a1"'}, b"")
    page = get(site.url, etag='"a1"', last_modified="Mon, 02 Feb 2026 10:00:00 GMT",
               door=site.door())  # fmt: skip
    assert page.not_modified
    assert site.asked[0][1]["If-None-Match"] == '"a1"'
    assert site.asked[0][1]["If-Modified-Since"] == "Mon, 02 Feb 2026 10:00:00 GMT"


def test_no_header_can_be_smuggled_in_by_an_etag(site):
    site.pages["/"] = (200, {}, b"x")
    get(site.url, etag='"a"\r\nX-Own: 1', door=site.door())
    assert "X-Own" not in site.asked[0][1]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_a_page_that_is_not_there_is_a_page_with_its_status(site, status):
    site.pages["/"] = (status, {}, b"sorry")
    page = get(site.url, door=site.door())
    assert (page.status, page.ok) == (status, False)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_a_redirect(site, status):
    site.pages["/"] = (status, {"Location": "../été à paris?a=b c"}, b"")
    site.pages["/%C3%A9t%C3%A9%20%C3%A0%20paris?a=b%20c"] = (200, {}, b"there")
    assert get(site.url, door=site.door()).body == b"there"


def test_is_not_led_on_for_ever(site):
    site.pages["/"] = (302, {"Location": "/"}, b"")
    with pytest.raises(WebError, match="leads on and on"):
        get(site.url, door=site.door())
    assert len(site.asked) == 6


def test_reads_a_name_in_any_script(site):
    names = []
    site.pages["/"] = (200, {}, b"x")

    def resolve(name, port):
        names.append(name)
        return ["127.0.0.1"]

    door = site.door(f"xn--crme-6oa.example.com:{site.port}", resolve=resolve)
    get(f"http://Crème.example.com:{site.port}/", door=door)
    assert names == ["xn--crme-6oa.example.com"]


def test_tries_the_next_address_of_a_name(site):
    site.pages["/"] = (200, {}, b"second")
    place = f"two.house.com:{site.port}"
    door = site.door(place, resolve=lambda name, port: ["127.0.0.9", "127.0.0.1"])
    assert get(f"http://{place}/", door=door).body == b"second"


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress,
                                    lambda data: zlib.compress(data)[2:-4]])  # fmt: skip
def test_unpacks_what_was_packed_on_its_way(site, packed):
    encoding = "gzip" if packed is gzip.compress else "deflate"
    site.pages["/"] = (200, {"Content-Encoding": encoding}, packed(b"words " * 1000))
    assert get(site.url, door=site.door()).body == b"words " * 1000


def test_unpacks_gzip_of_several_members(site):
    whole = gzip.compress(b"one ") + gzip.compress(b"two")
    site.pages["/"] = (200, {"Content-Encoding": "x-gzip"}, whole)
    assert get(site.url, door=site.door()).body == b"one two"


def bomb(coding: str) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    parts = [machine.compress(bytes(1 << 20)) for _ in range(300)]
    return b"".join([*parts, machine.flush()])


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_does_not_unpack(site, coding):
    site.pages["/"] = (200, {"Content-Encoding": coding}, bomb(coding))
    with pytest.raises(WebError, match="larger than 2 MB"):
        get(site.url, door=site.door(), most=2 << 20)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "aes128gcm"])
def test_an_encoding_that_was_not_asked_for_is_refused(site, encoding):
    site.pages["/"] = (200, {"Content-Encoding": encoding}, b"x")
    with pytest.raises(WebError, match="not asked for"):
        get(site.url, door=site.door())


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"words " * 1000)[:-20], b"no gzip at all"],
    ids=["cut", "none"],
)
def test_a_damaged_body_is_no_page(site, packed):
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, packed)
    with pytest.raises(WebError, match="broke off"):
        get(site.url, door=site.door())


def test_a_page_that_says_it_is_too_large_is_not_read(site):
    site.pages["/"] = (200, {"Content-Length": "9" * 18}, b"")
    with pytest.raises(WebError, match="larger than 1 KB"):
        get(site.url, door=site.door(), most=1024)


def test_an_endless_page_is_ended():
    with pytest.raises(WebError, match="larger than 1 MB"):
        body(iter(lambda: bytes(4096), None), "", 1 << 20)


def talk(said: bytes, *, again: bytes = b"", most: int = 1 << 30):
    """A server that says `said`, then `again` and again while it is heard; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        with listening, listening.accept()[0] as heard:
            pause = threading.Event()
            try:
                heard.recv(65536)
                heard.sendall(said)
                for _ in range(most if again else 0):
                    heard.sendall(again)
                    pause.wait(0.01)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return listening.getsockname()[1]


def opened(port: int) -> Door:
    return Door(opened=frozenset({f"127.0.0.1:{port}"}))


@pytest.mark.parametrize(
    ("said", "again"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a"),
    ],
)
def test_a_site_that_drips_is_left(said, again):
    port = talk(said, again=again)
    with pytest.raises(WebError, match="took too long"):
        get(f"http://127.0.0.1:{port}/", door=opened(port), seconds=0.3)


def test_a_name_that_is_never_found_is_left():
    never = threading.Event()
    door = Door(resolve=lambda name, port: never.wait(30) and [])
    try:
        with pytest.raises(WebError, match="no site named"):
            get("http://www.house.com/", door=door, seconds=0.1)
    finally:
        never.set()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 300 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_answer_is_no_page(said):
    port = talk(said)
    with pytest.raises(WebError) as broken:
        get(f"http://127.0.0.1:{port}/", door=opened(port), seconds=5)
    assert str(broken.value).endswith(".")


def test_nobody_at_home_is_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(WebError, match="could not be reached"):
        get(f"http://127.0.0.1:{port}/", door=opened(port))


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    """A certificate for secure.house.com, and its key."""
    folder = tmp_path_factory.mktemp("papers")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", folder / "key.pem", "-out", folder / "own.pem", "-days", "2",
         "-subj", "/CN=secure.house.com", "-addext", "subjectAltName=DNS:secure.house.com"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def secure(papers):
    """The port of a server that says over TLS which name it was asked for."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(papers / "own.pem", papers / "key.pem")
    named = []
    server.sni_callback = lambda connection, name, context: named.append(name)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        with listening:
            try:
                with server.wrap_socket(listening.accept()[0], server_side=True) as heard:
                    heard.recv(65536)
                    said = str(named[0]).encode()
                    length = str(len(said)).encode()
                    heard.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: " + length)
                    heard.sendall(b"\r\n\r\n" + said)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return listening.getsockname()[1]


def trusting(papers, *places: str) -> Door:
    tls = ssl.create_default_context(cafile=papers / "own.pem")
    return Door(opened=frozenset(places), resolve=lambda name, port: ["127.0.0.1"], tls=tls)


def test_a_checked_address_is_asked_under_its_own_name(secure, papers):
    door = trusting(papers, f"secure.house.com:{secure}")
    assert get(f"https://secure.house.com:{secure}/", door=door).body == b"secure.house.com"


def test_a_certificate_for_another_name_is_not_trusted(secure, papers):
    door = trusting(papers, f"other.house.com:{secure}")
    with pytest.raises(WebError, match="certificate"):
        get(f"https://other.house.com:{secure}/", door=door)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(secure):
    place = f"secure.house.com:{secure}"
    door = Door(opened=frozenset({place}), resolve=lambda name, port: ["127.0.0.1"])
    with pytest.raises(WebError, match="certificate"):
        get(f"https://{place}/", door=door)
