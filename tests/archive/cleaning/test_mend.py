"""Misread words become right, and right words stay."""

import pytest

from archive.ingestion.mend import mend

RIGHT = [
    "Le café, la crème brûlée et l’œuvre d’art coûtent 45 € à l’entrée – « déjà ».",
    "CHÂTEAU, CÔTÉ JARDIN, DÉJÀ VU, ŒUVRE, ÇA",
    "La città è più bella di così: perché? Però è là, PERÒ È COSÌ.",
    "Größe für Mädchen über Straße: „Spaß“ und »Größe«, ÄÖÜ ß.",
    "El niño pequeño comió piñas; ¿qué? ¡olé! ESPAÑA.",
    "“NÃO”, disse JOÃO: a MAÇÃ… e a LÃ – azul. AMANHÃ’ IRMÃ” «PÃO COM MAÇÃ»",
    "香水の瓶は青い。「春の夜」と呼ばれる。",
    "The heron’s scarf — 450 € “as drawn” in 1934.",
    "Ålesund – “BLÅ” – Ærø",
]


def misread(text, times=1):
    for _ in range(times):
        read = (bytes([byte]).decode("cp1252", "replace") for byte in text.encode())
        text = "".join(
            chr(byte) if each == "\ufffd" else each
            for each, byte in zip(read, text.encode(), strict=True)
        )
    return text


@pytest.mark.parametrize("text", RIGHT)
def test_correct_text_is_never_changed(text):
    assert mend(text) == (text, [])


@pytest.mark.parametrize("text", RIGHT)
def test_a_misread_paragraph_is_made_right(text):
    assert mend(misread(text))[0] == text


@pytest.mark.parametrize("text", RIGHT[:5])
def test_a_misread_quotation_in_a_correct_paragraph_is_made_right(text):
    assert (
        mend(f"Écrit hier à « Genève » : {misread(text)}")[0] == f"Écrit hier à « Genève » : {text}"
    )


def test_what_was_misread_twice_is_made_right():
    assert mend(f"a {misread('café', 2)} once") == ("a café once", ["cafÃƒÂ©"])


def test_a_word_that_is_to_be_kept_stays():
    assert mend("cafÃ© et thÃ©", lambda word: word == "cafÃ©") == ("cafÃ© et thé", ["thÃ©"])
