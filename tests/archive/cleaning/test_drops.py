"""What is left out has a reason, comes back at a person's word, and stays then."""

import pytest

from archive.ingestion.drops import is_undone, leave_out, restore, take_from_all
from archive.ingestion.leave_out import BOILERPLATE, fingerprint
from archive.models import Boilerplate, Drop
from tests.archive.ingestion import files

from .works import finish

pytestmark = pytest.mark.django_db

PAGE = """<html lang="en"><body><nav>Home Shop</nav>
<div class="cookie-banner">We use cookies. <button>Fine</button></div>
<main><h1>The Heron</h1><p>Ottoline Vane drew it in 1934.</p>
<div class="share-links">Share <a href="#">Facebook</a></div>
<p>It stands in the water.</p></main>
<div>Bottom</div><footer>© Maison</footer></body></html>"""


BIRDS = ("heron", "ibis", "crane", "egret", "stork")


def pages():
    lines = [
        files.body(
            f"The {bird} stands in the water, as it stood", f"when {bird}s were first drawn."
        )
        for bird in BIRDS
    ]
    return files.pdf(*lines, foot="Maison, spring")


def drops(document):
    return {drop.rule: drop for drop in document.drops.all()}


def test_what_stands_around_a_page_is_left_out_with_the_rule_that_took_it(bring):
    document = bring(PAGE)
    assert {rule: drop.text for rule, drop in drops(document).items()} == {
        "navigation": "Home Shop",
        "cookie_notice": "We use cookies. Fine",
        "share_links": "Share Facebook",
        "outside": "Bottom",
        "footer": "© Maison",
    }
    assert "speaks of cookies" in drops(document)["cookie_notice"].value
    assert document.text == "The Heron\n\nOttoline Vane drew it in 1934.\n\nIt stands in the water."


def test_a_page_about_cookies_keeps_its_words(bring):
    words = "Cookies are small files that remember what you like. " * 40
    document = bring(f'<html><body><div class="cookie-notice"><p>{words}</p></div></body></html>')
    assert "remember what you like" in document.text
    assert not document.drops.exists()


def test_a_running_foot_is_measured_and_counted_once(bring):
    drop = bring(pages(), "book.pdf").drops.get()
    assert (drop.rule, drop.text, drop.page, drop.count) == (
        "running_foot",
        "Maison, spring 1",
        1,
        5,
    )
    assert drop.value == "stands at the foot of 5 of 5 pages"


def test_restored_text_comes_back_in_its_place(bring):
    document = bring(PAGE)
    assert finish(restore(drops(document)["share_links"], None)) == ["updated"]
    document.refresh_from_db()
    assert document.text.split("\n\n")[1:3] == ["Ottoline Vane drew it in 1934.", "Share Facebook"]
    assert drops(document)["share_links"].left_out is False
    assert not is_undone(document)


def test_a_running_foot_comes_back_on_every_page(bring):
    document = bring(pages(), "book.pdf")
    finish(restore(document.drops.get(), None))
    document.refresh_from_db()
    assert document.text.count("Maison, spring") == 5
    ends = [document.text[page["start"] : page["end"]] for page in document.current.pages]
    assert all(end.strip().endswith(f"Maison, spring {n}") for n, end in enumerate(ends, 1))


def test_what_was_restored_stays_in_later_versions(bring):
    document = bring(PAGE)
    finish(restore(drops(document)["footer"], None))
    document = bring(PAGE.replace("1934", "1935"))
    assert "1935" in document.text
    assert "© Maison" in document.text


def test_restored_text_is_left_out_again(bring):
    document = bring(PAGE)
    before = document.text
    finish(restore(drops(document)["footer"], None))
    finish(leave_out(drops(document)["footer"], None))
    document.refresh_from_db()
    assert document.text == before
    assert drops(document)["footer"].restored is None


def test_restoring_twice_asks_for_one_version(bring):
    document = bring(PAGE)
    assert restore(drops(document)["footer"], None) is not None
    assert restore(drops(document)["footer"], None) is None


def test_two_decisions_at_once_both_hold(bring):
    document = bring(PAGE)
    first = restore(drops(document)["footer"], None)
    second = restore(drops(document)["outside"], None)
    assert (finish(second), finish(first)) == (["updated"], ["unchanged"])
    document.refresh_from_db()
    assert "© Maison" in document.text
    assert "Bottom" in document.text


def test_the_same_file_again_changes_nothing(bring):
    document = bring(PAGE)
    finish(restore(drops(document)["footer"], None))
    again = bring(PAGE)
    assert again.versions.count() == 2


def test_what_is_no_longer_in_the_file_is_no_longer_listed(bring):
    bring(PAGE)
    document = bring(PAGE.replace("<div>Bottom</div>", ""))
    assert "outside" not in drops(document)


def test_a_misread_word_is_noted_and_can_be_put_back(bring):
    document = bring("Un cafÃ© – « été » – et un thé à Genève.\n", "note.txt")
    assert "café – « été »" in document.text
    drop = document.drops.get()
    assert (drop.rule, drop.text) == ("encoding", "cafÃ©")
    assert "“café”" in drop.value
    finish(restore(drop, None))
    document.refresh_from_db()
    assert "cafÃ©" in document.text


def test_a_paragraph_nobody_wants_leaves_every_document_and_those_to_come(bring, brand):
    legal = "All rights reserved by the house, which has its seat in Geneva."
    one = bring(f"# One\n\nThe heron.\n\n{legal}\n", "one.md")
    known = fingerprint(BOILERPLATE, legal)
    row = Boilerplate.objects.create(brand=brand, text=legal, fingerprint=known, documents=[one.pk])
    assert finish(take_from_all(row, None)) == ["updated"]
    one.refresh_from_db()
    assert one.text == "One\n\nThe heron."
    two = bring(f"# Two\n\nThe ibis.\n\n{legal}\n", "two.md")
    assert two.text == "Two\n\nThe ibis."
    assert Drop.objects.filter(rule=BOILERPLATE, left_out=True).count() == 2
    finish(restore(two.drops.get(), None))
    two.refresh_from_db()
    assert legal in two.text
