"""Feeds and sitemaps that are made to do harm."""

import gzip

import pytest

from archive.sources import markup
from archive.sources.kind import SourceError
from archive.web import Page
from catalog.feeds.feed import opened
from catalog.feeds.product import FeedError

from .office import LAUGHS, outer
from .sentences import is_understood
from .shelf import OWN

RSS = f"<rss><channel><item><title>{OWN} &a;&b;&i;</title></item></channel></rss>"
WIDE = "<?xml version='1.0' encoding='UTF-16'?>"
FEEDS = {
    "entities": lambda url: (outer(url) + RSS).encode(),
    "laughs": lambda url: (LAUGHS + RSS).encode(),
    "wide entities": lambda url: (WIDE + outer(url) + RSS).encode("utf-16"),
    "wide laughs": lambda url: (WIDE + LAUGHS + RSS).encode("utf-16"),
    "laughing attribute": lambda url: f"{WIDE}{LAUGHS}<rss a='&i;'/>".encode("utf-16"),
    "deep": lambda url: b"<rss>" * 100_000,
    "packed bomb": lambda url: gzip.compress(b"<rss>" + b" " * (60 << 20)),
    "packed and cut": lambda url: gzip.compress(RSS.encode())[:-9],
    "page": lambda url: f"<html><body>{OWN}".encode(),
    "nothing": lambda url: b"",
    "zeros": lambda url: bytes(1000),
    "inclusions": lambda url: (
        f"<rss xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{url}/x'/></rss>"
    ).encode(),
    "style": lambda url: f"<?xml-stylesheet href='{url}/a.xsl' type='text/xsl'?>{RSS}".encode(),
}


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_is_read_as_it_stands_or_refused(name, lenient, listener):
    page = Page("https://a.com/feed", 200, {}, FEEDS[name](f"http://127.0.0.1:{listener.port}"))
    try:
        root = markup.root_of(page, lenient=lenient)
        said = "".join(root.itertext()) + "".join(root.attrib.values())
    except SourceError as refused:
        said = ""
        sentence = str(refused)
    else:
        sentence = "It was read."
    assert is_understood(sentence)
    assert "root:x:0" not in said
    assert "haha" not in said
    assert not listener.visitors()


@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_catalogue_is_read_as_it_stands_or_refused(name, listener, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(FEEDS[name](f"http://127.0.0.1:{listener.port}"))
    try:
        with opened(path, "auto", "EUR") as feed:
            said = repr(list(feed.products()))
        sentence = "It was read."
    except FeedError as refused:
        said, sentence = "", str(refused)
    assert is_understood(sentence)
    assert "root:x:0" not in said
    assert "haha" not in said
    assert not listener.visitors()
