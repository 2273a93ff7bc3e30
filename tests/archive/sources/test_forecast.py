"""A dry run: told, not done."""

import pytest

from archive.models import Document, IngestionItem, IngestionRun, Listing
from archive.sources import foresight
from archive.sources.forecast import ASKED, forecast

from .reading import ATLAS, HERON, read

pytestmark = pytest.mark.django_db


def test_it_sorts_what_is_there_and_writes_nothing(source, folder):
    (folder / "atlas.md").write_text(ATLAS)
    press = source("folder", folder)
    read(press)
    before = (IngestionRun.objects.count(), IngestionItem.objects.count())
    (folder / "heron.md").write_text(f"{HERON} In nine colours.")
    (folder / "ferns.md").unlink()
    (folder / "new.md").write_text("# New\n\nA text that was not there.")
    found = forecast(press)
    assert (found.new.keys, found.changed.keys, found.gone.keys) == (
        ("new.md",), ("heron.md",), ("ferns.md",)
    )  # fmt: skip
    assert (found.listed, found.unchanged) == (3, 1)
    assert (IngestionRun.objects.count(), IngestionItem.objects.count()) == before
    assert Listing.objects.get(key="ferns.md").missing_since is None


def test_it_reckons_characters_tokens_seconds_and_cost(source, folder):
    found = forecast(source("folder", folder))
    assert found.characters == sum(
        len(path.read_text().replace("# ", "")) for path in folder.iterdir()
    )
    assert 30 < found.tokens < 80
    assert found.passages == 2
    assert found.seconds > 0
    assert "measured on 2 passages" in found.rate
    assert (found.cost, found.price) == (0.0, "the model runs on this machine")


def test_what_cannot_be_read_is_not_foretold_to_come_in(source, folder):
    (folder / "empty.md").write_text("")
    found = forecast(source("folder", folder))
    assert (found.listed, found.new.keys) == (3, ("ferns.md", "heron.md"))
    assert found.notes == ("empty.md: This file is empty.",)


def test_what_it_reckons_is_near_what_comes_in(source, folder):
    for number in range(30):
        (folder / f"{number}.md").write_text(f"# Letter {number}\n\n{'A letter of May. ' * 90}")
    press = source("folder", folder)
    found = forecast(press)
    read(press)
    characters = sum(len(each.text) for each in Document.objects.select_related("current"))
    passages = sum(each.passages.count() for each in Document.objects.all())
    assert found.sampled <= 12
    assert found.characters == pytest.approx(characters, rel=0.1)
    assert found.passages == pytest.approx(passages, rel=0.1)


def test_a_remote_models_price_is_dated(source, folder, settings):
    press = source("folder", folder)
    read(press)
    settings.EMBEDDER = "openai:text-embedding-3-small"
    found = forecast(press)
    assert (found.cost, found.price) == (None, "no price is set (EMBEDDER_PRICE)")
    settings.EMBEDDER_PRICE = "0.02 USD 2026-11-01"
    (folder / "new.md").write_text("# New\n\nA text that was not there.")
    found = forecast(press)
    assert found.cost == pytest.approx(found.tokens * 0.02 / 1_000_000)
    assert found.price == "0.02 a million tokens, USD 2026-11-01"


def test_a_large_site_is_not_fetched_to_be_foretold(source, site, settings):
    settings.FETCH_DELAY = 0.001
    paths = [f"/{number}" for number in range(ASKED + 20)]
    for path in paths:
        site.article(path, f"Page {path}", "It has a text of its own, and no mark of its state.")
    site.put("/robots.txt", "", kind="text/plain")
    site.sitemap(*paths)
    press = source("site", site.url)
    found = forecast(press)
    assert (found.new.count, found.sampled) == (60, 12)
    assert len([path for path in site.given if path in paths]) == 12
    for path in paths:
        press.listings.create(
            key=f"{site.url}{path}", address="", content_hash="0", seen=press.created
        )
    found = forecast(press)
    assert (found.changed.count, found.unsure.count) == (ASKED, 20)


def test_the_console_has_it_made_by_a_worker(source, folder):
    press = source("folder", folder)
    foresight.ask(press)
    assert foresight.known(press)["state"] == "asked"
    foresight.make(press.pk)
    made = foresight.known(press)
    assert (made["state"], made["new"]["count"]) == ("made", 2)


def test_a_source_that_cannot_be_listed_says_so(source, tmp_path):
    press = source("folder", tmp_path / "none")
    foresight.make(press.pk)
    assert "There is no folder" in foresight.known(press)["reason"]
