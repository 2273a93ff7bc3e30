import pytest


@pytest.fixture
def write(brand):
    """Writes one published document whose passages are the given texts; gives the passages."""
    from archive.embedding import current_embedder
    from archive.models import Document, DocumentVersion, Passage, PassageEmbedding

    embedder = current_embedder()

    def written(*texts, title="", language="en", embedded=True, house=None, **fields):
        house = house or brand
        fields = {"status": "published", "audience": "public", "title": title} | fields
        key = f"document {Document.objects.count()}"
        document = Document.objects.create(brand=house, key=key, language=language, **fields)
        whole = "\n".join(texts)
        version = DocumentVersion.objects.create(document=document, number=1, text=whole)
        passages, start = [], 0
        for number, text in enumerate(texts):
            place = {"number": number, "start": start, "end": start + len(text), "text": text}
            passages.append(
                Passage(
                    brand=house,
                    document=document,
                    version=version,
                    title=title,
                    language=language,
                    **place,
                )
            )
            start += len(text) + 1
        Passage.objects.bulk_create(passages)
        if embedded:
            rows, made = embedder.read_documents([f"{title}\n{text}".strip() for text in texts])
            PassageEmbedding.objects.bulk_create(
                PassageEmbedding(
                    brand=house, passage=passage, model=embedder.model, vector=row, sketch=sketch
                )
                for passage, row, sketch in zip(passages, rows, made, strict=True)
            )
        return passages

    return written
