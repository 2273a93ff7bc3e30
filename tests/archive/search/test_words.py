"""Words are found as people write them."""

import pytest

from archive.search import LEXICON, search_passages


@pytest.fixture
def words(write):
    """Passages without vectors, so that words alone decide."""

    def written(*texts, **fields):
        return write(*texts, embedded=False, **fields)

    return written


def by_words(viewer, query):
    return [hit.passage_id for hit in search_passages(viewer, query) if hit.lexical_rank]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Le foulard Hélène est roulotté à la main.", "helene roulotte"),
        ("La soie de l'étole vient des Cévennes.", "étole"),
        ("Son nom est d’Abadie, imprimeur.", "abadie"),
        ("Un porte-cartes en cuir.", "porte cartes"),
        ("Un œuf de bois pour les gants.", "oeuf"),
        ("Référence TN-2110, cuir noir.", "tn-2110"),
        ("Référence TN-2110, cuir noir.", "TN 2110"),
        ("Le Carré, 90 × 90 cm.", "carre 90"),
    ],
)
def test_accents_apostrophes_hyphens_and_numbers_do_not_hide_a_word(words, viewer, text, query):
    (passage,) = words(text, language="fr")
    words("Une page sans rapport.", language="fr")
    assert by_words(viewer, query) == [passage.pk]


def test_inflections_meet_in_each_language(words, viewer):
    (english,) = words("She combed the flax.", language="en")
    (french,) = words("Elle peignait les soies.", language="fr")
    assert by_words(viewer, "combing") == [english.pk]
    assert by_words(viewer, "soie") == [french.pk]


def test_a_language_without_a_stemmer_keeps_its_words(words, viewer):
    (passage,) = words("Det var en hejre ved dammen.", language="da")
    assert by_words(viewer, "hejre") == [passage.pk]


def test_stop_words_alone_find_nothing_by_words(words, viewer):
    words("The heron was there.")
    assert by_words(viewer, "the was there of and") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "\0",
        "heron\0",
        "🪡🦢",
        "\ud800 half a pair",
        "'heron' & !silk | (flax <-> comb):*",
        'it\'s "quoted" \\ and back\\\\slashed',
        "%s %(brand)s {rows} ; DROP TABLE archive_passage",
        "heron " * 330,
        " ".join(f"word{number}" for number in range(250)),
    ],
)
def test_no_text_of_a_query_does_harm(write, viewer, query):
    write("The heron by the pond.")
    hits = search_passages(viewer, query)
    assert bool(by_words(viewer, query)) == ("heron" in query)
    assert len(hits) <= 1


def test_small_words_of_the_querys_language_find_nothing_in_another(words, viewer):
    words("The shop is called La Grange, est. 1928.", language="en")
    (french,) = words("La soie est tissée à Charlieu.", language="fr")
    assert by_words(viewer, "quelle est la soie que les mains tissent") == [french.pk]


def test_a_rare_word_weighs_more_than_a_common_one(words, viewer):
    words(*["The silk was printed."] * 20)
    (rare,) = words("The orris was pressed.")
    assert by_words(viewer, "silk orris")[0] == rare.pk


def test_a_word_in_the_title_weighs_more_than_one_in_the_text(words, viewer):
    words("Of the gloves and the heron and the printing of it.", title="Gloves")
    (titled,) = words("Of the printing and the gloves of it, by hand.", title="Heron")
    assert by_words(viewer, "heron")[0] == titled.pk


def test_a_long_text_needs_the_word_more_often(words, viewer):
    words("The heron. " + "Many other things were drawn in the house. " * 20)
    (short,) = words("The heron, drawn.")
    assert by_words(viewer, "heron")[0] == short.pk


def test_counting_changes_no_order_and_no_score(words, brand, viewer):
    words("Silk and flax.", "Silk and orris.", "Leather.", title="Materials")
    words("La soie et le lin.", language="fr")
    before = search_passages(viewer, "silk orris soie")
    LEXICON.refresh(brand.pk)
    after = search_passages(viewer, "silk orris soie")
    assert [hit.passage_id for hit in after] == [hit.passage_id for hit in before]
    assert [hit.bm25 for hit in after] == pytest.approx([hit.bm25 for hit in before], rel=0.1)


def test_passages_that_came_after_the_count_are_found(words, brand, viewer):
    words("Silk and flax.")
    LEXICON.refresh(brand.pk)
    (later,) = words("Neroli and treemoss.")
    assert by_words(viewer, "treemoss") == [later.pk]


def test_counting_again_forgets_words_that_are_gone(words, brand):
    (passage,) = words("Neroli and treemoss.")
    LEXICON.refresh(brand.pk)
    passage.delete()
    LEXICON.refresh(brand.pk)
    assert not LEXICON.terms.objects.filter(brand=brand).exists()


def test_counts_are_of_one_brand(words, brand, other_brand):
    words("Neroli.", house=other_brand)
    words("Neroli.", "Neroli and silk.")
    LEXICON.refresh(brand.pk)
    counts = LEXICON.terms.objects.filter(lexeme="neroli")
    assert list(counts.values_list("brand", "frequency")) == [(brand.pk, 2)]
