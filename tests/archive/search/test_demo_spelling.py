"""Names of the demo house as its clients may type them."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from archive.search import refresh, search_passages
from archive.spelling import mended

DEMO = Path(settings.BASE_DIR) / "demo"
TYPED = {
    "Who drew the Herron?": "Heron",
    "Otoline Vane": "Ottoline",
    "Ottolyne Vayne": "Ottoline",
    "Mathilda Kergelen": "Kerguelen",
    "Adelle Serance": "Adele",
    "Maison Seranse": "Serance",
    "the releis 30": "relais",
    "a roulote hem": "roulotte",
    "Tamariss leather": "Tamaris",
    "gloves from Milau": "Millau",
    "orriss root": "orris",
    "the sandlewood candle": "sandalwood",
    "lheure bleue": "heure",
    "authentisity card": "authenticity",
    "a twil silk scarff": "scarf",
    "the fire of the wood bloks": "blocks",
    "embroydery": "embroidery",
    "Jardin de Nuitt": "Nuit",
    "the Croix Rouse": "Rousse",
    "the thirty six screns": "screens",
}


@pytest.fixture
def demo(write, brand):
    """What the demo house writes, without vectors."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((DEMO / "archive").glob("*.md"))]
    with (DEMO / "catalog" / "products.csv").open(encoding="utf-8", newline="") as file:
        texts += [f"{row['Title']}. {row['Body (HTML)']}" for row in csv.DictReader(file)]
    write(*filter(str.strip, texts), embedded=False)
    refresh(brand.pk)


def test_nine_in_ten_hard_spellings_are_read_as_the_name_they_mean(demo, brand, viewer):
    read = dict(zip(TYPED, mended(viewer, list(TYPED)), strict=True))
    missed = {
        typed: read[typed]
        for typed, meant in TYPED.items()
        if meant not in read[typed] and meant.lower() not in read[typed].lower()
    }
    assert len(missed) <= len(TYPED) // 10, missed


def test_a_client_who_cannot_spell_finds_what_one_who_can_finds(demo, viewer):
    typed, meant = (
        [hit.passage_id for hit in search_passages(viewer, query) if hit.lexical_rank]
        for query in ("Otoline Vanes Herron", "Ottoline Vane's Heron")
    )
    assert typed
    assert typed[:3] == meant[:3]
