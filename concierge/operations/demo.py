"""The demo house: brought in by the same doors as any other, and taken out again whole."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from archive.models import Brand, DocumentVersion, IngestionItem, Source
from concierge.voice.edit import save
from concierge.voice.manner import from_json
from concierge.voice.models import VoiceVersion

SLUG = "serance"
FOLDER: Path = settings.BASE_DIR / "demo"
HOUSE: dict[str, Any] = {
    "name": "Maison Sérance",
    "tagline": "Silk, leather and scent, made in Lyon since 1889.",
    "language": "en",
    "time_zone": "Europe/Paris",
    "currency": "EUR",
    "greeting": "What would you like to know?",
    "suggestions": [
        "Who drew the Heron, and when?",
        "How do I wash a silk carré?",
        "What was lost in the fire of 1911?",
        "How much is the Relais 30?",
    ],
    "contact": "+33 4 00 00 18 89, Monday to Saturday, 10.00 to 18.30 in Lyon",
    "paper": "#F6F1E7",
    "ink": "#1B1A17",
    "accent": "#C98A1B",
    "emblem": "/static/demo/serance/emblem.svg",
    "hero": "/static/demo/serance/hero.svg",
}


def is_loaded() -> bool:
    """Whether every document of the demo has come in; a load cut short is taken up again."""
    brand = Brand.objects.filter(slug=SLUG).first()
    if brand is None or not brand.products.exists():
        return False
    run = brand.ingestion_runs.first()
    return run is not None and not run.items.exclude(state__in=IngestionItem.ENDED).exists()


def load() -> None:
    """The house, its catalogue and its archive; what is there already stays as it is."""
    brand, _ = Brand.objects.get_or_create(slug=SLUG, defaults=HOUSE)
    give_voice(brand)
    call_command("import_catalog", str(FOLDER / "catalog" / "products.csv"), brand=SLUG)
    call_command("ingest", str(FOLDER / "archive"), brand=SLUG, publish=True)
    room = {
        "kind": Source.Kind.FOLDER,
        "address": str(FOLDER / "archive"),
        "schedule": "0 3 * * *",
        "rights": "Maison Sérance",
    }
    Source.objects.get_or_create(brand=brand, name="The archive room", defaults=room)


def give_voice(brand: Brand) -> None:
    """Its voice in each language that it has written; one that it has by now stays as it is."""
    has = set(VoiceVersion.objects.of(brand).values_list("language", flat=True))
    for file in sorted((FOLDER / "voice").glob("*.toml")):
        if file.stem not in has:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
            save(brand, from_json(values, file.stem, 0), None, "The house’s own.")


def remove() -> int:
    """Take the house out, with its conversations and its files. Returns the rows deleted."""
    brand = Brand.objects.filter(slug=SLUG).first()
    if brand is None:
        return 0
    for version in DocumentVersion.objects.filter(document__brand=brand).exclude(file=""):
        version.file.delete(save=False)
    for item in IngestionItem.objects.filter(run__brand=brand).exclude(file=""):
        item.file.delete(save=False)
    deleted, _ = brand.delete()
    return deleted
