"""A good guest: asks what it may fetch, one page at a time, and leaves when asked to."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from archive.web import ComeBackLaterError, WebError, polite


def paths(site):
    return [path for path, _ in site.asked]


def test_asks_once_what_it_may_fetch(site):
    site.pages["/a"] = site.pages["/b"] = (200, {}, b"x")
    assert polite.get(f"{site.url}/a", door=site.door()).ok
    assert polite.get(f"{site.url}/b", door=site.door()).ok
    assert paths(site) == ["/robots.txt", "/a", "/b"]


def test_leaves_alone_what_it_may_not_fetch(site):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private")
    with pytest.raises(WebError, match=r"robots\.txt asks machines to leave it alone"):
        polite.get(f"{site.url}/private/a", door=site.door())
    assert paths(site) == ["/robots.txt"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_fetches_nothing_from_a_site_that_cannot_say_what_it_may(site, status):
    site.pages["/robots.txt"] = (status, {}, b"")
    with pytest.raises(WebError, match="did not say"):
        polite.get(f"{site.url}/a", door=site.door())
    with pytest.raises(WebError, match="did not say"):
        polite.get(f"{site.url}/b", door=site.door())
    assert paths(site) == ["/robots.txt"]


def test_fetches_from_a_site_that_forbids_even_its_robots(site):
    site.pages["/robots.txt"] = (403, {}, b"")
    site.pages["/a"] = (200, {}, b"x")
    assert polite.get(f"{site.url}/a", door=site.door()).ok


def test_knows_the_sitemaps_of_a_site(site):
    site.pages["/robots.txt"] = (200, {}, b"Sitemap: https://a.com/s.xml")
    assert polite.sitemaps(site.url, door=site.door()) == ("https://a.com/s.xml",)


def test_comes_again_when_the_site_is_ready(site):
    site.pages["/a"] = (503, {"Retry-After": "0"}, b"")

    def answer(handler):
        status = 404 if handler.path == "/robots.txt" else 503 if len(site.asked) == 2 else 200
        handler.send_response(status)
        handler.send_header("Retry-After", "0")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.answer = answer
    assert polite.get(f"{site.url}/a", door=site.door()).ok
    assert paths(site) == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize("form", ["seconds", "moment"])
def test_leaves_when_asked_to(site, form):
    later = datetime.now(UTC) + timedelta(hours=2)
    wish = "7200" if form == "seconds" else format_datetime(later, usegmt=True)
    site.pages["/a"] = (429, {"Retry-After": wish}, b"")
    with pytest.raises(ComeBackLaterError, match="asks to be left alone until") as told:
        polite.get(f"{site.url}/a", door=site.door())
    assert abs(told.value.until - later) < timedelta(minutes=1)
    with pytest.raises(ComeBackLaterError):
        polite.get(f"{site.url}/b", door=site.door())
    assert paths(site) == ["/robots.txt", "/a"]


@pytest.mark.parametrize("wish", ["", "soon", "-1", "1e3", "9" * 400, "²"])
def test_any_wish_is_understood(wish):
    assert 0 <= polite.wished(wish, 1.0) <= polite.LONGEST_REST


def test_one_asks_at_a_time(site):
    inside, most = [], []

    def answer(handler):
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.02)
        inside.pop()
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.answer = answer
    asking = [
        threading.Thread(target=polite.get, args=[f"{site.url}/{number}"],
                         kwargs={"door": site.door()})
        for number in range(4)
    ]  # fmt: skip
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert max(most) == 1
    assert {f"/{number}" for number in range(4)} <= set(paths(site))
