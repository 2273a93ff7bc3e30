"""The audit log, read by whoever answers for it."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console.page import ReadOnly
from archive.console.wording import THE_PRODUCT
from archive.models import Brand
from concierge.audit.models import Entry


class OfBrand(admin.SimpleListFilter):
    title = "brand"
    parameter_name = "brand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Brand.objects.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, rows: Any) -> Any:
        chosen = self.value() or ""
        return rows.filter(brand_id=int(chosen)) if chosen.isdecimal() else rows


@admin.register(Entry)
class EntryAdmin(ReadOnly, ModelAdmin):
    """What was done; of what was read it has numbers alone."""

    list_display = ("number", "at", "person", "role", "act", "kind", "row", "house", "reason")
    list_display_links = None
    list_filter = ("act", "reason", "role", OfBrand, "at")
    search_fields = ("row__exact",)
    search_help_text = "The number of a row"
    list_before_template = "console/partials/audit_head.html"
    list_per_page = 100
    show_full_result_count = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The names are read once for the page, not once for each line."""
        users = get_user_model()._default_manager.filter(is_staff=True)
        self.people = {user.pk: user.get_username() for user in users}
        self.brands = dict(Brand.objects.values_list("pk", "name"))
        shown: HttpResponse = super().changelist_view(request, extra_context)
        return shown

    @display(description="Who", ordering="who")
    def person(self, entry: Entry) -> str:
        if entry.who is None:
            return THE_PRODUCT
        return self.people.get(entry.who, f"User {entry.who}")

    @display(description="Brand", ordering="brand_id")
    def house(self, entry: Entry) -> str:
        return "" if entry.brand_id is None else self.brands.get(entry.brand_id, "")
