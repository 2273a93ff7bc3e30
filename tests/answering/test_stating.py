"""Whether a sentence states anything."""

import pytest

from concierge.answering.stating import states


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The house was founded in 1889.", "en"),
        ("It takes ten days.", "en"),
        ("Adèle la dessina.", "fr"),
        ("Le sac coûte 2 450 €.", "fr"),
        ("La disegnò Hélène.", "it"),
        ("Hélène zeichnete ihn.", "de"),
        ("When it rains, wipe it dry: it stains.", "en"),
        ("アデル・セランスが1934年に描きました。", "en"),
    ],
)
def test_a_sentence_with_a_verb_states(text, language):
    assert states(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("11.", "en"),
        ("Craft note.", "en"),
        ("Who sews them.", "en"),
        ("Qui les coud.", "fr"),
        ("Chi le cuce.", "it"),
        ("Wer sie näht.", "de"),
        ("Le motif du héron.", "fr"),
        ("Where does the silk that the house prints come from?", "en"),
    ],
)
def test_a_heading_a_number_or_a_question_states_nothing(text, language):
    assert not states(text, language)
