"""Documents that say the same, beside one another: a person says which of them stays."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console import wording
from archive.console.page import OpenFilter, ReadOnly, counted, linked, page, person
from archive.likeness.choose import ChoiceError, keep, reopen
from archive.models import Alike, Likeness
from archive.sources.difference import difference

Kind = Likeness.Kind
MARKS = {Kind.EXACT: "withdrawn", Kind.NEAR: "held", Kind.VARIANT: "unchanged"}
SHOWN = 3  # titles of a cluster in the list
MANY = 60  # documents of a cluster on its page


class DecidedFilter(OpenFilter):
    title = "decision"
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("settled", "Decided"), ("all", "All")]


@admin.register(Likeness)
class LikenessAdmin(ReadOnly, ModelAdmin):
    list_display = ("about", "shown_kind", "number", "brand", "found_on", "standing")
    list_display_links = None
    list_filter = (DecidedFilter, "kind", "brand")
    list_select_related = ("brand", "settled_by")
    search_fields = ("members__document__title", "members__document__key")
    search_help_text = "Title or file of a document"
    list_per_page = 50
    ordering = ("kind", "-found")
    list_before_template = "console/partials/copies_head.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(answer)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:pk>/<slug:word>/answer/", view, name="archive_likeness_answer"), *urls]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Likeness]:
        members = Alike.objects.select_related("document")
        rows: QuerySet[Likeness] = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("members", members)).annotate(
            count=Count("members", distinct=True)
        )

    def has_view_permission(self, request: HttpRequest, obj: Likeness | None = None) -> bool:
        return request.user.has_perm("archive.view_document")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"open_likenesses": Likeness.objects.filter(settled=None).count()}
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        likenesses = Likeness.objects.select_related("brand", "settled_by")
        likeness = get_object_or_404(likenesses, pk=object_id if object_id.isdecimal() else 0)
        above = (("Copies", reverse("admin:archive_likeness_changelist")),)
        return page(
            request, "console/copies.html", Kind(likeness.kind).label, above,
            **shown(likeness, request.GET.get("beside", "")), may_choose=may_choose(request),
        )  # fmt: skip

    @display(description="Documents")
    def about(self, likeness: Likeness) -> SafeString:
        titles = [each.document.title for each in likeness.members.all()]
        more = f" and {len(titles) - SHOWN} more" if len(titles) > SHOWN else ""
        address = reverse("admin:archive_likeness_change", args=[likeness.pk])
        return linked(address, " · ".join(titles[:SHOWN]) + more)

    @display(description="What they are", ordering="kind")
    def shown_kind(self, likeness: Likeness) -> SafeString:
        mark = MARKS[Kind(likeness.kind)]
        label = likeness.get_kind_display()
        return format_html('<span class="mark mark--{}">{}</span>', mark, label)

    @display(description="How many", ordering="count")
    def number(self, likeness: Any) -> int:
        count: int = likeness.count
        return count

    @display(description="Found", ordering="found")
    def found_on(self, likeness: Likeness) -> str:
        return wording.moment(likeness.found, likeness.brand)

    @display(description="")
    def standing(self, likeness: Likeness) -> SafeString | str:
        if likeness.settled:
            return f"Decided by {wording.who(likeness, 'settled_by')}"
        return linked(reverse("admin:archive_likeness_change", args=[likeness.pk]), "Decide")


def may_choose(request: HttpRequest) -> bool:
    """Whoever may change documents may say which of them stay."""
    return request.user.has_perm("archive.change_document")


def shown(likeness: Likeness, beside: str) -> dict[str, Any]:
    """The documents, and two of them paragraph by paragraph: the first and the one asked for.

    Raises Http404.
    """
    members = list(likeness.members.select_related("document__current"))
    if not members:
        raise Http404  # all of them were deleted
    first, others = members[0], members[1:]
    other = next((each for each in others if str(each.document_id) == beside), None)
    other = other or next(iter(others), None)
    rows = difference(first.document.text, other.document.text) if other else []
    return {
        "likeness": likeness,
        "members": members[:MANY],
        "more": max(len(members) - MANY, 0),
        "first": first,
        "other": other,
        "others": others[:MANY],
        "rows": rows,
        "same": not any(row.changed for row in rows),
        "by": wording.who(likeness, "settled_by"),
        "variant": likeness.kind == Kind.VARIANT,
    }


@require_POST
def answer(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Keep the documents named, keep all, or take an earlier answer back."""
    if not may_choose(request):
        raise PermissionDenied
    likeness = get_object_or_404(Likeness, pk=pk)
    try:
        messages.success(request, said(request, likeness, word))
    except ChoiceError as error:
        messages.warning(request, str(error))
    if word == "reopen":
        return redirect("admin:archive_likeness_change", pk)
    return redirect("admin:archive_likeness_changelist")


def said(request: HttpRequest, likeness: Likeness, word: str) -> SafeString | str:
    """Do what is asked; what there is to say of it. Raises ChoiceError and Http404."""
    if word == "reopen":
        reopen(likeness.pk, person(request))
        return "Taken back: everything stands as it stood."
    members = set(likeness.members.values_list("document_id", flat=True))
    if word not in {"all", "one"}:
        raise Http404
    chosen = members if word == "all" else named(request, members)
    count = keep(likeness.pk, chosen, person(request))
    if not count:
        return "All of them stay. They are not asked about again while their texts stay the same."
    address = reverse("admin:archive_likeness_change", args=[likeness.pk])
    sentence = f"{counted(count, 'document')} withdrawn from every reader."
    return format_html("{} {}", sentence, linked(address, "See it, or take it back"))


def named(request: HttpRequest, members: set[int]) -> set[int]:
    asked = {int(pk) for pk in request.POST.getlist("document") if pk.isdecimal()}
    return asked & members
