"""The first page: how the archives stand, and what waits for a person."""

from typing import Any

from django.http import HttpRequest

from archive.models import Brand, Document, Notice, Proposal
from archive.models.document import Status


def waiting(request: HttpRequest) -> dict[str, int]:
    """How much waits for a person, by the model whose list shows it."""
    return {
        "archive.document": Document.objects.filter(status=Status.REVIEW).count(),
        "archive.proposal": Proposal.objects.filter(answer="").count(),
        "archive.notice": Notice.objects.filter(settled=None).count(),
    }


def desk(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What "admin/index.html" shows; brands only to those who may see documents."""
    brands = Brand.objects.all() if request.user.has_perm("archive.view_document") else ()
    return context | {"title": "Desk", "desk": [{"brand": brand} for brand in brands]}
