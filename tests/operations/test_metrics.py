from datetime import timedelta

import pytest
import redis
from django.conf import settings as configured
from django.test import AsyncClient
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from archive.models import Document, EmbedderInUse, IngestionItem, IngestionRun
from catalog.models import Product, ProductEmbedding
from concierge.chat.models import Conversation, Message
from concierge.clients.models import Visitor
from concierge.gaps.models import Gap
from concierge.llm.models import Call

pytestmark = pytest.mark.django_db(transaction=True)


async def samples():
    """{(name, sorted labels): value} of what the page tells."""
    response = await AsyncClient().get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def labels(**given):
    return tuple(sorted(given.items()))


async def answer(brand, number=1, seconds=None, **fields):
    somebody = await Visitor.objects.acreate(brand=brand)
    conversation = await Conversation.objects.acreate(brand=brand, visitor=somebody)
    message = await Message.objects.acreate(
        conversation=conversation, number=number, role="concierge", **fields
    )
    if seconds is not None:
        message.finished = message.created + timedelta(seconds=seconds)
        await message.asave()
    return message


async def test_documents_and_products_are_counted_by_brand_and_status(brand, other_brand):
    await Document.objects.acreate(brand=brand, key="a", title="A", status="published")
    await Document.objects.acreate(brand=brand, key="b", title="B", status="published")
    await Document.objects.acreate(brand=other_brand, key="a", title="A")
    await Product.objects.acreate(brand=brand, key="p", title="P")
    told = await samples()
    assert told["concierge_documents", labels(brand="maison", status="published")] == 2
    assert told["concierge_documents", labels(brand="rivale", status="draft")] == 1
    assert told["concierge_products", labels(brand="maison", status="published")] == 1


async def test_vectors_are_counted_by_model_and_the_one_in_use_is_named(brand):
    piece = await Product.objects.acreate(brand=brand, key="p", title="P")
    await ProductEmbedding.objects.acreate(brand=brand, product=piece, model="old", vector=[1.0])
    await EmbedderInUse.objects.acreate(name="openai:new", model="new")
    told = await samples()
    assert told["concierge_vectors", labels(kind="products", model="old")] == 1
    assert told["concierge_embedder_in_use", labels(model="new")] == 1


async def test_items_are_counted_by_state(brand):
    run = await IngestionRun.objects.acreate(brand=brand, origin="here")
    await IngestionItem.objects.acreate(run=run, key="a", file_name="a", state="failed")
    told = await samples()
    assert told["concierge_ingestion_items", labels(state="failed")] == 1


async def test_answers_are_counted_by_state_and_rung(brand):
    await answer(brand, state="complete", rung="extractive", seconds=0.2)
    await answer(brand, state="streaming")
    told = await samples()
    key = labels(state="complete", rung="extractive")
    assert told["concierge_answers", key] == 1
    assert told["concierge_answers_open", ()] == 1


async def test_answer_times_fall_into_their_buckets(brand):
    await answer(brand, state="complete", seconds=0.2)
    await answer(brand, state="complete", seconds=4)
    told = await samples()
    bucket = "concierge_answer_seconds_bucket"
    assert told[bucket, labels(le="0.1")] == 0
    assert told[bucket, labels(le="0.3")] == 1
    assert told[bucket, labels(le="+Inf")] == 2
    assert told["concierge_answer_seconds_sum", ()] == pytest.approx(4.2)


async def test_answers_of_the_day_before_are_left_out(brand):
    message = await answer(brand, state="complete", rung="extractive", seconds=1)
    message.created = timezone.now() - timedelta(days=2)
    await message.asave()
    assert (await samples())["concierge_answer_seconds_count", ()] == 0


async def test_knowledge_gaps_are_counted_by_status(brand):
    for key in "ab":
        await Gap.objects.acreate(brand=brand, question="Who?", key=key, support=0.1)
    assert (await samples())["concierge_gaps", labels(brand="maison", status="open")] == 2


async def test_tokens_are_summed_by_provider_and_direction():
    for _ in range(2):
        await Call.objects.acreate(
            provider="openai", model="m", outcome="ok", input_tokens=10, output_tokens=3
        )
    told = await samples()
    key = {"provider": "openai", "model": "m"}
    assert told["concierge_provider_calls", labels(**key, outcome="ok")] == 2
    assert told["concierge_provider_tokens", labels(**key, direction="input")] == 20
    assert told["concierge_provider_tokens", labels(**key, direction="output")] == 6


async def test_the_queue_is_as_long_as_its_list():
    with redis.Redis.from_url(configured.REDIS_URL) as server:
        server.rpush(configured.CELERY_TASK_DEFAULT_QUEUE, "one", "two")
    assert (await samples())["concierge_queue_length", ()] == 2


async def test_the_queue_is_left_out_without_redis(settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert ("concierge_queue_length", ()) not in await samples()
