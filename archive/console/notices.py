"""What staff are told, until somebody has seen to it."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console import wording
from archive.console.page import OpenFilter, ReadOnly, counted, linked, person
from archive.models import Notice
from archive.review.notices import settle


class SettledFilter(OpenFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("settled", "Settled"), ("all", "All")]


@admin.register(Notice)
class NoticeAdmin(ReadOnly, ModelAdmin):
    list_display = ("text", "about_what", "brand", "told", "standing")
    list_display_links = None
    list_filter = (SettledFilter, ("about", admin.AllValuesFieldListFilter), "brand", "created")
    list_select_related = ("brand", "document", "item__run", "source", "settled_by")
    search_fields = ("text", "subject")
    search_help_text = "Words of a notice, or what it is about"
    list_per_page = 50
    list_before_template = "console/partials/notices_head.html"
    actions = ("settle_them",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        one = path("<int:pk>/settle/", view(settle_one), name="archive_notice_settle")
        every = path("settle/", view(settle_all), name="archive_notice_settle_all")
        urls: list[URLPattern] = super().get_urls()
        return [one, every, *urls]

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return may_settle(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        waiting = Notice.objects.filter(settled=None).count()
        more = {"open_notices": waiting, "may_settle": may_settle(request)}
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    @display(description="About")
    def about_what(self, notice: Notice) -> SafeString | str:
        if notice.document:
            address = reverse("admin:archive_document_change", args=[notice.document.pk])
            return linked(address, notice.document.title)
        if notice.item:
            address = reverse("admin:archive_ingestionrun_change", args=[notice.item.run_id])
            return linked(address, notice.item.file_name)
        return notice.subject

    @display(description="Told", ordering="created")
    def told(self, notice: Notice) -> str:
        return wording.moment(notice.created, notice.brand)

    @display(description="")
    def standing(self, notice: Notice) -> SafeString | str:
        if notice.settled:
            return f"Settled by {wording.who(notice, 'settled_by')}"
        return format_html(
            '<button type="submit" class="button button--link" formaction="{}">Settle</button>',
            reverse("admin:archive_notice_settle", args=[notice.pk]),
        )

    @admin.action(description="Settle", permissions=("settle",))
    def settle_them(self, request: HttpRequest, notices: QuerySet[Notice]) -> None:
        said(request, settle(Notice.objects.filter(pk__in=notices.values("pk")), person(request)))


def may_settle(request: HttpRequest) -> bool:
    return request.user.has_perm("archive.change_notice")


@require_POST
def settle_one(request: HttpRequest, pk: int) -> HttpResponse:
    if may_settle(request):
        get_object_or_404(Notice, pk=pk)
    return settled(request, Notice.objects.filter(pk=pk))


@require_POST
def settle_all(request: HttpRequest) -> HttpResponse:
    return settled(request, Notice.objects.all())


def settled(request: HttpRequest, notices: QuerySet[Notice]) -> HttpResponse:
    if not may_settle(request):
        raise PermissionDenied
    said(request, settle(notices, person(request)))
    return redirect("admin:archive_notice_changelist")


def said(request: HttpRequest, count: int) -> None:
    level = messages.SUCCESS if count else messages.WARNING
    messages.add_message(request, level, f"{counted(count, 'notice')} settled.")
