"""The catalogue in the model administration.

What a feed says is mended in the feed: the next import would write it again. What is a curator's
own (audience, embargo, status) can be set on any product, and all of one made by hand.
"""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from archive.models import Brand
from catalog.details import details_of, word_count
from catalog.models import CatalogImport, Product, ProductEmbedding, RejectedRow, Variant
from catalog.tasks import embed

FEED_FIELDS = (
    *("brand", "key", "title", "description", "vendor", "kind", "category", "tags", "url"),
    *("images", "options", "attributes", "language"),
)
MADE = ("details", "words", "content_hash", "created", "updated")


class Offered(admin.SimpleListFilter):
    """By whether a feed still holds the product, or a variant can still be had."""

    title = "offered"
    parameter_name = "offered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No longer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        offered = Product.objects.offered().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=offered)
        return queryset.exclude(pk__in=offered) if self.value() == "no" else queryset


class VariantInline(TabularInline):  # type: ignore[misc]
    model = Variant
    fields = ["position", "key", "title", "price", "currency", "availability", "quantity"]
    ordering = ["position"]
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        return by_hand(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        return by_hand(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        return by_hand(obj) and super().has_delete_permission(request, obj)


@admin.register(Product)
class ProductAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["thumbnail", "title", "kind", "price", "stock", "status", "brand", "updated"]
    list_display_links = ["thumbnail", "title"]
    list_filter = ["brand", "status", "audience", Offered, "vendor", "kind"]
    list_select_related = ["brand"]
    search_fields = ["title", "key", "vendor", "kind", "variants__sku", "variants__gtin"]
    search_help_text = "Title, key, vendor, type, SKU or GTIN"
    inlines = [VariantInline]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        found: QuerySet[Product] = super().get_queryset(request)
        return found.defer("details", "search").prefetch_related("variants")

    def get_readonly_fields(self, request: HttpRequest, obj: Product | None = None) -> list[str]:
        return [*MADE, *(() if by_hand(obj) else FEED_FIELDS)]

    def get_exclude(self, request: HttpRequest, obj: Product | None = None) -> list[str]:
        return ["search", *(MADE if obj is None else ())]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """After the variants too, as their numbers are among the words of the product."""
        super().save_related(request, form, formsets, change)
        if by_hand(form.instance):
            reword(form.instance)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the pieces' own pictures, from where the houses keep them."""
        response: HttpResponse = super().changelist_view(request, extra_context)
        hosts = Brand.objects.values_list("image_hosts", flat=True)
        allowed = sorted({host for each in hosts for host in each})
        response._csp_update = {"img-src": allowed}  # type: ignore[attr-defined]
        return response

    @admin.display(description="")
    def thumbnail(self, product: Product) -> SafeString | str:
        image = product.main_image
        if image is None:
            return "–"
        return format_html(
            '<img src="{}" alt="{}" width="48" height="48" loading="lazy" class="thumbnail"'
            ' referrerpolicy="no-referrer">',
            image["url"],
            image["alt"],
        )

    @admin.display(description="Price")
    def price(self, product: Product) -> str:
        return product.price_label() or "–"

    @display(  # type: ignore[untyped-decorator]
        description="Availability",
        label={
            Variant.Availability.IN_STOCK.label: "success",
            Variant.Availability.PREORDER.label: "info",
            Variant.Availability.BACKORDER.label: "info",
            Variant.Availability.OUT_OF_STOCK.label: "warning",
            Variant.Availability.UNAVAILABLE.label: "danger",
        },
    )
    def stock(self, product: Product) -> str:
        return str(Variant.Availability(product.availability).label)


@admin.register(Variant)
class VariantAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["product", "title", "sku", "price", "currency", "availability", "quantity"]
    list_filter = ["product__brand", "availability", "currency"]
    list_select_related = ["product"]
    search_fields = ["sku", "gtin", "mpn", "title", "product__title"]
    autocomplete_fields = ["product"]

    def has_change_permission(self, request: HttpRequest, obj: Variant | None = None) -> bool:
        own = obj is None or by_hand(obj.product)
        return own and super().has_change_permission(request, obj)


class RejectedRowInline(TabularInline):  # type: ignore[misc]
    model = RejectedRow
    fields = ["line", "key", "reason"]
    readonly_fields = fields
    ordering = ["line", "pk"]
    extra = 0
    per_page = 50
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CatalogImport)
class CatalogImportAdmin(ModelAdmin):  # type: ignore[misc]
    """What became of each feed: read, never rewritten."""

    list_display = [
        *("file_name", "form", "brand", "started", "finished", "created_count", "updated_count"),
        *("unchanged_count", "withdrawn_count", "rejected_count"),
    ]
    list_filter = ["brand", "form", "started"]
    list_select_related = ["brand"]
    search_fields = ["file_name"]
    date_hierarchy = "started"
    exclude = ["keys"]
    inlines = [RejectedRowInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CatalogImport]:
        found: QuerySet[CatalogImport] = super().get_queryset(request)
        return found.defer("keys")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def by_hand(product: Product | None) -> bool:
    """Whether the product is a curator's own to write: new, or not (any more) a feed's."""
    return product is None or not product.content_hash


def reword(product: Product) -> None:
    """Make what a curator wrote findable: its words now, its vector by the worker."""
    numbers = product.variants.values_list("sku", "mpn", "gtin")
    product.details = details_of(product, (number for each in numbers for number in each))
    product.words = word_count(product.title, product.details)
    with transaction.atomic():
        product.save(update_fields=["details", "words", "updated"])
        ProductEmbedding.objects.filter(product=product).delete()
        # Should the queue be away, the next import gives the product its vector.
        transaction.on_commit(lambda: embed.delay(product.brand_id), robust=True)
