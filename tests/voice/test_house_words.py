"""The house's words in the place of others, and what is never said, outside of quotations."""

import pytest

from concierge.voice.heed import heeded, is_banned
from concierge.voice.lexicon import avoided, worded
from concierge.voice.manner import Entry, Manner
from concierge.voice.terms import plural, shown_by

HOUSE = Manner(
    "en",
    1,
    lexicon=(
        Entry("carré", ("scarf", "silk scarf")),
        Entry("atelier", ("factory",)),
        Entry("objet d’art", ("knick-knack",), "objets d’art"),
        Entry("client", ("customer", "shopper")),
    ),
    forbidden=("luxurious", "cheap*", "must-have"),
)
FRENCH = Manner(
    "fr",
    1,
    lexicon=(
        Entry("carré", ("foulard",)),
        Entry("un atelier", ("une usine",)),
        Entry("l’atelier", ("l’usine", "l'ancienne fabrique")),
    ),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("A scarf is printed here.", "A carré is printed here."),
        ("Scarves are printed here.", "Carrés are printed here."),
        ("Each silk scarf has a hem.", "Each carré has a hem."),
        ("It left a factory in 1926.", "It left an atelier in 1926."),
        ("An old factory; two factories.", "An old atelier; two ateliers."),
        ("Our customers’ scarves.", "Our clients’ carrés."),
        ("Knick-knacks of brass.", "Objets d’art of brass."),
        ("The Scarf Room is in Lyon.", "The Scarf Room is in Lyon."),
        ("Inès calls it “the scarf of 1934”.", "Inès calls it “the scarf of 1934”."),
        ("> The scarf was drawn in May. [1]", "> The scarf was drawn in May. [1]"),
        ("The Scarf ring holds a scarf.", "The Scarf ring holds a carré."),
        ("A scarfing joint.", "A scarfing joint."),
        ("A scarf [1][2].", "A carré [1][2]."),
        ("A by-scarf, a scarf-ring.", "A by-scarf, a scarf-ring."),
    ],
)
def test_a_word_gives_way_to_the_houses_own(said, meant):
    assert worded(said, HOUSE, ["Scarf ring"]) == meant


def test_french_words_give_way_with_their_article_and_their_plural():
    assert worded("Une usine imprime les foulards.", FRENCH) == "Un atelier imprime les carrés."


@pytest.mark.parametrize(
    "said", ["l'usine", "l’usine", "l'ancienne fabrique", "l’ancienne fabrique"]
)
def test_either_apostrophe_is_meant(said):
    assert worded(f"Dans {said} de Lyon.", FRENCH) == "Dans l’atelier de Lyon."


def test_a_letter_that_only_looks_alike_is_left():
    house = Manner("en", 1, lexicon=(Entry("ring", ("silk",)),))
    assert worded("A sılk and a SİLK.", house) == "A sılk and a SİLK."


def test_what_is_put_right_is_not_avoided_any_more():
    said = "Scarves from a factory, “a scarf” and the Scarf ring."
    assert avoided(said, HOUSE, ["Scarf ring"]) == ["Scarves", "factory"]
    assert avoided(worded(said, HOUSE, ["Scarf ring"]), HOUSE, ["Scarf ring"]) == []


@pytest.mark.parametrize(
    ("draft", "left"),
    [
        ("It is luxurious [1]. It was made in 1934 [2].", "It was made in 1934 [2]."),
        ("It was made in 1934 [1]. A must have.", "It was made in 1934 [1]."),
        ("The cheapest of all! [1] It is of silk [2].", "It is of silk [2]."),
        ("“Luxurious”, wrote Adèle in 1889 [1].", "“Luxurious”, wrote Adèle in 1889 [1]."),
        ("It was made in 1934! [1]", "It was made in 1934. [1]"),
        ("Shall we see?! Yes ✨🎉.", "Shall we see? Yes."),
        ("Wow!!! It was made in 1934 [1].", "It was made in 1934 [1]."),
        ("It was made in 1934 [1]. Wow!", "It was made in 1934 [1]."),
        ("Yes! It was made in 1934 [1].", "Yes. It was made in 1934 [1]."),
        ("Here is the finest silk [1].", ""),
        ("It won the best prize of 1934 [1].", "It won the best prize of 1934 [1]."),
        ("The oldest is of 1889 [1].", "The oldest is of 1889 [1]."),
    ],
)
def test_a_draft_loses_what_the_house_never_says(draft, left):
    grounds = "In 1934 it won the best prize."
    assert heeded(draft, HOUSE, grounds) == left


def test_what_the_house_allows_stays():
    free = Manner("en", 1, exclamations=True, emoji=True, superlatives=True)
    assert heeded("The finest! ✨", free, "") == "The finest! ✨"


@pytest.mark.parametrize(
    ("sentence", "banned"),
    [
        ("It is luxurious", True),
        ("It is luxurious,", True),
        ("A must-have", True),
        ("A must have", True),
        ("Quite cheaply.", True),
        ("It is luxurious and calm", False),
        ("It is “luxurious”", False),
        ("It is calm", False),
        ("", False),
    ],
)
def test_a_growing_sentence_is_known_by_its_last_word(sentence, banned):
    assert is_banned(sentence, HOUSE) is banned


@pytest.mark.parametrize(
    ("question", "signs", "touched"),
    [
        ("Is it AUTHENTIC?", ["authentic*"], True),
        ("how do i see its authenticity", ["authentic*"], True),
        ("Is it inauthentic?", ["authentic*"], False),
        ("Why did your prices go up?", ["price & go up"], False),
        ("Why did your prices go up?", ["price* & go up"], True),
        ("Cette pièce est-elle durable ?", ["durable*"], True),
        ("C’est de la contrefacon ?", ["contrefaç*"], True),
        ("Is it second hand?", ["second-hand"], True),
        ("Is it second\u00a0hand?", ["second hand"], True),
        ("Anything", ["", "&", "  "], False),
    ],
)
def test_a_question_touches_a_topic_by_its_signs(question, signs, touched):
    assert shown_by(question, signs) is touched


@pytest.mark.parametrize(
    ("word", "language", "many"),
    [
        ("scarf", "en", "scarves"),
        ("factory", "en", "factories"),
        ("box", "en", "boxes"),
        ("chauffeur", "en", "chauffeurs"),
        ("carré", "fr", "carrés"),
        ("bateau", "fr", "bateaux"),
        ("journal", "fr", "journaux"),
        ("tapis", "fr", "tapis"),
        ("Fabrik", "de", ""),
    ],
)
def test_plurals_are_made_by_the_plain_rules(word, language, many):
    assert plural(word, language) == many
