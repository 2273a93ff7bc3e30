"""Figures for Prometheus, counted from rows and Redis: every process tells the same."""

import ipaddress
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from archive.embedding.kinds import KINDS
from archive.models import Document, EmbedderInUse, IngestionItem, Passage
from archive.threads import in_thread
from catalog.models import Product
from concierge.chat.models import Message
from concierge.gaps.models import Gap
from concierge.llm.models import Call
from concierge.operations.health import redis_client
from concierge.operations.heartbeat import workers

WINDOW = timedelta(days=1)
STEPS = (0.1, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # seconds an answer took


@require_safe
@never_cache
async def show(request: HttpRequest) -> HttpResponse:
    """For who may read them; for anybody else the page is not there."""
    if not may_read(request):
        raise Http404
    text = await in_thread(figures)()
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """By the bearer's token, or by the network asked from."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(given, token):
        return True
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
        networks = [ipaddress.ip_network(each) for each in settings.METRICS_NETWORKS]
    except ValueError:
        return False
    return any(address in network for network in networks)


def figures() -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Rows())
    return generate_latest(registry)


class Rows(Collector):
    def collect(self) -> Iterator[Metric]:
        yield from counts()
        yield from vectors()
        yield from answers()
        yield from gaps()
        yield from calls()
        yield from queue()


def gauge(name: str, help_text: str, rows: QuerySet[Any, Any], labels: list[str]) -> Metric:
    """One sample a row of `rows`, grouped by `labels`, whose values carry `count`."""
    metric = GaugeMetricFamily(name, help_text, labels=[label.split("__")[0] for label in labels])
    for row in rows.order_by().values(*labels).annotate(count=Count("pk")):
        metric.add_metric([str(row[label]) for label in labels], row["count"])
    return metric


def counts() -> Iterator[Metric]:
    by_status = ["brand__slug", "status"]
    yield gauge("concierge_documents", "Documents.", Document.objects.all(), by_status)
    yield gauge("concierge_passages", "Passages.", Passage.objects.all(), ["brand__slug"])
    yield gauge("concierge_products", "Products.", Product.objects.all(), by_status)
    yield gauge(
        "concierge_ingestion_items", "Files taken in.", IngestionItem.objects.all(), ["state"]
    )


def vectors() -> Iterator[Metric]:
    """By model: how many there are, and which one searches use."""
    kept = GaugeMetricFamily("concierge_vectors", "Vectors.", labels=["kind", "model"])
    for kind in KINDS:
        rows = kind.vectors._default_manager.order_by().values_list("model")
        for model, count in rows.annotate(Count("pk")):
            kept.add_metric([kind.name, model], count)
    yield kept
    used = EmbedderInUse.objects.all()
    yield gauge("concierge_embedder_in_use", "The model that searches use.", used, ["model"])


def answers() -> Iterator[Metric]:
    rows = Message.objects.filter(role=Message.Role.CONCIERGE)
    recent = rows.filter(created__gte=timezone.now() - WINDOW)
    yield gauge("concierge_answers", "Answers of the last day.", recent, ["state", "rung"])
    still_open = rows.filter(state__in=Message.OPEN).count()
    yield GaugeMetricFamily("concierge_answers_open", "Answers not finished.", value=still_open)
    spans = recent.filter(state=Message.State.COMPLETE, finished__isnull=False)
    took = [
        span.total_seconds() for span in spans.values_list(F("finished") - F("created"), flat=True)
    ]
    buckets = [(str(step), float(sum(span <= step for span in took))) for step in STEPS]
    yield HistogramMetricFamily(
        "concierge_answer_seconds",
        "From the question to the whole answer, over the last day.",
        buckets=[*buckets, ("+Inf", float(len(took)))],
        sum_value=sum(took),
    )


def gaps() -> Iterator[Metric]:
    by_status = ["brand__slug", "status"]
    yield gauge("concierge_gaps", "Questions asked in vain.", Gap.objects.all(), by_status)


def calls() -> Iterator[Metric]:
    recent = Call.objects.filter(created__gte=timezone.now() - WINDOW)
    labels = ["provider", "model", "outcome"]
    yield gauge("concierge_provider_calls", "Provider calls of the last day.", recent, labels)
    tokens = GaugeMetricFamily(
        "concierge_provider_tokens",
        "Tokens of the last day.",
        labels=["provider", "model", "direction"],
    )
    rows = recent.order_by().values_list("provider", "model")
    for provider, model, sent, received in rows.annotate(Sum("input_tokens"), Sum("output_tokens")):
        tokens.add_metric([provider, model, "input"], sent)
        tokens.add_metric([provider, model, "output"], received)
    yield tokens


def queue() -> Iterator[Metric]:
    """Left out, rather than shown as zero, while Redis does not answer."""
    try:
        with redis_client() as server:
            waiting = sum(server.llen(queue.name) for queue in settings.CELERY_TASK_QUEUES)
            found = workers(server)
    except redis.RedisError:
        return
    yield GaugeMetricFamily("concierge_queue_length", "Tasks that wait.", value=float(waiting))
    yield GaugeMetricFamily("concierge_workers", "Workers heard of lately.", value=found)
