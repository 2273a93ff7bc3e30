"""A client takes a copy away: at once when it is small, else when a worker has made it."""

import base64
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concierge.clients.models import Visitor
from concierge.clients.spoken import public_brand, spoken
from concierge.privacy import held
from concierge.privacy.export import MOST_ATTEMPTS, ask, is_large, name_of, zipped
from concierge.privacy.models import Export
from concierge.privacy.tasks import make_export
from concierge.privacy.views import somebody

ZIP = "application/zip"


@never_cache
@require_POST
def export(request: HttpRequest, brand: str) -> HttpResponse:
    """The ZIP, or where to wait for it."""
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    if not is_large(visitor):
        return attached(zipped(visitor, spoken()), name_of(visitor))
    asked = ask(visitor, spoken())
    make_export.delay(str(asked.pk))
    return redirect("privacy:progress", house.slug, asked.pk)


def attached(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=ZIP)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def own(visitor: Visitor, export_id: uuid.UUID) -> Export:
    """This person's, and not over yet. Raises Http404."""
    found = get_object_or_404(Export, pk=export_id, visitor__in=held.person(visitor))
    if found.is_over():
        raise Http404
    return found


@never_cache
@require_safe
def progress(request: HttpRequest, brand: str, export_id: uuid.UUID) -> HttpResponse:
    """How far it is; the page looks again by itself until it is there."""
    house = public_brand(request, brand)
    asked = own(somebody(request, house), export_id)
    has_failed = asked.finished is None and asked.attempts >= MOST_ATTEMPTS
    context = {"brand": house, "export": asked, "has_failed": has_failed}
    return render(request, "privacy/progress.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, brand: str, export_id: uuid.UUID) -> HttpResponse:
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    made = own(visitor, export_id)
    if made.finished is None:
        raise Http404
    return attached(base64.b64decode(made.content), name_of(visitor))
