"""Where a query's words bring too many rows, those that hold most of it are ranked."""

from itertools import pairwise

import pytest
from django.db import connection

from archive.door import Door
from archive.lexical import Lexicon
from archive.models import Lexeme, Passage
from archive.narrow import condition, steps

NARROW = Lexicon(Passage, Lexeme, every=0, ordered=0)  # as if every brand were too large
RARITY = {"neroli": 6.0, "orris": 5.0, "silk": 3.0, "print": 2.0}
SIZE = 10_000


@pytest.fixture
def words(write):
    def written(*texts, **fields):
        return write(*texts, embedded=False, **fields)

    return written


@pytest.fixture
def holds(db):
    """Whether a row with these words is let through by a condition."""

    def asked(condition, row):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_tsvector('simple', %s) @@ %s::tsquery", [row, condition])
            return cursor.fetchone()[0]

    return asked


def best(lexicon, visible, query, brand, also=()):
    return list(lexicon.best(Door.of(visible), lexicon.words(brand.pk, query), 10, also))


@pytest.mark.parametrize(
    ("row", "share"),
    [
        ("neroli orris silk", 0.75),
        ("neroli orris", 0.65),
        ("neroli print", 0.5),
        ("orris print", 0.4),
        ("neroli", 0.35),
        ("silk", 0.15),
    ],
)
def test_a_row_is_let_through_by_the_rarity_it_holds(holds, row, share):
    asked = list(RARITY.items())
    assert holds(condition(asked, share, SIZE), row)
    assert not holds(condition(asked, share + 0.25, SIZE), row)


def test_each_step_lets_through_what_the_one_before_did(holds):
    rows = ["neroli orris silk print", "neroli orris", "orris silk print", "neroli", "silk print"]
    let = [{row for row in rows if holds(step["en"], row)} for step in steps({"en": RARITY}, SIZE)]
    assert all(before <= after for before, after in pairwise(let))
    assert let[0] == {rows[0]}
    assert let[-1] == set(rows)


def test_a_word_of_very_many_rows_leads_to_none(holds):
    asked = [("orris", 5.0), ("silk", 0.1), ("print", 0.1)]
    loose = condition(asked, 0.02, size=1_000_000)
    assert holds(loose, "orris print")
    assert not holds(loose, "silk print")


def test_the_only_word_leads_however_many_rows_have_it(holds):
    assert holds(condition([("silk", 0.1)], 0.2, size=1_000_000), "silk")


def test_a_large_brand_finds_the_same_best(words, brand, viewer):
    words(*[f"Silk, print number {number}." for number in range(30)], title="Prints")
    words(*[f"Neroli for the print room, jar {number}." for number in range(5)])
    words("Neroli and orris on silk.", "Orris, a jar of it.", "L'orris et le silk.")
    visible = Passage.objects.visible_to(viewer)
    for query in ("neroli orris", "orris jar for the print", "silk"):
        every = best(Lexicon(Passage, Lexeme), visible, query, brand)
        assert best(NARROW, visible, query, brand)[:3] == every[:3]


def test_a_row_found_in_another_way_is_ranked_by_its_words_too(words, brand, viewer):
    words(*["Neroli and orris on silk."] * 3)
    other, *_ = words(*["A print."] * 8)
    words(*["Lambskin."] * 40)
    visible = Passage.objects.visible_to(viewer)
    query = "neroli orris silk print"
    assert other.pk not in best(NARROW, visible, query, brand)
    assert other.pk in best(NARROW, visible, query, brand, also=[other.pk])


def test_a_large_brand_is_searched_in_every_language(words, brand, viewer):
    (french,) = words("La soie est tissée à Charlieu.", language="fr")
    (english,) = words("Soie, said the weaver of Charlieu.", language="en")
    words(*["The heron by the pond."] * 20)
    visible = Passage.objects.visible_to(viewer)
    assert set(best(NARROW, visible, "soie Charlieu", brand)) == {french.pk, english.pk}
