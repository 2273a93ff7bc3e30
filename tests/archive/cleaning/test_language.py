"""A passage has its own language, and keeps its document's where it says too little."""

import pytest

from archive.ingestion.language import language_of, passage_language
from archive.ingestion.rename import rename
from archive.models import Passage
from tests.archive.cleaning.tongues import SENTENCES, sentences

HOUSE = " ".join(text for name, text in sentences() if name == "en")


@pytest.mark.parametrize(("name", "text"), sentences())
def test_no_sentence_of_its_own_document_is_taken_for_another_language(name, text):
    assert passage_language(text, name) == name


def test_nine_sentences_in_ten_are_known_in_a_document_of_another_language():
    told = [
        passage_language(text, own) == name
        for name, text in sentences()
        for own in SENTENCES
        if own != name
    ]
    assert sum(told) / len(told) > 0.9


@pytest.mark.parametrize("name", SENTENCES)
def test_three_sentences_are_always_enough(name):
    lines = SENTENCES[name].strip().split("\n")
    for start in range(0, len(lines) - 2, 3):
        text = " ".join(lines[start : start + 3])
        assert all(passage_language(text, own) == name for own in SENTENCES)


@pytest.mark.parametrize(
    "text", ["Solstice", "TN-2110, 450 EUR", "Ottoline Vane, 1934", "", "90 × 90"]
)
@pytest.mark.parametrize("own", ["en", "fr", "ja", "pt", ""])
def test_what_says_nothing_is_in_its_documents_language(text, own):
    assert passage_language(text, own) == own


def test_a_title_quoted_does_not_change_the_language():
    assert passage_language("The scarf “Le héron de la nuit” was drawn for her.", "en") == "en"


def test_a_document_in_a_language_not_known_keeps_its_passages():
    text = "A garça foi desenhada em 1934 por Ottoline Vane, que a observou durante uma semana."
    assert passage_language(text, "pt") == "pt"
    assert passage_language("布を絞らず、洗濯機には決して入れないでください。", "pt") == "ja"


def test_a_text_in_japanese_is_known_and_one_in_chinese_is_not_taken_for_it():
    assert language_of("濡れた石、アイリス、煙の香り。") == "ja"
    assert language_of("春天的丝绸围巾，由工匠手工制作。") == ""


@pytest.mark.django_db
def test_a_passage_in_another_language_is_found_by_its_own_stems(bring):
    french = SENTENCES["fr"].strip().replace("\n", " ")
    document = bring(f"# Notes\n\n## One\n\n{HOUSE}\n\n## Deux\n\n{french}\n", "notes.md")
    assert document.language == "en"
    spoken = set(document.passages.values_list("language", flat=True))
    assert spoken == {"en", "fr"}
    passage = Passage.objects.filter(language="fr", text__contains="dessins").get()
    assert "dessin" in passage.search


@pytest.mark.django_db
def test_a_new_title_leaves_each_passage_its_language(bring):
    french = SENTENCES["fr"].strip().replace("\n", " ")
    document = bring(f"# Notes\n\n## One\n\n{HOUSE}\n\n## Deux\n\n{french}\n", "notes.md")
    before = list(document.passages.values_list("language", flat=True))
    document.title = "Papers"
    document.save()
    rename(document, "Notes")
    assert list(document.passages.values_list("language", flat=True)) == before
    assert document.passages.first().title.startswith("Papers")
