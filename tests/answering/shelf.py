"""An archive small enough to read: documents of one passage each, with their vectors."""

import pytest


@pytest.fixture
def shelve(brand):
    """Puts a published document of one passage into the archive; returns the passage."""
    from archive.embedding import current_embedder
    from archive.models import Document, DocumentVersion, Passage, PassageEmbedding
    from archive.search import refresh

    def put(title, text, *, language="en", **fields):
        document = Document.objects.create(
            brand=brand,
            key=title,
            title=title,
            language=language,
            **{"status": "published"} | fields,
        )
        version = DocumentVersion.objects.create(
            document=document,
            number=1,
            content_hash="0" * 64,
            text=text,
            file_name=f"{title}.txt",
            media_type="text/plain",
        )
        document.current = version
        document.save()
        passage = Passage.objects.create(
            brand=brand,
            document=document,
            version=version,
            number=0,
            start=0,
            end=len(text),
            text=text,
            title=title,
            language=language,
            words=len(text.split()),
        )
        embedder = current_embedder()
        [vector], [sketch] = embedder.read_documents([f"{title}\n{text}"])
        PassageEmbedding.objects.create(
            brand=brand, passage=passage, model=embedder.model, vector=vector, sketch=sketch
        )
        refresh(brand.pk)
        return passage

    return put


HERON = (
    "The Heron was drawn by Ottoline Vane in March 1934 at the ponds of the Dombes. "
    "It was first printed on 20 September 1934, in nine colours. "
    "Sixty scarves were made that autumn."
)
FIRE = (
    "The fire of 1911 destroyed 212 of the 250 wood blocks. "
    "Adèle Sérance and the caretaker saved the other 38 in their coats."
)
CARE = (
    "Wash a silk scarf by hand in cool water with a neutral soap. "
    "Never wring it, because silk keeps every fold. "
    "Iron it inside out at the silk setting."
)


@pytest.fixture
def archive(shelve):
    return {
        "heron": shelve("The Heron", HERON, kind="motif", date="1934"),
        "fire": shelve("The fire of 1911", FIRE, kind="history"),
        "care": shelve("Care of silk", CARE, kind="care_guide"),
    }
