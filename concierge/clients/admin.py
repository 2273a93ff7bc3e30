from django.contrib import admin
from unfold.admin import ModelAdmin

from concierge.clients.models import Visitor


@admin.register(Visitor)
class VisitorAdmin(ModelAdmin):  # type: ignore[misc]
    list_display = ["id", "created"]
    date_hierarchy = "created"
    readonly_fields = ["id", "created"]
