"""A brand for measuring only: a corpus brought in as a house's own would be, and kept."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from archive.embedding import Embedder, current_embedder
from archive.ingestion.embed import embedding_text, read
from archive.ingestion.language import language_of
from archive.models import Brand, Document, DocumentVersion, Passage, PassageEmbedding
from archive.models.document import Status
from archive.search import refresh
from archive.viewer import Audience
from catalog.imports import import_feed
from catalog.models import CatalogImport
from concierge.evaluation.beir import Entry, Folder, FolderError

BATCH = 256  # entries embedded and written at a time
SAMPLE = 200  # entries that the corpus's language is told from
# What an entry's words and vector are made by: a brand made by other code is not used again.
LEXEMES = "archive/migrations/0001_initial.py"
HERE = "concierge/evaluation/scratch.py"
MODEL = ("archive/embedding/minilm.py", "archive/embedding/minilm_graph.py")
MAKERS = {
    "archive": (LEXEMES, HERE, *MODEL, "archive/embedding/sketch.py", "archive/ingestion/embed.py"),
    "catalog": (LEXEMES, HERE, *MODEL, "catalog/details.py", "catalog/feeds"),
    "documents": (LEXEMES, *MODEL, "archive/ingestion", "archive/sentences.py"),
}

Report = Callable[[int, int], None]  # entries done, entries in all


def brand_of(folder: Folder, *, feed: bool, report: Report) -> Brand:
    """The scratch brand that holds the folder's corpus, made now or by an earlier call.

    It has no page for clients. Brands made of the same corpus by older code are removed. Raises
    FolderError, and what importing a feed raises.
    """
    corpus = folder.digest()[:12]
    slug = f"eval-{corpus}-{maker('catalog' if feed else 'archive')}"
    Brand.objects.filter(slug__startswith=f"eval-{corpus}-").exclude(slug=slug).delete()
    return imported(slug, folder, report) if feed else ingested(slug, folder, report)


def maker(where: str) -> str:
    """A digest of the code and the model that make words and vectors of a corpus."""
    digest = hashlib.sha256(current_embedder().model.encode())
    for name in MAKERS[where]:
        path = settings.BASE_DIR / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def made(slug: str) -> tuple[Brand, bool]:
    return Brand.objects.get_or_create(slug=slug, defaults={"name": slug, "public": False})


def imported(slug: str, folder: Folder, report: Report) -> Brand:
    """A feed, by the catalogue's own import; one that was killed is finished."""
    brand, _ = made(slug)
    if not CatalogImport.objects.filter(brand=brand, finished__isnull=False).exists():
        import_feed(brand, folder.corpus, "google", report)
    return brand


def ingested(slug: str, folder: Folder, report: Report) -> Brand:
    """A corpus of passages, each a document of its own; all of it or nothing."""
    with transaction.atomic():
        brand, new = made(slug)
        if new:
            entries = list(distinct(folder))
            language = language_of("\n".join(entry.text for entry in entries[:SAMPLE])) or "en"
            for start in range(0, len(entries), BATCH):
                batch = entries[start : start + BATCH]
                write(brand, batch, language, current_embedder())
                report(start + len(batch), len(entries))
            refresh(brand.pk)
    return brand


def distinct(folder: Folder) -> list[Entry]:
    """The entries that say something, fit to be stored. Raises FolderError for an id twice."""
    kept: dict[str, Entry] = {}
    for entry in folder.entries():
        if entry.id in kept:
            raise FolderError(f"{folder.corpus.name}: {entry.id} is there twice.")
        title, text = entry.title.replace("\0", " "), entry.text.replace("\0", " ")
        if (title + text).strip():
            kept[entry.id] = Entry(entry.id, title, text if text.strip() else title)
    return list(kept.values())


def write(brand: Brand, entries: list[Entry], language: str, embedder: Embedder) -> None:
    """Only the narrowest audience may read them: a scratch brand is nobody's archive."""
    documents = Document.objects.bulk_create(
        Document(
            brand=brand,
            key=entry.id,
            title=entry.title[:300],
            language=language,
            status=Status.PUBLISHED,
            audience=Audience.ATELIER,
        )
        for entry in entries
    )
    pairs = list(zip(documents, entries, strict=True))
    versions = DocumentVersion.objects.bulk_create(
        DocumentVersion(document=document, number=1, text=entry.text) for document, entry in pairs
    )
    passages = Passage.objects.bulk_create(
        Passage(
            brand=brand,
            document=document,
            version=version,
            number=0,
            start=0,
            end=len(entry.text),
            text=entry.text,
            title=entry.title,
            language=language,
            words=len(entry.text.split()),
        )
        for (document, entry), version in zip(pairs, versions, strict=True)
    )
    texts = [embedding_text(entry.title, entry.text) for entry in entries]
    vectors, sketches = read(texts, embedder)
    PassageEmbedding.objects.bulk_create(
        PassageEmbedding(
            brand=brand, passage=passage, model=embedder.model, vector=vector, sketch=sketch
        )
        for passage, vector, sketch in zip(passages, vectors, sketches, strict=True)
    )
