"""What cleaning left out of documents: why, and back into the text by one click."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console.page import ReadOnly, counted, linked, page, person
from archive.ingestion import drops as acts
from archive.models import Boilerplate, Document, Drop, IngestionRun

RULES = {
    "running_head": ("Running heads", "They stand at the top of many of its pages."),
    "running_foot": ("Running feet", "They stand at the foot of many of its pages."),
    "page_number": ("Page numbers", "Nothing but the number of the page."),
    "navigation": ("Navigation", "The menus of the site around the page."),
    "header": ("Page headers", "What stands above every page of the site."),
    "footer": ("Page footers", "What stands below every page of the site."),
    "aside": ("Side matter", "What the page itself sets aside."),
    "search": ("Search boxes", "For the site's visitors."),
    "form": ("Forms and buttons", "What a visitor of the page works with."),
    "hidden": ("Hidden words", "The page does not show them."),
    "cookie_notice": ("Cookie notices", "By their name and by what they say."),
    "share_links": ("Links for sharing", "Names of other sites, and nothing else."),
    "outside": ("Outside the main part", "Neither in the page's main part nor marked as anything."),
    "boilerplate": ("Paragraphs of many documents", "Left out of all of them by a person."),
    "encoding": ("Misread words", "Written in the wrong alphabet once, and made right."),
}
MANY = 400  # stretches shown on one page
LONG = 900  # characters of a stretch shown
WORDS = {"restore": acts.restore, "leave-out": acts.leave_out}
SAID = {
    "restore": "It comes back into the text of “{}” now, and stays in its later versions.",
    "leave-out": "It is left out of “{}” again now.",
}


class RuleFilter(admin.SimpleListFilter):
    title = "rule"
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(rule, name) for rule, (name, _) in RULES.items()]

    def queryset(self, request: HttpRequest, drops: QuerySet[Drop]) -> QuerySet[Drop]:
        return drops.filter(rule=self.value()) if self.value() else drops


class StandingFilter(admin.SimpleListFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("out", "Left out"), ("restored", "Restored")]

    def queryset(self, request: HttpRequest, drops: QuerySet[Drop]) -> QuerySet[Drop]:
        if not self.value():
            return drops
        return drops.filter(restored__isnull=self.value() == "out")


@admin.register(Drop)
class DropAdmin(ReadOnly, ModelAdmin):
    list_display = ("stretch", "of", "named", "why", "times", "standing")
    list_display_links = None
    list_filter = (StandingFilter, RuleFilter, "document__brand")
    list_select_related = ("document",)
    search_fields = ("text", "document__title", "document__key")
    search_help_text = "Words that were left out, title or file of a document"
    list_per_page = 50
    list_before_template = "console/partials/drops_head.html"
    actions = ("restore_them", "leave_them_out")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("document/<int:pk>/", view(of_document), name="archive_drop_document"),
            path("everywhere/", view(everywhere), name="archive_drop_everywhere"),
            path("everywhere/<int:pk>/<slug:word>/", view(settle), name="archive_drop_settle"),
            path("<int:pk>/<slug:word>/", view(decide), name="archive_drop_decide"),
            *urls,
        ]

    def has_view_permission(self, request: HttpRequest, obj: Drop | None = None) -> bool:
        return request.user.has_perm("archive.view_document")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_decide(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        drop = get_object_or_404(Drop, pk=object_id if object_id.isdecimal() else 0)
        return redirect("admin:archive_drop_document", drop.document_id)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        waiting = Boilerplate.objects.filter(left_out=None).count()
        more = {"paragraphs": waiting, "any_drops": Drop.objects.exists()}
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    @display(description="What was left out", ordering="text")
    def stretch(self, drop: Drop) -> str:
        return Truncator(drop.text).chars(90)

    @display(description="Document", ordering="document__title")
    def of(self, drop: Drop) -> SafeString:
        address = reverse("admin:archive_drop_document", args=[drop.document_id])
        return linked(address, drop.document.title)

    @display(description="Rule", ordering="rule")
    def named(self, drop: Drop) -> str:
        return RULES.get(drop.rule, (drop.rule, ""))[0]

    @display(description="Why", ordering="value")
    def why(self, drop: Drop) -> str:
        return drop.value[:1].upper() + drop.value[1:]

    @display(description="Times", ordering="count")
    def times(self, drop: Drop) -> int:
        return drop.count

    @display(description="Standing", ordering="restored")
    def standing(self, drop: Drop) -> SafeString:
        mark, word = standing(drop)
        return format_html('<span class="mark mark--{}">{}</span>', mark, word)

    @admin.action(description="Restore to the text", permissions=("decide",))
    def restore_them(self, request: HttpRequest, drops: QuerySet[Drop]) -> None:
        decide_together(request, drops, restored=True)

    @admin.action(description="Leave out again", permissions=("decide",))
    def leave_them_out(self, request: HttpRequest, drops: QuerySet[Drop]) -> None:
        decide_together(request, drops, restored=False)


def may_decide(request: HttpRequest) -> bool:
    """Whoever may change documents may say what stands in them."""
    return request.user.has_perm("archive.change_document")


def standing(drop: Drop) -> tuple[str, str]:
    """A mark of the console's, and a word."""
    if drop.restored:
        return ("waiting", "Comes back") if drop.left_out else ("published", "In the text again")
    return ("unchanged", "Left out") if drop.left_out else ("waiting", "Is taken out")


def decide_together(request: HttpRequest, drops: QuerySet[Drop], *, restored: bool) -> None:
    """One run for each house; a house's documents are its own."""
    by_brand: dict[int, list[Drop]] = {}
    for drop in drops.select_related("document"):
        by_brand.setdefault(drop.document.brand_id, []).append(drop)
    runs = [acts.decide(each, restored=restored, by=person(request)) for each in by_brand.values()]
    done = sum(run.items.count() for run in runs if run)
    told(request, counted(done, "document") + " brought in again.", [run for run in runs if run])


def told(request: HttpRequest, sentence: str, runs: list[IngestionRun]) -> None:
    if not runs:
        messages.info(request, "That is so already.")
        return
    address = reverse("admin:archive_ingestionrun_change", args=[runs[0].pk])
    messages.success(request, format_html("{} {}", sentence, linked(address, "See the run")))


@require_safe
def of_document(request: HttpRequest, pk: int) -> HttpResponse:
    """What one document's file holds and its text does not, by rule."""
    if not request.user.has_perm("archive.view_document"):
        raise PermissionDenied
    document = get_object_or_404(Document.objects.select_related("brand"), pk=pk)
    order = {rule: place for place, rule in enumerate(RULES)}
    rows = sorted(document.drops.all()[:MANY], key=lambda drop: order.get(drop.rule, len(order)))
    groups = [
        {"named": RULES.get(rule, (rule, "")), "rows": [shown(drop) for drop in found]}
        for rule, found in groupby(rows, key=lambda drop: drop.rule)
    ]
    above = (
        (document.title, reverse("admin:archive_document_change", args=[pk])),
        ("Everything left out", reverse("admin:archive_drop_changelist")),
    )
    return page(
        request, "console/drops.html", f"Left out of “{document.title}”", above,
        document=document, groups=groups, more=document.drops.count() - len(rows),
        may_decide=may_decide(request),
    )  # fmt: skip


def shown(drop: Drop) -> dict[str, Any]:
    mark, word = standing(drop)
    return {
        "drop": drop,
        "mark": mark,
        "word": word,
        "lines": Truncator(drop.text).chars(LONG).split("\n"),
        "times": "once" if drop.count == 1 else counted(drop.count, "time"),
    }


@require_POST
def decide(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    if not may_decide(request):
        raise PermissionDenied
    if word not in WORDS:
        raise Http404
    drop = get_object_or_404(Drop.objects.select_related("document"), pk=pk)
    run = WORDS[word](drop, person(request))
    told(request, SAID[word].format(drop.document.title), [run] if run else [])
    return redirect("admin:archive_drop_document", drop.document_id)


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Paragraphs at the edge of many documents, and what became of them."""
    if not request.user.has_perm("archive.view_document"):
        raise PermissionDenied
    rows = Boilerplate.objects.select_related("brand", "decided_by").order_by("brand", "pk")
    above = (("Everything left out", reverse("admin:archive_drop_changelist")),)
    return page(
        request, "console/everywhere.html", "Paragraphs of many documents", above,
        waiting=[row for row in rows if row.left_out is None],
        settled=[row for row in rows if row.left_out is not None], may_decide=may_decide(request),
    )  # fmt: skip


@require_POST
def settle(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    if not may_decide(request):
        raise PermissionDenied
    row = get_object_or_404(Boilerplate.objects.select_related("brand"), pk=pk)
    if word == "leave-out":
        run = acts.take_from_all(row, person(request))
        told(request, "It leaves every document of the house now.", [run] if run else [])
    elif word == "keep":
        acts.let_stay(row, person(request))
        messages.success(request, "It stays. It is not asked about again.")
    else:
        raise Http404
    return redirect("admin:archive_drop_everywhere")
