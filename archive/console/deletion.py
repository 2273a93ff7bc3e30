"""Deleting documents for good, asked twice, and refused while something rests on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive.console.acts import perform
from archive.console.page import counted, page, person
from archive.models import Document
from archive.review.delete import InUseError, delete
from archive.review.uses import uses

LIST = "admin:archive_document_changelist"
MOST = 1_000  # documents at once
TOO_MANY = f"At most {MOST:,} documents are deleted at once: choose fewer."


def confirm(request: HttpRequest, documents: QuerySet[Document]) -> HttpResponse:
    """What would go, and what stands in the way."""
    if not request.user.has_perm("archive.delete_document"):
        raise PermissionDenied
    chosen = list(documents.select_related("brand").order_by("title")[: MOST + 1])
    if len(chosen) > MOST:
        messages.error(request, TOO_MANY)
        return redirect(LIST)
    found = uses([document.pk for document in chosen])
    rows = [(document, found.get(document.pk, [])) for document in chosen]
    return page(
        request,
        "console/delete.html",
        f"Delete {counted(len(chosen), 'document')}",
        (("Documents", reverse(LIST)),),
        rows=rows,
        keys=",".join(str(document.pk) for document in chosen),
        held=sum(any(use.holds for use in some) for _, some in rows),
    )


@require_POST
def gone(request: HttpRequest) -> HttpResponse:
    """Delete them, or (with `withdraw`) hide them from every reader instead."""
    keys = [int(key) for key in request.POST.get("keys", "").split(",") if key.isdecimal()][:MOST]
    documents = Document.objects.filter(pk__in=keys)
    if "withdraw" in request.POST:
        if not request.user.has_perm("archive.change_document"):
            raise PermissionDenied
        perform(request, "withdraw", documents)
        return redirect(LIST)
    if not request.user.has_perm("archive.delete_document"):
        raise PermissionDenied
    try:
        count = delete(documents, person(request))
    except InUseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{counted(count, 'document')} deleted for good.")
    return redirect(LIST)
