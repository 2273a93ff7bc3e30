"""Documents, their versions and passages."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from archive.console.page import ReadOnly
from archive.ingestion.rename import rename
from archive.models import Document, DocumentVersion, Passage
from archive.models.document import Status
from archive.review.status import publish, restore, withdraw

STATUS_COLOURS = {
    Status.PUBLISHED: "success",
    Status.REVIEW: "info",
    Status.DRAFT: "warning",
    Status.WITHDRAWN: "danger",
}


class VersionInline(ReadOnly, TabularInline):
    model = DocumentVersion
    extra = 0
    fields = ("number", "file_name", "media_type", "characters", "page_count", "created")
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentVersion]:
        versions: QuerySet[DocumentVersion] = super().get_queryset(request)
        return versions.defer("headings")

    @display(description="Characters")
    def characters(self, version: DocumentVersion) -> str:
        return f"{len(version.text):,}"

    @display(description="Pages")
    def page_count(self, version: DocumentVersion) -> int | str:
        return len(version.pages) or "-"


@admin.register(Document)
class DocumentAdmin(ModelAdmin):
    list_display = ("title", "brand", "kind", "date", "audience", "shown_status", "passage_count")
    list_filter = ("brand", "status", "audience", "kind", "language")
    list_select_related = ("brand",)
    search_fields = ("title", "key", "kind", "season", "collection", "people")
    search_help_text = "Title, file, kind, season, collection or person"
    list_per_page = 50
    actions = ("publish_them", "withdraw_them", "restore_them")
    inlines = (VersionInline,)
    readonly_fields = ("key", "status", "opening", "created", "updated")
    autocomplete_fields = ("brand",)
    fieldsets = (
        (None, {"fields": ("title", "brand", "key", "opening")}),
        ("What it is", {"fields": ("kind", "date", "season", "collection", "people", "language")}),
        (
            "Who may read it",
            {"fields": ("status", "audience", "embargo_until", "rights", "rights_until")},
        ),
        ("Record", {"fields": ("created", "updated")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a document comes in as a file

    def save_model(self, request: HttpRequest, obj: Document, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if {"title", "language"} & set(form.changed_data):
            rename(obj, str(form.initial["title"]))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        documents: QuerySet[Document] = super().get_queryset(request)
        return documents.annotate(passage_count=Count("passages"))

    @display(description="Status", ordering="status", label=STATUS_COLOURS)
    def shown_status(self, document: Document) -> tuple[str, str]:
        return document.status, document.get_status_display()

    @display(description="Passages", ordering="passage_count")
    def passage_count(self, document: Any) -> int:
        count: int = document.passage_count
        return count

    @display(description="How it begins")
    def opening(self, document: Document) -> str:
        count = document.passages.count()
        if not count:
            return Truncator(document.text).words(80)
        address = reverse("admin:archive_passage_changelist")
        return format_html(
            '{}<br><a href="{}?document__id__exact={}">Its passages ({})</a>',
            Truncator(document.text).words(80),
            address,
            document.pk,
            count,
        )

    @admin.action(description="Publish to their audience", permissions=("change",))
    def publish_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        self.tell(request, publish(chosen(documents), request.user), "published")

    @admin.action(description="Withdraw from every reader", permissions=("change",))
    def withdraw_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        self.tell(request, withdraw(chosen(documents), request.user), "withdrawn")

    @admin.action(description="Show again what was withdrawn", permissions=("change",))
    def restore_them(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        self.tell(request, restore(chosen(documents), request.user), "shown again")

    def tell(self, request: HttpRequest, count: int, what: str) -> None:
        noun = "document" if count == 1 else "documents"
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, f"{count} {noun} {what}.", level)


def chosen(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The same rows without the list's counts, which an update cannot carry."""
    return Document.objects.filter(pk__in=documents.values("pk"))


@admin.register(DocumentVersion)
class DocumentVersionAdmin(ReadOnly, ModelAdmin):
    list_display = ("document", "number", "file_name", "media_type", "created")
    list_filter = ("document__brand", "media_type")
    list_select_related = ("document",)
    search_fields = ("document__title", "file_name", "content_hash")
    exclude = ("pages", "headings", "file")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentVersion]:
        versions: QuerySet[DocumentVersion] = super().get_queryset(request)
        return versions.defer("pages", "headings")


@admin.register(Passage)
class PassageAdmin(ReadOnly, ModelAdmin):
    list_display = ("beginning", "document", "page", "speaker", "words")
    list_filter = ("brand", "language")
    list_select_related = ("document",)
    search_fields = ("text", "title")
    exclude = ("search",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        passages: QuerySet[Passage] = super().get_queryset(request)
        return passages.defer("search")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "document__id__exact" or super().lookup_allowed(lookup, value, request)

    @display(description="Passage")
    def beginning(self, passage: Passage) -> str:
        return Truncator(passage.text).chars(110)
