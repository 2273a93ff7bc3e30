"""Who did what to documents, when, and taking it back."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

import uuid
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console import wording
from archive.console.acts import told
from archive.console.page import ReadOnly, counted, linked, person
from archive.models import Change
from archive.review.undo import UndoError, undo, undo_batch, undoable

SHOWN = 20  # changes on a document's own page


class ByFilter(admin.SimpleListFilter):
    title = "person"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        acted = Exists(Change.objects.filter(by=OuterRef("pk")))
        people = get_user_model().objects.filter(acted)
        named = [(str(each.pk), wording.named(each)) for each in people]
        return [*sorted(named, key=lambda pair: pair[1]), ("nobody", wording.THE_PRODUCT)]

    def queryset(self, request: HttpRequest, changes: QuerySet[Change]) -> QuerySet[Change]:
        given = self.value()
        if given == "nobody":
            return changes.filter(by=None)
        return changes.filter(by=int(given)) if given and given.isdecimal() else changes


@admin.register(Change)
class ChangeAdmin(ReadOnly, ModelAdmin):
    list_display = ("shown_document", "done", "what", "shown_person", "when", "back")
    list_display_links = None
    list_filter = (ByFilter, ("act", admin.AllValuesFieldListFilter), "brand", "at")
    list_select_related = ("by", "brand", "document", "undone")
    search_fields = ("title", "by__username", "by__last_name")
    search_help_text = "A document’s title or a person"
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        one = path("<int:pk>/undo/", view(undo_one), name="archive_change_undo")
        many = path("act/<uuid:batch>/undo/", view(undo_many), name="archive_change_undo_batch")
        urls: list[URLPattern] = super().get_urls()
        return [one, many, *urls]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "document__id__exact" or super().lookup_allowed(lookup, value, request)

    @display(description="Document", ordering="title")
    def shown_document(self, change: Change) -> str:
        if change.document_id is None:
            return change.title
        address = reverse("admin:archive_document_change", args=[change.document_id])
        return linked(address, change.document or change.title)

    @display(description="Act", ordering="act")
    def done(self, change: Change) -> str:
        return wording.act(change.act)

    @display(description="What changed")
    def what(self, change: Change) -> SafeString | str:
        return said(change)

    @display(description="Who", ordering="by")
    def shown_person(self, change: Change) -> str:
        return wording.who(change, "by")

    @display(description="When", ordering="at")
    def when(self, change: Change) -> str:
        return wording.moment(change.at, change.brand)

    @display(description="")
    def back(self, change: Change) -> SafeString | str:
        if hasattr(change, "undone"):
            return "Undone"
        if not undoable(change):
            return ""
        return format_html(
            '<button type="submit" class="button button--link" formaction="{}">Undo</button>',
            reverse("admin:archive_change_undo", args=[change.pk]),
        )


def said(change: Change) -> SafeString:
    parts = "{}: <del>{}</del> → <ins>{}</ins>"
    return format_html_join("; ", parts, wording.differences(change))


def latest(document: int) -> list[dict[str, Any]]:
    """A document's last changes, as its page shows them. Two queries."""
    changes = Change.objects.filter(document=document)
    rows = changes.select_related("by", "brand", "undone")[:SHOWN]
    return [
        {
            "change": change,
            "act": wording.act(change.act),
            "said": said(change),
            "who": wording.who(change, "by"),
            "when": wording.moment(change.at, change.brand),
            "undone": hasattr(change, "undone"),
            "undoable": undoable(change) and not hasattr(change, "undone"),
        }
        for change in rows
    ]


def may_undo(request: HttpRequest) -> None:
    if not request.user.has_perm("archive.change_document"):
        raise PermissionDenied


@require_POST
def undo_one(request: HttpRequest, pk: int) -> HttpResponse:
    may_undo(request)
    change = get_object_or_404(Change, pk=pk)
    try:
        done = undo(change, person(request))
    except UndoError as error:
        messages.error(request, str(error))
    else:
        told(request, f"“{done.title}”: undone.", done.batch)
    return back(request)


@require_POST
def undo_many(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    may_undo(request)
    if not Change.objects.filter(batch=batch).exists():
        raise Http404
    try:
        done = undo_batch(batch, person(request))
    except UndoError as error:
        messages.error(request, str(error))
    else:
        told(request, f"Undone for {counted(len(done), 'document')}.", done[0].batch)
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the page the person came from, if it is one of this site's."""
    given = request.POST.get("next") or request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, request.is_secure())
    return redirect(given if ours else reverse("admin:archive_change_changelist"))
