"""Letters in letters, and headers without end."""

from .shelf import OWN, file

HEAD = b"From: a@house.com\nTo: b@house.com\nSubject: Reeds\nMIME-Version: 1.0\nMessage-ID: <a@b>\n"


@file("ten-thousand-parts-deep.eml", "This mail has more than 2,000 parts.")
def _(url):
    return HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(10_000)
    ) + b"Content-Type: text/plain\n\n" + OWN.encode()  # fmt: skip


@file("letters-in-letters.eml", "This mail has more than 2,000 parts.")
def _(url):
    return (HEAD + b"Content-Type: message/rfc822\n\n") * 5000 + HEAD + b"\n" + OWN.encode()


@file("a-hundred-thousand-parts.eml", "This mail has more than 2,000 parts.")
def _(url):
    part = b"--b\nContent-Type: text/plain\n\na\n"
    return (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 100_000
            + b"--b\n\n" + OWN.encode() + b"\n--b--\n")  # fmt: skip


@file("header-bomb.eml")
def _(url):
    return HEAD + b"X-Own: a\n" * 300_000 + b"\n" + OWN.encode()


@file("folded-header.eml", "This mail could not be read")
def _(url):
    return HEAD + b"X-Own: a\n" + b" a\n" * 300_000 + b"\n" + OWN.encode()


@file("encoded-words.eml", "This mail could not be read")
def _(url):
    return HEAD + b"Comments: " + b"=?utf-8?q?=61=?= " * 50_000 + b"\n\n" + OWN.encode()


@file("addresses.eml", "This mail could not be read")
def _(url):
    return HEAD + b"Cc: " + b"(" * 20_000 + b"<" * 20_000 + b"a@b, " * 20_000 + b"\n\n" \
        + OWN.encode()  # fmt: skip


@file("parameters.eml", "This mail could not be read")
def _(url):
    many = b"".join(b"; name*%d*=''%%61" % number for number in range(20_000))
    return HEAD + b"Content-Type: text/plain" + many + b"\n\n" + OWN.encode()


@file("unknown-charset.eml")
def _(url):
    return HEAD + b"Content-Type: text/plain; charset=undefined\n\n" + OWN.encode() + b"\xe9"


@file("attachment-elsewhere.eml")
def _(url):
    return (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        + OWN.encode() + b"\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; "
        b'filename="../../escaped.txt"\n\n' + OWN.encode() + b"\n--b--\n"
    )  # fmt: skip


@file("calls-home.eml")
def _(url):
    page = f"<html><body><img src='{url}/pixel'><p>{OWN}</p></body></html>".encode()
    return HEAD + b"Content-Type: text/html\n\n" + page


@file("not-base64.eml")
def _(url):
    return HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=a" * 500_000
