"""What is cited stands in its document to the character, whatever the document is written with."""

import random
import unicodedata

import numpy as np
import pytest

from archive.sentences import sentences
from concierge.answering.extract import cited, joined
from concierge.answering.sentences import Sentence
from concierge.answering.turn import Evidence, Source
from concierge.answering.verify import UnsupportedError, verify
from concierge.redaction.known import Known
from concierge.redaction.veil import Veil

TOLD = (
    "Adèle Sérance drew the Mûrier motif in 1889 🧵.",
    "It was printed in Lyon – “by hand” – from 38 blocks 👩🏽\u200d🎨.",
    "The hem (roulotté) of a carré takes 45\u00a0minutes!",
    "L’atelier d’Adèle fut rebâti après l’incendie du 11 mars 1911.",
    "Tamaris leather is tanned for 40 days in oak bark.",
    "Étienne Roux coupe les gants à Millau, à l’œil 👁️.",
    "The silk twill of 18 mommes is woven in Charlieu, in the Loire.",
)
BETWEEN = (" ", "\n", "\r\n", "\n\n", "\r\n\r\n", "  ")
FORMS = ("NFC", "NFD")
DOCUMENTS = 60


def document(rng):
    told = rng.sample(TOLD, 5)
    text = "".join(part + rng.choice(BETWEEN) for part in told)
    return told, unicodedata.normalize(rng.choice(FORMS), f"🪡 {text}")


def source_of(text, rng):
    start = rng.randint(0, 4)
    return Source(1, "The house", text[start:], 1, 1, 1, start, language=rng.choice(["en", "fr"]))


@pytest.mark.parametrize("seed", range(DOCUMENTS))
def test_a_checked_answer_cites_its_document_to_the_character(seed):
    rng = random.Random(seed)
    told, text = document(rng)
    form = rng.choice(FORMS)
    draft = " ".join(f"{unicodedata.normalize(form, part.rstrip('.!'))} [1]." for part in told)
    try:
        citations = verify(draft, Evidence("house", (source_of(text, rng),))).citations
    except UnsupportedError:
        citations = ()
    assert citations or not unicodedata.is_normalized("NFC", text)
    for each in citations:
        assert text[each.start : each.end] == each.text


@pytest.mark.parametrize("seed", range(DOCUMENTS))
def test_a_quotation_is_its_document_to_the_character(seed):
    rng = random.Random(seed)
    _, text = document(rng)
    source = source_of(text, rng)
    vector = np.zeros(1, dtype=np.float32)
    bounds = sentences(source.text)
    spans = [
        Sentence(source, start, end, bounds[max(0, at - 1)][0], 0.5, 0.5, 0.5, vector)
        for at, (start, end) in enumerate(bounds)
    ]
    for each in joined([cited(number, span) for number, span in enumerate(spans, start=1)]):
        assert text[each.start : each.end] == each.text


def test_a_detail_put_back_in_a_draft_moves_no_citation():
    veil = Veil([Known("name", "Anna-Zoë Dürr")])
    hidden = veil.hidden("Thank you, Anna-Zoë Dürr.")
    assert "Dürr" not in hidden
    text = "🧵 Tamaris leather is tanned for 40 days in oak bark.\r\nNothing else."
    source = Source(1, "Leather", text, 1, 1, 1, 0, language="en")
    draft = veil.restored(f"{hidden} Tamaris leather is tanned for 40 days in oak bark [1].")
    (only,) = verify(draft, Evidence("leather", (source,))).citations
    assert text[only.start : only.end] == only.text
    assert "Tamaris" in only.text
