"""The passes in the model administration: read, never written."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from concierge.scrub.models import Pass


@admin.register(Pass)
class PassAdmin(ModelAdmin):
    list_display = ["started", "finished", "is_whole"]
    fields = ["started", "finished", "what_was_done", "what_is_left"]
    readonly_fields = fields

    @display(description="Nothing left", boolean=True)
    def is_whole(self, each: Pass) -> bool:
        return each.finished is not None and not each.left

    @display(description="Done")
    def what_was_done(self, each: Pass) -> SafeString:
        return lines(each.done)

    @display(description="Left")
    def what_is_left(self, each: Pass) -> SafeString | str:
        return lines(each.left) if each.left else "Nothing."

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def lines(sentences: list[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((each,) for each in sentences))
