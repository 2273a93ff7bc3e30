"""A change of the embedding model."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings as house
from django.core.management import CommandError, call_command
from django.db import connection

from archive.embedding import EmbeddingError, current_embedder
from archive.embedding.choice import adopt, searching_with, wanted_embedder
from archive.embedding.index import EXACT, drop_indexes, ensure_index, indexed
from archive.embedding.kinds import KINDS
from archive.ingestion.reembed import (
    LOCK,
    PASSAGES,
    UNLOCK,
    Ended,
    due,
    prune,
    reembed,
    store,
)
from archive.ingestion.standing import standing
from archive.models import Document, DocumentVersion, EmbedderInUse, Passage, PassageEmbedding
from archive.search import search_passages
from archive.tasks import embed_again
from catalog.models import Product
from tests.embedding_endpoint import DIMENSIONS, EmbeddingEndpoint

OLD, NEW = "all-MiniLM-L6-v2", "letters"
WORDS = ("heron", "silk", "atelier", "rose", "ledger")
QUERY = "the heron of the silk atelier"
# As an earlier turn left them: many more passages like one, whole under both models.
MANY = """
    WITH made AS (
        INSERT INTO archive_passage
            (brand_id, document_id, version_id, number, start, "end", text, title, speaker,
             language, words, audience, status)
        SELECT brand_id, document_id, version_id, 1000 + n, start, "end", text, title, speaker,
            language, words, audience, status
        FROM archive_passage, generate_series(1, %(count)s) AS n WHERE id = %(passage)s
        RETURNING id, brand_id
    )
    INSERT INTO archive_passageembedding (brand_id, passage_id, model, audience, vector, sketch)
    SELECT brand_id, id, 'letters', '', array_fill(0.2::real, ARRAY[%(dimensions)s])::vector,
        NULL::bytea
    FROM made
    UNION ALL
    SELECT brand_id, id, 'all-MiniLM-L6-v2', '', array_fill(0.05::real, ARRAY[384])::vector, ''
    FROM made
"""


def add_passages(brand, count):
    """Passages without any vector, each of its own words."""
    number = Document.objects.count()
    document = Document.objects.create(brand=brand, key=f"{number}", title="A", status="published")
    texts = [f"{WORDS[i % len(WORDS)]} number {number} {i}." for i in range(count)]
    version = DocumentVersion.objects.create(document=document, number=1, text="\n".join(texts))
    return Passage.objects.bulk_create(
        Passage(
            brand=brand, document=document, version=version, number=i, start=0, end=len(text),
            text=text, language="en", words=3,
        )
        for i, text in enumerate(texts)
    )  # fmt: skip


@pytest.fixture
def passages(transactional_db, brand):
    """Twenty passages and a product that are found by the old model, which is in use."""
    made = add_passages(brand, 20)
    Product.objects.create(brand=brand, key="p", title="Heron scarf", status="published")
    assert reembed() is Ended.DONE
    return made


@pytest.fixture
def endpoint(settings, passages):
    """The house wants another model from here on."""
    with EmbeddingEndpoint() as endpoint:
        settings.EMBEDDER, settings.EMBEDDER_BASE_URL = "openai:letters", endpoint.url
        yield endpoint
    for kind in KINDS:
        kind.vectors.objects.all().delete()
    drop_indexes(NEW)


def found(viewer):
    return [(hit.passage_id, hit.score) for hit in search_passages(viewer, QUERY)]


def vectors_of(model):
    return sum(kind.vectors.objects.filter(model=model).count() for kind in KINDS)


def indexes_of(model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexdef LIKE %s", [f"%'{model}'%"])
        return [text for (text,) in cursor.fetchall()]


def test_searches_keep_the_old_model_until_every_row_has_its_new_vector(endpoint, viewer):
    before = found(viewer)
    seen = []
    reembed(lambda more: seen.append((current_embedder().model, found(viewer) == before)))
    assert seen == [(OLD, True), (OLD, True)]  # after the passages, after the products
    assert current_embedder().model == NEW


def test_after_the_switch_searches_ask_the_new_model(endpoint, viewer):
    reembed()
    endpoint.asked.clear()
    hits = search_passages(viewer, QUERY)
    assert endpoint.texts == [QUERY]
    assert hits[0].similarity > 0


def test_passages_and_products_get_a_vector_of_the_new_models_size_and_keep_the_old(endpoint):
    assert reembed() is Ended.DONE
    assert (vectors_of(OLD), vectors_of(NEW)) == (21, 21)
    assert len(PassageEmbedding.objects.filter(model=NEW).first().vector) == DIMENSIONS


def test_the_new_model_has_its_indexes_when_searches_use_it(endpoint, brand):
    passage = add_passages(brand, 1)[0]
    with connection.cursor() as cursor:
        cursor.execute(MANY, {"passage": passage.pk, "count": EXACT, "dimensions": DIMENSIONS})
    assert reembed() is Ended.DONE
    assert indexed("archive_passageembedding", brand.pk, NEW) == {"public"}


def test_what_comes_in_meanwhile_gets_both_vectors(endpoint, brand):
    late = []
    reembed(lambda more: late or late.extend(add_passages(brand, 2)))
    assert [late[0].embeddings.filter(model=model).count() for model in (OLD, NEW)] == [0, 1]
    reembed()
    assert {each.model for each in late[1].embeddings.all()} == {NEW}


def test_what_came_in_before_a_change_goes_on_gets_both_vectors(endpoint, brand):
    late = add_passages(brand, 1)[0]
    reembed()
    assert {each.model for each in late.embeddings.all()} == {OLD, NEW}


def test_an_unreachable_model_halts_the_change_and_loses_nothing(endpoint, viewer):
    before = found(viewer)
    endpoint.status = 503
    with pytest.raises(EmbeddingError, match="did not answer"):
        reembed()
    assert found(viewer) == before
    assert "did not answer" in standing().trouble


def test_a_change_goes_on_once_the_model_is_back(endpoint):
    endpoint.status = 503
    with pytest.raises(EmbeddingError):
        reembed()
    endpoint.status = 200
    assert reembed() is Ended.DONE
    assert (standing().used, standing().trouble) == (NEW, "")


def test_a_model_in_use_that_is_gone_does_not_halt_the_change(endpoint, brand, settings):
    reembed()
    add_passages(brand, 1)
    endpoint.status = 503
    settings.EMBEDDER = "minilm"
    assert reembed() is Ended.DONE
    assert current_embedder().model == OLD


def test_going_back_needs_no_new_vectors(endpoint, settings, viewer):
    before = found(viewer)
    reembed()
    settings.EMBEDDER = "minilm"
    assert reembed(lambda more: pytest.fail("embedded again")) is Ended.DONE
    assert found(viewer) == before


def test_time_that_is_over_leaves_the_rest_for_another_turn(endpoint):
    assert reembed(seconds=0) is Ended.UNFINISHED
    assert (current_embedder().model, due()) == (OLD, True)


def test_nothing_is_due_once_the_change_is_done(endpoint):
    assert due()
    reembed()
    assert not due()


def test_a_row_without_a_vector_is_due(passages, brand):
    add_passages(brand, 1)
    assert due()


def test_vectors_from_before_there_were_sketches_get_theirs(passages):
    PassageEmbedding.objects.update(sketch=None)
    reembed()
    assert not PassageEmbedding.objects.filter(sketch=None).exists()
    assert PassageEmbedding.objects.count() == len(passages)


def test_rows_without_a_vector_are_looked_for_now_and_then(passages, brand):
    due()
    add_passages(brand, 1)
    assert not due()


def test_a_worker_says_that_the_new_model_fails_and_goes_on(endpoint, caplog):
    endpoint.status = 503
    embed_again()
    assert "Embedding anew has halted" in caplog.text


def test_a_row_reworded_while_it_is_embedded_gets_no_stale_vector(endpoint, passages):
    Passage.objects.filter(pk=passages[0].pk).update(text="Something else.")
    assert store(PASSAGES, passages, wanted_embedder()) == 19


def test_pruning_deletes_the_old_vectors_and_their_indexes(endpoint):
    ensure_index(OLD, 384, above=0)
    assert len(indexes_of(OLD)) == 2
    reembed()
    assert prune() == 21
    assert (vectors_of(OLD), indexes_of(OLD), vectors_of(NEW)) == (0, [], 21)


def test_pruning_in_the_middle_of_a_change_keeps_both_models(endpoint):
    reembed(seconds=0)
    assert prune() == 0
    assert vectors_of(OLD) == 21


def test_the_key_is_not_sent_to_the_address_of_another_model(endpoint, settings, viewer):
    reembed()
    settings.EMBEDDER, settings.EMBEDDER_BASE_URL = "openai:other", "http://127.0.0.1:9/v1"
    settings.EMBEDDER_API_KEY = "other"
    endpoint.keys.clear()
    found(viewer)
    settings.EMBEDDER_PREVIOUS_API_KEY = "letters"
    found(viewer)
    assert endpoint.keys == [None, "Bearer letters"]


def test_a_model_can_be_tried_before_the_house_has_it(endpoint, viewer):
    with searching_with(wanted_embedder()):
        found(viewer)
    assert endpoint.texts == [QUERY]
    assert current_embedder().model == OLD


def test_the_first_vectors_say_which_model_is_in_use(db, settings):
    adopt()
    settings.EMBEDDER = "openai:letters"
    adopt()
    assert EmbedderInUse.objects.get().model == current_embedder().model == OLD


def test_one_process_does_it_at_a_time(endpoint):
    words = connection.settings_dict
    with psycopg.connect(
        dbname=words["NAME"], user=words["USER"], host=words["HOST"], autocommit=True
    ) as other:
        other.execute(LOCK)
        assert reembed() is Ended.ELSEWHERE
        other.execute(UNLOCK)
    assert reembed() is Ended.DONE


@pytest.fixture
def many(transactional_db, outside, brand):
    """More than two batches, embedded by the endpoint; only the model in use is to be changed."""
    adopt()
    return add_passages(brand, 300)


def test_a_process_killed_in_the_middle_is_taken_over_where_it_stopped(many, settings, monkeypatch):
    with EmbeddingEndpoint() as endpoint:
        endpoint.stops_at = 3
        settings.EMBEDDER, settings.EMBEDDER_BASE_URL = "openai:letters", endpoint.url
        EmbedderInUse.objects.update(name="openai:gone", base_url="http://127.0.0.1:9/v1")
        monkeypatch.setenv("EMBEDDER", settings.EMBEDDER)
        monkeypatch.setenv("EMBEDDER_BASE_URL", endpoint.url)
        process = subprocess.Popen(
            [sys.executable, "manage.py", "reembed"],
            cwd=house.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        reached = endpoint.stopped.wait(60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert reached
        assert standing().done == 256
        endpoint.asked.clear()
        endpoint.stops_at = 0
        assert reembed() is Ended.DONE
        assert [len(texts) for texts in endpoint.asked] == [44, 1]
        drop_indexes(NEW)


def test_the_command_says_what_searches_use_and_how_far_the_change_is(endpoint, capsys):
    call_command("reembed", "--status")
    told = capsys.readouterr().out
    assert f"searches use   {OLD}" in told
    assert f"wanted         {NEW}" in told
    assert "passages       0 of 20" in told


def test_the_command_makes_the_change_and_names_what_is_kept(endpoint, capsys):
    call_command("reembed")
    told = capsys.readouterr().out
    assert f"searches use   {NEW}" in told
    assert "products       1 of 1" in told
    assert f"also kept      {OLD}" in told


def test_the_command_prunes(endpoint, capsys):
    call_command("reembed")
    call_command("reembed", "--prune")
    assert "21 vectors" in capsys.readouterr().out


def test_the_command_fails_in_a_sentence_when_the_model_does(endpoint):
    endpoint.status = 503
    with pytest.raises(CommandError, match="What is done is kept"):
        call_command("reembed")
