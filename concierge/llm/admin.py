"""What models cost, for whoever answers for it: the ledger, the prices, the budgets."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console.page import ReadOnly
from archive.console.wording import who
from concierge.llm import cost_page
from concierge.llm.contract_form import ContractForm, standings
from concierge.llm.models import Budget, Call, Contract, Price
from concierge.llm.price import seed


@admin.register(Call)
class CallAdmin(ReadOnly, ModelAdmin):
    """Its rows are the ledger's; above them stands the page of what they cost."""

    list_display = ("created", "brand", "purpose", "model", "shown_outcome", "tokens", "shown_cost")
    list_filter = ("outcome", "purpose", "model", "brand")
    list_select_related = ("brand",)
    date_hierarchy = "created"
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("cost/", view(cost_page.overview), name="llm_cost"),
            path("cost.csv", view(cost_page.table), name="llm_cost_csv"),
            *urls,
        ]

    @display(description="Outcome", ordering="outcome")
    def shown_outcome(self, call: Call) -> str:
        return cost_page.OUTCOMES.get(call.outcome, cost_page.words(call.outcome))

    @display(description="Tokens in and out")
    def tokens(self, call: Call) -> str:
        about = "about " if call.estimated else ""
        return f"{about}{call.input_tokens:,} + {call.output_tokens:,}"

    @display(description="Cost, USD", ordering="cost")
    def shown_cost(self, call: Call) -> str:
        return "No price known" if call.cost is None else f"{call.cost:.4f}"


class Signed:
    """Rows that bear who changed them last; the page's history tells the rest."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_by = request.user
        obj.save()

    @display(description="Changed")
    def changed_last(self, row: Any) -> str:
        return f"{who(row, 'changed_by')}, {row.changed:%-d %B %Y}" if row.pk else ""


def dollars(amount: Decimal) -> str:
    """With cents, and what is beneath them only where there is any: 1.00, 0.125."""
    whole, _, part = f"{amount:,f}".partition(".")
    return f"{whole}.{part.rstrip('0'):0<2}"


@admin.register(Price)
class PriceAdmin(Signed, ModelAdmin):
    """A new price is a row with a first day: what calls have cost stays as it was."""

    list_display = (
        *("model", "valid_from", "for_input", "for_cached", "for_stored", "for_output"),
        "changed_last",
    )
    search_fields = ("model",)
    list_per_page = 100
    list_before_template = "console/partials/prices_head.html"
    list_select_related = ("changed_by",)
    fieldsets = (
        (None, {"fields": ("model", "valid_from")}),
        (
            "US dollars for a million tokens",
            {"fields": ("input", "cached", "stored", "output")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Price]:
        seed()
        found: QuerySet[Price] = super().get_queryset(request)
        return found

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        seed()  # a listed model keeps the price it had until this one's day
        super().save_model(request, obj, form, change)

    @display(description="Input", ordering="input")
    def for_input(self, price: Price) -> str:
        return dollars(price.input)

    @display(description="Read from cache", ordering="cached")
    def for_cached(self, price: Price) -> str:
        return dollars(price.cached)

    @display(description="Written to cache", ordering="stored")
    def for_stored(self, price: Price) -> str:
        return dollars(price.stored)

    @display(description="Output", ordering="output")
    def for_output(self, price: Price) -> str:
        return dollars(price.output)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a call was counted by it


@admin.register(Budget)
class BudgetAdmin(Signed, ModelAdmin):
    list_display = ("brand", "visitor_day", "address_day", "day", "month", "changed_last")
    list_before_template = "console/partials/budgets_head.html"
    list_select_related = ("brand", "changed_by")
    fieldsets = (
        (None, {"fields": ("brand",)}),
        (
            "US dollars; an empty field is the default, nothing (0) asks no model",
            {"fields": ("visitor_day", "address_day", "day", "month")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("brand",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, **named: Any) -> Any:
        """Each empty field shows the default that holds in its place."""
        form = super().get_form(request, obj, **named)
        for name, field in form.base_fields.items():
            if name in settings.LLM_BUDGETS:
                field.widget.attrs["placeholder"] = settings.LLM_BUDGETS[name]
        return form

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"defaults": settings.LLM_BUDGETS} | (extra_context or {})
        shown: HttpResponse = super().changelist_view(request, more)
        return shown


@admin.register(Contract)
class ContractAdmin(Signed, ModelAdmin):
    """Where a brand's words may go; the page tells which providers that leaves today."""

    form = ContractForm
    list_display = ("brand", "named", "where", "zero_retention", "changed_last")
    list_before_template = "console/partials/contracts_head.html"
    change_form_before_template = "console/partials/contract_today.html"
    list_select_related = ("brand", "changed_by")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("brand",) if obj else ()

    @display(description="Providers")
    def named(self, contract: Contract) -> str:
        return ", ".join(contract.providers) or "Each there is a key for"

    @display(description="Regions")
    def where(self, contract: Contract) -> str:
        return ", ".join(contract.regions) or "Anywhere"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"standings": standings(Contract())} | (extra_context or {})
        shown: HttpResponse = super().changelist_view(request, more)
        return shown

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        found = self.get_object(request, object_id) if object_id else None
        more = {"standings": standings(found or Contract())} | (extra_context or {})
        shown: HttpResponse = super().changeform_view(request, object_id, form_url, more)
        return shown
