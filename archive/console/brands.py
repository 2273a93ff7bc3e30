"""Houses."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.models import Brand
from archive.models.document import Status


@admin.register(Brand)
class BrandAdmin(ModelAdmin):
    list_display = ("name", "slug", "language", "currency", "published", "created")
    search_fields = ("name", "slug")
    fieldsets = (
        (None, {"fields": ("name", "slug", "tagline", "contact")}),
        ("Place", {"fields": ("language", "time_zone", "currency")}),
        ("First page", {"fields": ("greeting", "suggestions")}),
        ("Look", {"fields": ("paper", "ink", "accent", "emblem", "hero", "image_hosts")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brand]:
        published = Count("documents", filter=Q(documents__status=Status.PUBLISHED))
        brands: QuerySet[Brand] = super().get_queryset(request)
        return brands.annotate(published=published)

    @display(description="Published documents", ordering="published")
    def published(self, brand: Any) -> int:
        count: int = brand.published
        return count
