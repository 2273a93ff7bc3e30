"""A change of the embedding model."""

import psycopg
import pytest
from django.db import connection

from archive.embedding import current_embedder
from archive.ingestion.reembed import LOCK, UNLOCK, lacking, reembed
from archive.models import Document, DocumentVersion, Passage, PassageEmbedding


@pytest.fixture
def passage(transactional_db, brand):
    document = Document.objects.create(brand=brand, key="a", title="A")
    version = DocumentVersion.objects.create(document=document, number=1, text="The heron.")
    passage = Passage.objects.create(
        brand=brand, document=document, version=version, number=0, start=0, end=10,
        text="The heron.",
    )  # fmt: skip
    PassageEmbedding.objects.create(brand=brand, passage=passage, model="old", vector=[1.0, 0.0])
    return passage


def test_passages_of_an_older_model_get_a_vector_and_keep_the_old_one(passage):
    model = current_embedder().model
    assert list(lacking(model)) == [passage]
    assert reembed() == 1
    assert {row.model for row in passage.embeddings.all()} == {"old", model}
    assert reembed() == 0


def test_one_process_does_it_at_a_time(passage):

    words = connection.settings_dict
    with psycopg.connect(
        dbname=words["NAME"], user=words["USER"], host=words["HOST"], autocommit=True
    ) as other:
        other.execute(LOCK)
        assert reembed() == 0
        other.execute(UNLOCK)
    assert reembed() == 1
