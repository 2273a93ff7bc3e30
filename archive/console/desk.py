"""The first page: how the archives stand, and what waits for a person."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from archive.console import wording
from archive.console.page import counted
from archive.models import Brand, Document, IngestionRun, Notice, Proposal, Source
from archive.models.document import Status
from archive.review.glance import bars
from archive.sources.schedule import upcoming

RUNS = 4  # of a brand
SOURCES = 5  # of a brand: those that are read next
ORDER = (Status.PUBLISHED, Status.REVIEW, Status.DRAFT, Status.WITHDRAWN)


def waiting(request: HttpRequest) -> dict[str, int]:
    """How much waits for a person, by the model whose list shows it; three short queries."""
    return {
        "archive.document": Document.objects.filter(status=Status.REVIEW).count(),
        "archive.proposal": Proposal.objects.filter(answer="").count(),
        "archive.notice": Notice.objects.filter(settled=None).count(),
    }


def desk(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What "admin/index.html" shows; brands only to those who may see documents."""
    may_see = request.user.has_perm("archive.view_document")
    brands = list(Brand.objects.filter(public=True)) if may_see else []
    return context | {
        "title": "Desk",
        "desk": standing(brands),
        "may_see": may_see,
        "may_upload": request.user.has_perm("archive.add_ingestionrun"),
    }


def standing(brands: list[Brand]) -> list[dict[str, Any]]:
    """Each brand's archive. Seven queries, and two for each brand."""
    statuses = by_brand(Document.objects.filter(brand__in=brands), "status")
    proposals = by_brand(Proposal.objects.filter(brand__in=brands, answer=""))
    notices = by_brand(Notice.objects.filter(brand__in=brands, settled=None))
    embargoes = embargoed(brands)
    rows = []
    for brand in brands:
        counts = {status: statuses[brand.pk, status.value] for status in ORDER}
        rows.append(
            {
                "brand": brand,
                "total": sum(counts.values()),
                "parts": [
                    (status.value, status.label, count, documents(brand, status))
                    for status, count in counts.items()
                    if count
                ],
                "waits": list(
                    waits(
                        brand, counts[Status.REVIEW], proposals[(brand.pk,)], notices[(brand.pk,)]
                    )
                ),
                "embargo": embargoes.get(brand.pk),
                "sources": next_sources(brand),
                "runs": last_runs(brand),
            }
        )
    return rows


def by_brand(rows: QuerySet[Any], *fields: str) -> defaultdict[tuple[Any, ...], int]:
    """How many there are, by brand and `fields`."""
    found: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    for *key, count in rows.order_by().values_list("brand", *fields).annotate(Count("pk")):
        found[tuple(key)] = count
    return found


def documents(brand: Brand, status: Status) -> str:
    listed = reverse("admin:archive_document_changelist")
    return f"{listed}?brand__id__exact={brand.pk}&status__exact={status.value}"


def waits(brand: Brand, review: int, proposals: int, notices: int) -> Iterable[tuple[str, str]]:
    """(sentence, where it is seen to) for what waits for a person."""
    if review:
        verb = "waits" if review == 1 else "wait"
        yield (
            f"{counted(review, 'document')} {verb} to be approved",
            documents(brand, Status.REVIEW),
        )
    here = f"?brand__id__exact={brand.pk}"
    if proposals:
        said = counted(proposals, "proposal")
        yield f"{said} to answer", reverse("admin:archive_proposal_changelist") + here
    if notices:
        yield counted(notices, "notice"), reverse("admin:archive_notice_changelist") + here


def embargoed(brands: list[Brand]) -> dict[int, str]:
    """What publishes itself, by brand."""
    coming = Document.objects.filter(
        brand__in=brands, status=Status.PUBLISHED, embargo_until__gt=timezone.now()
    )
    named = {brand.pk: brand for brand in brands}
    rows = coming.order_by().values_list("brand").annotate(Count("pk"), Min("embargo_until"))
    return {
        key: f"{counted(count, 'document')} under embargo; the next is shown from "
        f"{wording.moment(first, named[key])} on."
        for key, count, first in rows
    }


def next_sources(brand: Brand) -> list[tuple[Source, str]]:
    """The sources that are read next, and when."""
    sources = Source.objects.filter(brand=brand, enabled=True).exclude(schedule="")
    moments = [(moment, each) for each in sources if (moment := upcoming(each))]
    soonest = sorted(moments, key=lambda pair: pair[0])[:SOURCES]
    return [(each, wording.moment(moment, brand)) for moment, each in soonest]


def last_runs(brand: Brand) -> list[tuple[IngestionRun, str, Any]]:
    runs = list(IngestionRun.objects.filter(brand=brand)[:RUNS])
    found = bars(runs)
    return [(run, wording.moment(run.created, brand), found[run.pk]) for run in runs]
