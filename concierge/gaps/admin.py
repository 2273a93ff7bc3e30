"""What the archive does not tell, for curators: the most asked first."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console.page import person
from concierge.audit.models import Act
from concierge.audit.watched import Watched
from concierge.gaps.models import Gap, GapQuerySet, Status
from concierge.gaps.settle import begin

STATUS_COLOURS = {Status.OPEN: "warning", Status.ANSWERED: "success", Status.DISMISSED: "info"}

LINK = "text-primary-600 underline dark:text-primary-500"


@admin.register(Gap)
class GapAdmin(Watched, ModelAdmin):
    """Words of people who agreed to help the house improve; who reads them is written down."""

    list_display = (
        "asked",
        "count",
        "brand",
        "shown_status",
        "last_asked",
        "shown_support",
        "spoken",
    )
    list_filter = ("status", "brand", "last_asked")
    list_select_related = ("brand",)
    search_fields = ("question", "note")
    search_help_text = "Words of a question or of a note"
    list_per_page = 50
    change_form_outer_before_template = "console/partials/gap_head.html"
    actions = ("mark_them_answered", "dismiss_them", "reopen_them")
    fieldsets = (
        (None, {"fields": ("question", "brand", "status", "note")}),
        (
            "How it was asked",
            {"fields": ("count", "spoken", "first_asked", "last_asked")},
        ),
        ("What the archive has", {"fields": ("shown_support", "found")}),
        ("Settled", {"fields": ("settled", "settled_by")}),
    )
    readonly_fields = (
        "question",
        "brand",
        "count",
        "spoken",
        "first_asked",
        "last_asked",
        "shown_support",
        "found",
        "settled",
        "settled_by",
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(approve)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:pk>/approve/", view, name="gaps_gap_approve"), *urls]

    def render_change_form(
        self, request: HttpRequest, context: Any, *given: Any, obj: Any = None, **named: Any
    ) -> HttpResponse:
        context.update(gap=obj, may_approve=may_approve(request))
        shown: HttpResponse = super().render_change_form(request, context, *given, obj=obj, **named)
        return shown

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a gap is asked

    def save_model(self, request: HttpRequest, obj: Gap, form: Any, change: bool) -> None:
        if "status" in form.changed_data:
            obj.settle(by=request.user.pk)
        else:
            obj.save(update_fields=["note", "updated"])

    @display(description="Question", ordering="question")
    def asked(self, gap: Gap) -> str:
        return Truncator(gap.question).chars(140)

    @display(description="Status", ordering="status", label=STATUS_COLOURS)
    def shown_status(self, gap: Gap) -> tuple[str, str]:
        return gap.status, gap.get_status_display()

    @display(description="Support", ordering="support")
    def shown_support(self, gap: Gap) -> str:
        return f"{gap.support:.0%}"

    @display(description="Languages")
    def spoken(self, gap: Gap) -> str:
        return ", ".join(gap.languages) or "-"

    @display(description="Nearest passage")
    def found(self, gap: Gap) -> str:
        if gap.nearest is None:
            return "Nothing near it."
        return format_html(
            '{}<br><a class="{}" href="{}">{}</a>',
            Truncator(gap.nearest.text).words(60),
            LINK,
            reverse("admin:archive_document_change", args=[gap.nearest.document_id]),
            gap.nearest.document,
        )

    @admin.action(description="Mark answered", permissions=("change",))
    def mark_them_answered(self, request: HttpRequest, gaps: GapQuerySet) -> None:
        self.note_all(request, Act.CHANGED, gaps)
        self.tell(request, gaps.mark_answered(by=request.user.pk), "marked answered")

    @admin.action(description="Dismiss", permissions=("change",))
    def dismiss_them(self, request: HttpRequest, gaps: GapQuerySet) -> None:
        self.note_all(request, Act.CHANGED, gaps)
        self.tell(request, gaps.dismiss(by=request.user.pk), "dismissed")

    @admin.action(description="Reopen", permissions=("change",))
    def reopen_them(self, request: HttpRequest, gaps: GapQuerySet) -> None:
        self.note_all(request, Act.CHANGED, gaps)
        self.tell(request, gaps.reopen(), "reopened")

    def tell(self, request: HttpRequest, count: int, what: str) -> None:
        noun = "gap" if count == 1 else "gaps"
        level = messages.SUCCESS if count else messages.WARNING
        undo = " Reopen undoes it." if count and what != "reopened" else ""
        self.message_user(request, f"{count} {noun} {what}.{undo}", level)


def may_approve(request: HttpRequest) -> bool:
    """Whoever may see gaps and write approved answers."""
    return request.user.has_perms(("gaps.view_gap", "approved.add_approvedanswer"))


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the approved answer for a gap, or go on with it."""
    if not may_approve(request):
        raise PermissionDenied
    answer = begin(get_object_or_404(Gap, pk=pk), person(request))
    return redirect("admin:approved_approvedanswer_change", answer.pk)
