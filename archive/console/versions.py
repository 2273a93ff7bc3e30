"""A document's texts, where each came from, and the bytes themselves."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.handlers.asgi import ASGIRequest
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin

from archive.console import wording
from archive.console.page import ReadOnly, person, sized
from archive.models import DocumentVersion
from archive.review.bring_back import NotKeptError, bring_back

PIECE = 256 * 1024  # bytes read at a time
GONE = "The original of this text is not kept any more."


@admin.register(DocumentVersion)
class DocumentVersionAdmin(ReadOnly, ModelAdmin):
    list_display = ("document", "number", "file_name", "media_type", "created")
    list_filter = ("document__brand", "media_type")
    list_select_related = ("document",)
    search_fields = ("document__title", "file_name", "content_hash")
    exclude = ("pages", "headings", "turns", "file", "item")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(original)
        ours = path("<int:pk>/original/", view, name="archive_original")
        again = self.admin_site.admin_view(brought_back)
        earlier = path("<int:pk>/back/", again, name="archive_version_back")
        urls: list[URLPattern] = super().get_urls()
        return [ours, earlier, *urls]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentVersion]:
        versions: QuerySet[DocumentVersion] = super().get_queryset(request)
        return versions.defer("pages", "headings", "turns")


def provenance(document: int) -> list[dict[str, Any]]:
    """Where each text of a document came from, the newest first. One query."""
    versions = DocumentVersion.objects.filter(document=document).order_by("-number")
    rows = versions.select_related("item__run__started_by", "item__run__source", "document__brand")
    rows = rows.annotate(characters=Length("text"))
    return [origin(each) for each in rows.defer("text", "pages", "headings", "turns")]


def origin(version: Any) -> dict[str, Any]:
    run = version.item.run if version.item else None
    return {
        "version": version,
        "characters": f"{version.characters:,}",
        "size": sized(size(version)),
        "when": wording.moment(version.created, version.document.brand),
        "run": run,
        "who": wording.who(run, "started_by") if run else "",
        "kept": bool(version.file) and kept(version).is_file(),
    }


def size(version: DocumentVersion) -> int | None:
    if version.item and version.item.size:
        return version.item.size
    return kept(version).stat().st_size if version.file and kept(version).is_file() else None


def kept(version: DocumentVersion) -> Path:
    return Path(settings.MEDIA_ROOT, str(version.file.name))


@require_POST
def brought_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Bring an earlier text in again: the page of the run that does it."""
    if not request.user.has_perms(("archive.change_document", "archive.add_ingestionrun")):
        raise PermissionDenied
    versions = DocumentVersion.objects.select_related("document", "item")
    version = get_object_or_404(versions, pk=pk)
    try:
        run = bring_back(version, person(request))
    except NotKeptError as error:
        messages.error(request, str(error))
        return redirect("admin:archive_document_change", version.document_id)
    return redirect("admin:archive_ingestionrun_change", run.pk)


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as they came in, to be saved and never shown: what they hold is not trusted."""
    if not request.user.has_perm("archive.view_documentversion"):
        raise PermissionDenied
    version = get_object_or_404(
        DocumentVersion.objects.only("file", "file_name", "document"), pk=pk
    )
    if not version.file or not kept(version).is_file():
        messages.error(request, GONE)
        return redirect(reverse("admin:archive_document_change", args=[version.document_id]))
    response = sent(request, kept(version))
    name = Path(version.file_name).name
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def sent(request: HttpRequest, file: Path) -> HttpResponseBase:
    """Piece by piece under either kind of server."""
    kind = "application/octet-stream"
    if not isinstance(request, ASGIRequest):
        return FileResponse(file.open("rb"), content_type=kind)
    headers = {"Content-Length": str(file.stat().st_size)}
    return StreamingHttpResponse(pieces(file), content_type=kind, headers=headers)


async def pieces(file: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(file.open, "rb") as opened:
        while piece := await asyncio.to_thread(opened.read, PIECE):
            yield piece
