"""Documents: what is said of them, who may read them, and what was done to them."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console import deletion, history, quality, together, versions, wording
from archive.console.acts import OPEN_TO, VERBS, perform
from archive.console.page import linked, person
from archive.console.twins import tell_of_twins
from archive.ingestion.metadata import time_zone
from archive.models import Document, Passage
from archive.models.document import Status
from archive.review.edit import saved
from archive.review.record import Act, standing

MOMENTS = ("embargo_until", "rights_until")
SAID_OF_MOMENTS = {
    "embargo_until": "Nobody reads it before; it publishes itself at that minute.",
    "rights_until": "Nobody reads it from then on.",
}


@admin.register(Document)
class DocumentAdmin(ModelAdmin):
    list_display = ("title", "brand", "kind", "date", "audience", "shown_status", "passage_count")
    list_filter = ("brand", "status", "audience", "kind", "language", "embargo_until")
    list_select_related = ("brand",)
    search_fields = ("title", "key", "kind", "season", "collection", "people")
    search_help_text = "Title, file, kind, season, collection or person"
    list_per_page = 50
    actions = (
        "publish_them",
        "submit_them",
        "withdraw_them",
        "restore_them",
        "change_them",
        "delete_them",
    )
    readonly_fields = ("brand", "key", "opening")
    change_form_outer_before_template = "console/partials/document_head.html"
    change_form_outer_after_template = "console/partials/document_record.html"
    fieldsets = (
        (None, {"fields": ("title", "opening")}),
        ("Who may read it", {"fields": ("audience", *MOMENTS, "rights", "licence")}),
        ("What it is", {"fields": ("kind", "date", "season", "collection", "people", "language")}),
        ("Where it belongs", {"fields": ("brand", "key")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a document comes in as a file

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.act)
        ours = path("<int:pk>/act/<slug:word>/", view, name="archive_document_act")
        many = self.admin_site.admin_view(together.together)
        all_of_them = path("together/", many, name="archive_document_together")
        urls: list[URLPattern] = super().get_urls()
        gone = path(
            "gone/", self.admin_site.admin_view(deletion.gone), name="archive_document_gone"
        )
        seen = self.admin_site.admin_view(quality.shown)
        looked_at = path("<int:pk>/quality/", seen, name="archive_document_quality")
        return [ours, all_of_them, gone, looked_at, *urls]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)  # it knows nothing of what uses a document
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if self.has_delete_permission(request):
            get_object_or_404(Document, pk=number(object_id))
        return deletion.confirm(request, Document.objects.filter(pk=number(object_id)))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Passages are counted for the documents of one page of the list alone."""
        listed = super().get_changelist_instance(request)
        listed.result_list = list(listed.result_list)
        shown = Passage.objects.filter(document__in=listed.result_list).order_by()
        counts = dict(shown.values_list("document").annotate(Count("pk")))
        for document in listed.result_list:
            document.counted = counts.get(document.pk, 0)
        return listed

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.Form]:
        form: type[forms.Form] = super().get_form(request, obj, **kwargs)
        for name in MOMENTS:
            if obj and name in form.base_fields:
                zone = time_zone(obj.brand)
                form.base_fields[name].help_text = f"{SAID_OF_MOMENTS[name]} Time of {zone}."
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The document's page, with every moment read and shown in its brand's time zone."""
        found = Document.objects.select_related("brand").filter(pk=number(object_id)).first()
        if found is None:
            page: HttpResponse = super().changeform_view(request, object_id, form_url)
            return page
        with timezone.override(time_zone(found.brand)):
            page = super().changeform_view(request, object_id, form_url, around(request, found))
            if isinstance(page, TemplateResponse):
                page.render()
        return page

    def save_model(self, request: HttpRequest, obj: Document, form: Any, change: bool) -> None:
        held = Document.objects.select_for_update(of=("self",)).get(pk=obj.pk)
        obj.save(update_fields=[*form.changed_data, "updated"])
        kept = Document.objects.select_related("brand").get(pk=obj.pk)
        saved(kept, standing(held), Act("edited", person(request)))
        tell_of_twins(request, kept)

    def act(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        if request.method != "POST":
            return require_POST(self.act)(request, pk, word)
        if not self.has_change_permission(request):
            raise PermissionDenied
        documents = Document.objects.filter(pk=pk)
        if word not in VERBS or not documents.exists():
            raise Http404
        perform(request, word, documents)
        tell_of_twins(request, documents.get())
        return redirect("admin:archive_document_change", pk)

    @display(description="Status", ordering="status")
    def shown_status(self, document: Document) -> str:
        label = document.get_status_display()
        if document.status == Status.PUBLISHED and embargoed(document):
            label = f"From {document.embargo_until:%-d %b %Y} on"
        return format_html('<span class="mark mark--{}">{}</span>', document.status, label)

    @display(description="Passages")
    def passage_count(self, document: Any) -> int:
        count: int = document.counted
        return count

    @display(description="How it begins")
    def opening(self, document: Document) -> str:
        words = Truncator(document.text).words(80)
        count = document.passages.count()
        if not count:
            return words
        address = reverse("admin:archive_passage_changelist")
        query = f"{address}?document__id__exact={document.pk}"
        return format_html("{}<br>{}", words, linked(query, f"Its passages ({count})"))

    @admin.action(description="Publish to their audience", permissions=("change",))
    def publish_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        perform(request, "publish", chosen(documents))

    @admin.action(description="Hand in for review", permissions=("change",))
    def submit_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        perform(request, "submit", chosen(documents))

    @admin.action(description="Withdraw from every reader", permissions=("change",))
    def withdraw_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        perform(request, "withdraw", chosen(documents))

    @admin.action(description="Show again what was withdrawn", permissions=("change",))
    def restore_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        perform(request, "restore", chosen(documents))

    @admin.action(description="Change together…", permissions=("change",))
    def change_them(self, request: HttpRequest, documents: QuerySet[Document]) -> HttpResponse:
        return together.choose(request, chosen(documents))

    @admin.action(description="Delete…", permissions=("delete",))
    def delete_them(self, request: HttpRequest, documents: QuerySet[Document]) -> HttpResponse:
        return deletion.confirm(request, chosen(documents))


def chosen(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The same rows, without what a search of the list has joined to them."""
    return Document.objects.filter(pk__in=documents.values("pk"))


def number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() else 0


def embargoed(document: Document) -> bool:
    return bool(document.embargo_until and document.embargo_until > timezone.now())


def around(request: HttpRequest, document: Document) -> dict[str, Any]:
    """What stands above and below the form of a document's own page."""
    may_change = request.user.has_perm("archive.change_document")
    verbs = OPEN_TO[Status(document.status)] if may_change else ()
    if document.current_id is None:
        verbs = tuple(word for word in verbs if word not in ("publish", "restore"))
    return {
        "document": document,
        "readers": wording.readers(document),
        "verbs": [(word, *VERBS[word][1:3]) for word in verbs],
        "open_notices": document.notices.filter(settled=None),
        "history": history.latest(document.pk),
        "provenance": versions.provenance(document.pk),
        "may_undo": may_change,
        "may_bring_back": may_change and request.user.has_perm("archive.add_ingestionrun"),
        "may_download": request.user.has_perm("archive.view_documentversion"),
        "title": document.title,
        "subtitle": None,
    }
