"""RSS and Atom, run after run."""

import pytest

from archive.models import Document, Proposal

from .reading import read, states

pytestmark = pytest.mark.django_db

RSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Journal</title>
<language>fr-FR</language>
<item><title>Le Héron</title><link>/heron</link><dc:creator>Ottoline Vane</dc:creator>
<pubDate>Fri, 02 Mar 1934 09:00:00 +0100</pubDate><description>Court.</description>
<content:encoded><![CDATA[<p>Le héron fut dessiné en 1934 aux étangs de Pérouges.</p>
<p>Il a neuf couleurs.</p>]]></content:encoded></item>
<item><title>Ferns &amp;amp; mosses</title><link>/ferns</link><description>Short.</description>
<pubDate>Sat, 02 Jan 1937 09:00:00 GMT</pubDate></item>
<item><title>Nothing</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="{url}/journal/">
<title>Journal</title>
<entry><title type="html">The &lt;em&gt;Heron&lt;/em&gt;</title><id>tag:maison,1934:heron</id>
<link rel="self" href="heron.atom"/><link href="heron"/>
<updated>1934-03-02T09:00:00Z</updated><author><name>Ottoline Vane</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Drawn in 1934</h2>
<p>It stands in the <b>water</b> of the ponds.</p></div></content></entry>
<entry><title>Note</title><id>tag:maison,1934:note</id><updated>1934-03-03T09:00:00Z</updated>
<content type="text">A note of 3 &lt; 4 lines, and no page of its own.</content></entry>
</feed>"""


@pytest.fixture
def journal(source, site):
    site.put("/feed", RSS.encode("latin-1"), kind="application/rss+xml")
    site.article("/ferns", "Another title", "The ferns were printed in 1937 on silk.")
    return source("feed", f"{site.url}/feed", arrives="draft")


def test_an_entry_is_its_own_text_or_its_page(journal, site):
    run = read(journal)
    assert states(run) == {f"{site.url}/ferns": "created", f"{site.url}/heron": "created"}
    heron = Document.objects.get(key=f"{site.url}/heron")
    assert (heron.title, heron.language, heron.date) == ("Le Héron", "fr", "1934-03-02")
    assert heron.people == ["Ottoline Vane"]
    assert "Il a neuf couleurs." in heron.text
    ferns = Document.objects.get(key=f"{site.url}/ferns")
    assert (ferns.title, ferns.date) == ("Ferns & mosses", "1937-01-02")
    assert "printed in 1937 on silk" in ferns.text
    assert "1 entries have neither an address nor any text" in run.notes


def test_atom_is_read_with_its_base_and_its_xhtml(source, site):
    site.put("/atom", ATOM.format(url=site.url), kind="application/atom+xml")
    run = read(source("feed", f"{site.url}/atom"))
    assert states(run) == {
        f"{site.url}/journal/heron": "created",
        "tag:maison,1934:note": "created",
    }
    heron = Document.objects.get(key=f"{site.url}/journal/heron")
    assert (heron.title, heron.date) == ("The Heron", "1934-03-02")
    assert "It stands in the water of the ponds." in heron.text
    assert "3 < 4 lines" in Document.objects.get(key="tag:maison,1934:note").text


def test_an_entry_that_was_mended_comes_in_anew_and_the_others_do_not(journal, site):
    read(journal)
    site.put("/feed", RSS.replace("neuf", "dix").encode("latin-1"), kind="application/rss+xml")
    assert states(read(journal)) == {f"{site.url}/heron": "updated"}


def test_what_leaves_a_feed_is_not_gone(journal, site):
    read(journal)
    site.put("/feed", "<rss><channel></channel></rss>", kind="application/rss+xml")
    run = read(journal)
    assert not Proposal.objects.exists()
    assert run.notes == ["0 entries listed, all as they were."]


def test_a_feed_of_loose_markup_is_read_all_the_same(source, site):
    body = "<rss><channel><item><title>A &nbsp; B</title><link>/ferns</link></item></channel></rss>"
    site.put("/feed", body, kind="text/xml; charset=utf-8")
    site.article("/ferns", "Ferns", "Printed in 1937.")
    assert states(read(source("feed", f"{site.url}/feed"))) == {f"{site.url}/ferns": "created"}


def test_a_page_is_no_feed(source, site):
    site.article("/feed", "Journal", "Not a feed.")
    assert "is no RSS or Atom feed" in read(source("feed", f"{site.url}/feed")).notes[0]
