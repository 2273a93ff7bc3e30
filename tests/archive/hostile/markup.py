"""HTML, Markdown and transcripts that are too deep, too wide or too many."""

from .office import LAUGHS, outer
from .shelf import OWN, file


@file("deep.html", "This page could not be read")
def _(url):
    return b"<html><body>" + b"<div>" * 100_000 + OWN.encode() + b"</div>" * 100_000


@file("deep-inline.html", "This page could not be read")
def _(url):
    return b"<html><body><p>" + b"<b><i>" * 100_000 + OWN.encode()


@file("deep-tables.html", "This page could not be read")
def _(url):
    return b"<html><body>" + b"<table><tr><td>" * 30_000 + OWN.encode()


@file("deep-lists.html", "This page could not be read")
def _(url):
    return b"<html><body>" + b"<ul><li>" * 50_000 + OWN.encode()


@file("wide-attribute.html")
def _(url):
    return f"<html><body><p title='{'a' * 10_000_000}'>{OWN}</p>".encode()


@file("many-attributes.html", "slow")
def _(url):
    many = " ".join(f"a{number}=b" for number in range(300_000))
    return f"<html><body><p {many}>{OWN}</p>".encode()


@file("wide-table.html")
def _(url):
    return f"<html><body><table><tr><td colspan=999999999 rowspan=999999999>{OWN}".encode()


@file("unclosed.html")
def _(url):
    return f"<html><body><p>{OWN}".encode() + b"<!--" * 200_000 + b"<" * 500_000


@file("entities.html")
def _(url):
    return f"<html><body><p>{OWN}".encode() + b"&#x110000;&#0;&#xD800;&nosuch;&amp" * 100_000


@file("page-entities.xhtml")
def _(url):
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{OWN} &a; &b;</p></body></html>"
    return (f"<?xml version='1.0'?>{outer(url)}" + page).encode()


@file("page-laughs.xhtml")
def _(url):
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{OWN} &i;</p></body></html>"
    return (f"<?xml version='1.0'?>{LAUGHS}" + page).encode()


@file("calls-home.html")
def _(url):
    return (
        f"<html><head><base href='{url}/'><link rel=stylesheet href='{url}/a.css'>"
        f"<meta http-equiv=refresh content='0;url={url}/'><script src='{url}/a.js'></script>"
        f"</head><body><img src='{url}/a.png' alt='reeds'><iframe src='{url}/f'></iframe>"
        f"<object data='{url}/o'></object><p>{OWN}</p></body></html>"
    ).encode()


@file("wrong-charset.html")
def _(url):
    return f"<html><head><meta charset='idna'></head><body><p>{OWN}\xe9".encode("latin-1") * 2000


@file("undefined-charset.html")
def _(url):
    page = f"<html><head><meta charset='undefined'></head><body><p>{OWN}\xe9</p>"
    return page.encode("latin-1")


@file("escaped-charset.html")
def _(url):
    page = f"<html><head><meta charset='unicode_escape'></head><body><p>{OWN} \\ud800 \xe9</p>"
    return page.encode("latin-1")


@file("picture.svg", "Files of this kind are not read; these are")
def _(url):
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{OWN} &a; &b;</text></svg>"
    return (outer(url) + drawing).encode()


@file("picture-named-page.html", "This file holds no text.")
def _(url):
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{OWN} &a; &b;</text></svg>"
    return (outer(url) + drawing).encode()


@file("brackets.md")
def _(url):
    return b"[" * 100_000 + OWN.encode() + b"](" * 30_000


@file("quotes.md", "This file is nested too deeply")
def _(url):
    return b">" * 100_000 + OWN.encode()


@file("quotes-of-many-lines.md", "This file is nested too deeply")
def _(url):
    return b"\n".join(b"> " * depth + OWN.encode()[:40] for depth in range(1, 1500))


@file("lists.md", "This file is nested too deeply")
def _(url):
    return "\n".join("  " * (line % 2000) + f"- {OWN[:40]}" for line in range(6000)).encode()


@file("long-list.md")
def _(url):
    return "\n".join(f"- {OWN} {line}" for line in range(15_000)).encode()


@file("emphasis.md")
def _(url):
    return b"*a **b _c __d " * 20_000 + OWN.encode()


@file("ticks.md")
def _(url):
    return b" ".join(b"`" * number for number in range(1, 1500)) + OWN.encode()


@file("links.md")
def _(url):
    return b"[a](<b" * 6000 + b"![a][b" * 6000 + OWN.encode()


@file("references.md")
def _(url):
    return b"".join(b"[%d]: /a\n" % number for number in range(50_000)) + b"[1][" * 20_000 \
        + OWN.encode()  # fmt: skip


@file("notes.md")
def _(url):
    return b"".join(b"[^%d]: a\n" % number for number in range(20_000)) + OWN.encode()


@file("tags.md")
def _(url):
    return b"[ref]" * 30_000 + OWN.encode()


@file("front-matter.md")
def _(url):
    return b"---\n" + b"title: a\n" * 80_000 + OWN.encode()


@file("front-matter-of-lists.md")
def _(url):
    return b"---\npeople:\n" + b"- a\n" * 100_000 + b"---\n" + OWN.encode()


@file("front-matter-that-is-wrong.md")
def _(url):
    return f"---\naudience: everybody\ndate: soon\n---\n{OWN}".encode()


@file("inner-pages.md", "This page could not be read")
def _(url):
    return b"<div>" * 50_000 + OWN.encode() + f"\n\n<img src={url}/a.png>".encode()


@file("gaps.md")
def _(url):
    return (b"a" + b" " * 50_000) * 50 + OWN.encode()


@file("wide-row.md")
def _(url):
    return b"|a" * 50_000 + b"\n" + b"|-" * 50_000 + b"\n" + b"|b" * 50_000 + OWN.encode()


@file("long-table.md")
def _(url):
    return b"|a|b|\n|-|-|\n" + b"|a\n" * 15_000 + OWN.encode()


@file("a-hundred-thousand-cues.vtt")
def _(url):
    cues = "".join(
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> 99:00:00.000\na\n\n"
        for n in range(100_000)
    )
    return ("WEBVTT\n\n" + cues + f"00:00.000 --> 00:01.000\n{OWN}").encode()


@file("cue-of-tags.vtt")
def _(url):
    return b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"<v a<b<c" * 200_000 + OWN.encode()


@file("arrows.srt")
def _(url):
    return b"1\n00:00:00,000 --> 00:00:01,000\n" + b"-->" * 300_000 + OWN.encode()


@file("numbers.srt", "This file is named .srt but its")
def _(url):
    return b"1\n" + b"9" * 1_000_000 + b":00:00,000 --> 00:00:01,000\n" + OWN.encode()


@file("one-speaker.vtt")
def _(url):
    cues = "".join(f"{n}\n00:00.000 --> 00:01.000\nword {n}\n\n" for n in range(20_000))
    return f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ottoline>{OWN}\n\n{cues}".encode()
