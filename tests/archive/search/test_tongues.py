"""Questions are told apart by their language, and said in that of what they are asked of."""

import pytest

from archive.search import refresh, search_passages
from archive.spelling import mended
from archive.tongues import known_to, said_in, spoken, worded_in
from archive.tongues.dictionary import LANGUAGES, row, rows

pytestmark = pytest.mark.django_db

ENTRIES = 1200  # at least, of each language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien coûte le Carré Héron 90 ?", "fr"),
        ("Wer war das?", "de"),
        ("Dove si trova il negozio?", "it"),
        ("Who drew Le Héron?", "en"),
        ("What is the Eau de Sérance made of?", "en"),
        ("¿Quién dibujó la garza y por qué?", "es"),
        ("Relais 30", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_question_is_told_from_a_few_words(question, language):
    assert spoken(question) == language


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Combien coûte le Carré Héron 90 ?", "how much does cost the Carré Héron 90 ?"),
        ("Peut-on repasser l’ourlet ?", "can one press the hem ?"),
        ("ou est le jardin d'Adele", "where is the garden of Adele"),
        ("Que dit-on du Jardin de nuit ?", "what say one of the Jardin de nuit ?"),
        ("Wie reinigt man Lederhandschuhe?", "how clean one leather glove ?"),
        ("Was kostet SER-CAR-HER90-02?", "how much does cost SER-CAR-HER90-02?"),
        ("Come si lavano i guanti?", "how one wash the glove ?"),
        ("Wo ist der Zwiebelring?", "where is the Zwiebelring ?"),
    ],
)
def test_a_question_is_said_in_english_its_names_and_numbers_as_they_are(question, said):
    assert said_in(question, "en") == said


def test_a_question_is_said_in_any_of_the_languages():
    assert said_in("Wer hat den Brand gesehen?", "fr") == "qui a le incendie voir ?"


@pytest.mark.parametrize(
    "question", ["¿Quién dibujó la garza y por qué?", "Relais 30", "Who is it?"]
)
def test_what_is_in_no_language_known_or_in_that_one_stays_as_it_is(question):
    assert said_in(question, "en") == question


def test_what_is_looked_for_has_the_words_as_they_were_typed_too():
    assert worded_in("Où est le bain de jouvence ?", "en").endswith("youth ? bain jouvence")


def test_a_model_that_knows_every_language_is_asked_in_the_clients_own():
    assert known_to(None, "Où est le jardin ?") == "Où est le jardin ?"
    assert known_to(frozenset({"en"}), "Où est le jardin ?") == "where is the garden ?"


def test_the_dictionary_has_enough_words_of_each_language():
    said = {code: {form for each in rows() for form in each.forms[code]} for code in LANGUAGES}
    assert min(map(len, said.values())) >= ENTRIES


def test_a_row_that_lacks_a_language_is_no_row():
    with pytest.raises(ValueError, match="not a form in each"):
        row("silk | soie | Seide |", False)


@pytest.mark.parametrize(
    "question",
    ["Comment laver un foulard de soie ?", "Wie wäscht man Seide?", "Come si lava la seta?"],
)
def test_a_question_finds_what_answers_it_in_another_language(write, brand, viewer, question):
    washed, *_ = write(
        "Wash silk by hand in cool water.", "The archive opened.", "The heron flies."
    )
    refresh(brand.pk)
    assert search_passages(viewer, question)[0].passage_id == washed.pk


def test_of_two_that_answer_alike_the_one_in_the_clients_language_comes_first(write, brand, viewer):
    write("The workshop washes silk by hand in cool water.", "The archive opened.")
    [own, _] = write(
        "L’atelier lave la soie à la main dans une eau fraîche.",
        "Les archives ont ouvert.",
        language="fr",
    )
    refresh(brand.pk)
    assert search_passages(viewer, "Comment l’atelier lave-t-il la soie ?")[0].passage_id == own.pk


def test_words_of_the_dictionary_are_no_mistakes_of_the_houses(write, brand, viewer):
    write("The missing seat of the house, and its waste.", embedded=False)
    refresh(brand.pk)
    question = "Wo ist die Messingplatte und die Weste aus Seide?"
    assert mended(viewer, [question]) == [question]


def test_a_name_that_is_a_word_is_said_beside_what_it_means():
    assert said_in("Quand le motif Le Héron a-t-il été dessiné ?", "en") == (
        "when the motif Le Héron heron was drawn ?"
    )


def test_a_name_beside_another_name_is_nothing_but_a_name():
    assert said_in("Quand est-ce que Madame Moulin a dessiné le foulard ?", "en").count("mill") == 0
