"""What a site asks of machines."""

import pytest

from archive.web.robots import fits, read

AGENT = "Concierge/0.1"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/any", True),
        ("User-agent: *\nDisallow: /", "/any", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/any", True),
        ("user-AGENT : *\nDISALLOW : /private # ours", "/private/a", False),
        ("User-agent: *\nDisallow: /private", "/privates", False),
        ("User-agent: *\nDisallow: /private/", "/private", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: other\nDisallow: /", "/any", True),
        ("User-agent: concierge\nDisallow: /\n\nUser-agent: *\nAllow: /", "/any", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Concierge\nDisallow: /x", "/any", True),
        ("User-agent: a\nUser-agent: Concierge\nDisallow: /x", "/x", False),
        ("User-agent: concierge\nDisallow: /x\nUser-agent: concierge\nDisallow: /y", "/x", False),
        ("User-agent: concierge-images\nDisallow: /", "/any", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("User-agent: *\nDisallow: /*?sort=", "/a?sort=price", False),
        ("User-agent: *\nDisallow: /été", "/%C3%A9t%C3%A9", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/a", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("Disallow: /", "/any", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/any", True),
        ("<html><body>not found</body></html>", "/any", True),
    ],
)
def test_is_heeded(text, path, allowed):
    assert read(text, AGENT).allow(path) is allowed


@pytest.mark.parametrize(
    ("pattern", "path", "fitting"),
    [
        ("/", "/", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*$", "/abc", True),
        ("*", "/abc", True),
        ("/*b*d", "/abcd", True),
        ("/*b*d", "/adcb", False),
        ("/a*a$", "/a", False),
        ("/a*b*b$", "/ab", False),
    ],
)
def test_fits(pattern, path, fitting):
    assert fits(pattern, path) is fitting


def test_a_pattern_made_to_take_for_ever_does_not():
    hostile = read("User-agent: *\nDisallow: /" + "*a" * 900 + "*b", AGENT)
    assert hostile.allow("/" + "a" * 1900)


def test_a_sites_pace_and_sitemaps_are_known():
    found = read("User-agent: *\nCrawl-delay: 2.5\nSitemap: https://a.com/s.xml", AGENT)
    assert found.delay == 2.5
    assert found.sitemaps == ("https://a.com/s.xml",)


@pytest.mark.parametrize("delay", ["-1", "nan", "1e9", "inf", "many", ""])
def test_a_pace_that_is_none_is_not_followed(delay):
    assert read(f"User-agent: *\nCrawl-delay: {delay}", AGENT).delay is None
