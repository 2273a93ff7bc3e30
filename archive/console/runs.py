"""What came of every ingestion."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from archive.console.page import ReadOnly
from archive.ingestion.claim import State
from archive.models import IngestionItem, IngestionRun

STATE_COLOURS = {
    State.CREATED: "success",
    State.UPDATED: "success",
    State.UNCHANGED: "info",
    State.HELD: "warning",
    State.UNPACKED: "success",
    State.WAITING: "warning",
    State.WORKING: "warning",
    State.FAILED: "danger",
}


class ItemInline(ReadOnly, TabularInline):
    model = IngestionItem
    extra = 0
    fields = ("key", "outcome", "reason", "passages", "attempts", "seconds")
    readonly_fields = fields
    ordering = ("key",)
    per_page = 50

    @display(description="Outcome", label=STATE_COLOURS)
    def outcome(self, item: IngestionItem) -> tuple[str, str]:
        return item.state, item.get_state_display()

    @display(description="Seconds")
    def seconds(self, item: IngestionItem) -> str:
        if not item.started or not item.finished:
            return "-"
        return f"{(item.finished - item.started).total_seconds():.1f}"


@admin.register(IngestionRun)
class IngestionRunAdmin(ReadOnly, ModelAdmin):
    list_display = ("origin", "brand", "created", "finished", "came_in", "unchanged", "failures")
    list_filter = ("brand", "created")
    list_select_related = ("brand",)
    search_fields = ("origin", "items__key", "items__reason")
    inlines = (ItemInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[IngestionRun]:
        runs: QuerySet[IngestionRun] = super().get_queryset(request)
        return runs.annotate(
            came_in=Count("items", filter=Q(items__state__in=(State.CREATED, State.UPDATED))),
            unchanged=Count("items", filter=Q(items__state=State.UNCHANGED)),
            failures=Count("items", filter=Q(items__state=State.FAILED)),
        )

    @display(description="Came in", ordering="came_in")
    def came_in(self, run: Any) -> int:
        count: int = run.came_in
        return count

    @display(description="Unchanged", ordering="unchanged")
    def unchanged(self, run: Any) -> int:
        count: int = run.unchanged
        return count

    @display(description="Failed", ordering="failures")
    def failures(self, run: Any) -> int:
        count: int = run.failures
        return count
