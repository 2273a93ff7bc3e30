"""Passages, which the product writes and people only read."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console.page import ReadOnly
from archive.models import Passage


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
