"""Copies are found, and texts that differ in what they say are not merged."""

import random
from itertools import combinations

import pytest

from archive.likeness.clusters import find
from archive.likeness.reading import folded, read, sentences
from archive.likeness.sketch import sketch
from archive.likeness.telling import apart
from tests.archive.cleaning.copies import CATALOGUE, made, writing

COUNT = 1500  # texts
RECALL, PRECISION = 0.98, 0.98

LETTER = (
    "Ottoline Vane drew the heron in the spring of 1934, at the edge of the pond behind the"
    " workshop. She had watched it for a week before she put a line to paper, and she used the"
    " ninth sheet. The printer of the house kept the drawing in his own ledger until the war."
)
CARD = (
    "The Heron scarf in navy silk. Hand rolled edges and a drawing that runs over all of its"
    " 90 centimetres. Made in our own workshop by three people. Price 450 euros. Delivered in a"
    " box with a ribbon, with a card for whoever it is meant for."
)


def clusters(*texts, catalogue=frozenset()):
    sketches = [sketch(sentences(folded(text))) for text in texts]
    found = find(sketches, lambda wanted: {n: texts[n] for n in wanted}, catalogue)
    return [(cluster.kind, *cluster.members) for cluster in found]


@pytest.fixture(scope="module")
def judged():
    texts = made(COUNT)
    sketches = [sketch(sentences(folded(each.text))) for each in texts]
    found = find(sketches, lambda wanted: {n: texts[n].text for n in wanted}, CATALOGUE)
    merged = [each for each in found if each.kind != "variant"]
    return texts, {pair for each in merged for pair in combinations(each.members, 2)}


def test_nearly_every_copy_is_found(judged):
    texts, pairs = judged
    true = [(each.original, n) for n, each in enumerate(texts) if each.original != n]
    missed = [texts[n].kind for original, n in true if (original, n) not in pairs]
    assert len(true) > 200
    assert 1 - len(missed) / len(true) >= RECALL, missed


def test_hardly_anything_else_is(judged):
    texts, pairs = judged
    wrong = [pair for pair in pairs if len({texts[n].original for n in pair}) > 1]
    assert 1 - len(wrong) / len(pairs) >= PRECISION
    assert not [pair for pair in wrong if any(texts[n].kind == "translation" for n in pair)]


def test_no_two_texts_of_one_form_are_merged(judged):
    texts, pairs = judged
    assert sum(each.kind == "card" for each in texts) > 100
    assert not [pair for pair in pairs if any(texts[n].kind == "card" for n in pair)]


def test_the_same_words_are_the_same_text():
    assert clusters(LETTER, LETTER.upper().replace(" ", "\n"), CARD) == [("exact", 0, 1)]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("navy", "ivory"), ("90", "70"), ("450", "540"), ("Heron", "Ibis"), ("silk", "wool")],
)
def test_a_card_that_differs_in_one_word_is_a_variant(was, becomes):
    assert clusters(CARD, CARD.replace(was, becomes)) == [("variant", 0, 1)]


def test_a_word_of_the_houses_own_catalogue_sets_texts_apart():
    other = CARD.replace("navy", "encre"), CARD.replace("navy", "nuage")
    assert clusters(*other, catalogue={"encre", "nuage"}) == [("variant", 0, 1)]


def test_two_colours_that_change_places_set_texts_apart():
    one = CARD.replace("in navy silk", "in navy silk twill, lined in ivory cotton twill for ever")
    other = one.replace("navy", "?").replace("ivory", "navy").replace("?", "ivory")
    assert clusters(one, other) == [("variant", 0, 1)]


def test_an_excerpt_of_two_cards_does_not_make_them_one():
    one, other = CARD, CARD.replace("450", "540")
    start, end = one.index("Hand"), one.index("Price")
    found = clusters(one, other, one[start:end])
    assert not any({0, 1} <= set(members) for kind, *members in found if kind != "variant")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A scarf in red silk", "A scarf in rcd silk"),
        ("the go1d clasp of 1934", "the gold clasp of 1934"),
        ("drawn by Ottoline Vane", "drawn by Ottolinc Vane"),
        ("the celadon lining of it", "the cela don lining of it"),
    ],
)
def test_a_word_read_wrongly_is_the_same_word(one, other):
    texts = [read(folded(each), {"celadon"}) for each in (one, other)]
    assert apart(*texts) == "" or one.startswith("A scarf")


def test_paragraphs_in_another_order_are_a_copy():
    paragraphs = LETTER.split(". ")
    assert clusters("\n\n".join(paragraphs), "\n\n".join(paragraphs[::-1])) == [("near", 0, 1)]


def test_a_notice_under_many_texts_makes_no_copies_of_them():
    notice = "All rights belong to the house, which has its seat in Geneva beside the lake." * 9
    own = [writing(random.Random(number), "fr", 2) for number in range(14)]
    assert clusters(*(f"{text}\n{notice}" for text in own)) == []


@pytest.mark.parametrize("texts", [[], ["Silk."], ["", ""], ["Silk.", "Wool."], ["。", "絹"]])
def test_few_and_short_texts_are_no_trouble(texts):
    assert all(kind == "exact" for kind, *_ in clusters(*texts))
