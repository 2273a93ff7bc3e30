"""A website by its sitemaps, run after run, on a server of this machine."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from archive.models import Document, Listing, Proposal, Source
from archive.sources import ask, compare, gather

from .reading import YESTERDAY, finish, listed, read, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(site):
    """Three pages in a sitemap that robots.txt names."""
    site.put("/robots.txt", f"User-agent: *\nSitemap: {site.url}/map.xml", kind="text/plain")
    site.article("/heron", "The Heron", "Drawn in 1934 at the ponds.", ETag='"a"')
    site.article("/ferns", "Ferns", "Printed in 1937.", Last_Modified=YESTERDAY)
    site.article("/atlas", "Atlas of Winds", "It names thirty-two winds.")
    site.sitemap("/heron", "/ferns", "/atlas", path="/map.xml")
    return site


def test_every_page_comes_in_under_its_address(source, house):
    run = read(source("site", house.url))
    assert states(run) == {f"{house.url}/{name}": "created" for name in ("atlas", "ferns", "heron")}
    heron = Document.objects.get(key=f"{house.url}/heron")
    assert (heron.title, heron.language) == ("The Heron", "en")
    assert run.items.get(key=heron.key).address == heron.key


def test_the_next_run_fetches_nothing_that_its_server_calls_unchanged(source, house):
    press = source("site", house.url)
    read(press)
    house.given.clear()
    assert states(read(press)) == {}
    assert sorted(house.given) == ["/atlas", "/map.xml"]  # /atlas names no state: compared by hash


def test_a_page_that_changed_comes_in_anew(source, house):
    press = source("site", house.url, arrives="draft")
    read(press)
    house.article("/heron", "The Heron", "Drawn in 1934, in nine colours.", ETag='"b"')
    house.article("/atlas", "Atlas of Winds", "It names thirty-three winds.")
    assert states(read(press)) == {
        f"{house.url}/heron": "updated",
        f"{house.url}/atlas": "updated",
    }


def test_a_page_whose_lastmod_stays_is_not_asked_for_within_a_week(source, house, settings):
    settings.FETCH_DELAY = 0.01
    house.sitemap("/heron", "/ferns", path="/map.xml", **{"/heron": "2026-10-01"})
    press = source("site", house.url)
    read(press)
    house.asked.clear()
    read(press)
    assert "/heron" not in house.asked
    assert "/ferns" in house.asked
    Listing.objects.update(asked=datetime.now(UTC) - compare.TRUST - timedelta(minutes=1))
    read(press)
    assert "/heron" in house.asked


def test_an_index_of_packed_and_plain_sitemaps_is_followed(source, house):
    house.sitemap("/heron", path="/one.xml.gz", packed=True)
    house.put("/two.txt", f"{house.url}/ferns\n", kind="text/plain")
    house.put(
        "/map.xml",
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{house.url}/one.xml.gz</loc></sitemap>"
        "<sitemap><loc>/two.txt</loc></sitemap></sitemapindex>",
        kind="application/xml",
    )
    press = source("site", f"{house.url}/map.xml")
    read(press)
    assert listed(press) == [f"{house.url}/ferns", f"{house.url}/heron"]


def test_without_a_word_in_robots_the_usual_place_is_tried(source, house):
    house.put("/robots.txt", "", kind="text/plain")
    house.sitemap("/heron")
    assert list(states(read(source("site", house.url)))) == [f"{house.url}/heron"]


def test_what_robots_forbids_is_named_and_not_fetched(source, house):
    house.put(
        "/robots.txt",
        f"User-agent: *\nDisallow: /heron\nSitemap: {house.url}/map.xml",
        kind="text/plain",
    )
    run = read(source("site", house.url))
    assert states(run)[f"{house.url}/heron"] == "failed"
    assert "robots.txt asks machines" in run.items.get(state="failed").reason
    assert "/heron" not in house.asked


def test_a_page_in_trouble_fails_alone_and_is_tried_again(source, house):
    press = source("site", house.url)
    house.put("/heron", "no", status=500)
    run = read(press)
    assert states(run)[f"{house.url}/heron"] == "failed"
    assert run.items.get(state="failed").reason == "The site answered with an error (500)."
    house.article("/heron", "The Heron", "Drawn in 1934.")
    assert states(read(press)) == {f"{house.url}/heron": "created"}


def test_a_page_that_fails_later_is_not_gone(source, house):
    press = source("site", house.url)
    read(press)
    house.put("/heron", "no", status=500)
    assert states(read(press)) == {f"{house.url}/heron": "failed"}
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_the_site_no_longer_has_is_proposed_though_it_is_listed(source, house, status):
    press = source("site", house.url)
    read(press)
    house.put("/heron", "no", status=status)
    read(press)
    assert Proposal.objects.get().document.key == f"{house.url}/heron"


def test_a_sitemap_that_cannot_be_read_fails_the_run_and_nothing_is_gone(source, house):
    press = source("site", house.url)
    read(press)
    house.put("/map.xml", "no", status=500)
    run = read(press)
    assert run.notes == ["The site answered with an error (500)."]
    assert not Proposal.objects.exists()


def test_one_of_two_sitemaps_in_trouble_is_named_and_nothing_is_gone(source, house):
    press = source("site", f"{house.url}/index.xml")
    house.put(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{house.url}/map.xml</loc></sitemap>"
        f"<sitemap><loc>{house.url}/more.xml</loc></sitemap></sitemapindex>",
        kind="application/xml",
    )
    house.sitemap("/late", path="/more.xml")
    house.article("/late", "Late", "A page of the second sitemap.")
    read(press)
    house.put("/more.xml", "no", status=500)
    run = read(press)
    assert f"{house.url}/more.xml: The site answered with an error (500)." in run.notes
    assert not Proposal.objects.exists()


def test_a_sitemap_that_is_cut_off_is_no_sitemap(source, house):
    press = source("site", house.url)
    read(press)
    house.put("/map.xml", f"<urlset><url><loc>{house.url}/heron</loc></url>", kind="text/xml")
    assert "no XML that can be read" in read(press).notes[0]
    assert not Proposal.objects.exists()


def test_a_sitemap_with_entities_of_its_own_is_refused(source, house):
    house.put(
        "/map.xml",
        '<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>',
        kind="text/xml",
    )
    assert "entities of its own" in read(source("site", house.url)).notes[0]


def test_addresses_of_other_sites_are_left_out(source, house):
    house.put(
        "/map.xml",
        f"<urlset><url><loc>{house.url}/heron</loc></url>"
        "<url><loc>https://elsewhere.example.org/x</loc></url></urlset>",
        kind="text/xml",
    )
    run = read(source("site", house.url))
    assert "1 addresses of other sites are left out" in run.notes
    assert len(states(run)) == 1


def test_a_short_rest_is_waited_for_and_the_same_run_goes_on(source, house):
    press = source("site", house.url)
    house.put("/heron", "slow down", status=429, Retry_After="600")
    ask.want(press)
    assert not gather.work(press.pk)
    run = press.runs.get()
    press.refresh_from_db()
    assert run.gathering
    assert press.lease_until > datetime.now(UTC) + timedelta(seconds=500)
    assert not gather.work(press.pk)
    house.article("/heron", "The Heron", "Drawn in 1934.")
    cache.clear()
    Source.objects.update(lease_until=datetime.now(UTC) - timedelta(seconds=1))
    gather.work(press.pk)
    assert states(finish(run))[f"{house.url}/heron"] == "created"
    assert press.runs.count() == 1
    assert run.finished


def test_a_site_that_asks_for_rest_is_left_alone_and_nothing_is_gone(source, house):
    press = source("site", house.url)
    read(press)
    house.put("/heron", "slow down", status=429, Retry_After="7200")
    run = read(press)
    assert any("asks to be left alone until" in note for note in run.notes)
    assert not Proposal.objects.exists()
    assert run.finished


def test_a_redirected_page_keeps_its_key_and_tells_where_it_came_from(source, house):
    house.put("/heron", "", status=301, Location="/birds/heron")
    house.article("/birds/heron", "The Heron", "Drawn in 1934.")
    run = read(source("site", house.url))
    item = run.items.get(key=f"{house.url}/heron")
    assert (item.state, item.address) == ("created", f"{house.url}/birds/heron")


def test_a_page_is_read_in_the_encoding_its_server_names(source, house):
    body = "<html><body><main><h1>鷺</h1><p>一九三四年に描かれた鷺の絵。</p></main></body></html>"
    house.put("/heron", body.encode("shift_jis"), kind="text/html; charset=Shift_JIS")
    read(source("site", house.url))
    assert Document.objects.get(key=f"{house.url}/heron").title == "鷺"


def test_a_file_of_the_site_is_named_by_what_it_is(source, house):
    house.put("/heron", "# The Heron\n\nDrawn in 1934.", kind="text/markdown")
    run = read(source("site", house.url))
    item = run.items.get(key=f"{house.url}/heron")
    assert (item.state, item.file_name) == ("created", "heron.md")
