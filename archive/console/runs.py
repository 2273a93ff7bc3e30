"""What came of every ingestion, in pictures that say in words what they show."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console import wording
from archive.console.page import ReadOnly, counted, lasted, linked, page, sized
from archive.console.upload import may_upload, upload
from archive.ingestion.again import try_again
from archive.ingestion.watch import Progress, progress
from archive.models import IngestionItem, IngestionRun
from archive.review.glance import bars, earlier, glance

State = IngestionItem.State
PER_PAGE = 100  # files
STEPS = {
    "fetch": "Fetching",
    "parse": "Reading",
    "clean": "Cleaning",
    "split": "Splitting",
    "embed": "Embedding",
    "index": "Storing",
}


@admin.register(IngestionRun)
class IngestionRunAdmin(ReadOnly, ModelAdmin):
    list_display = ("named", "brand", "when", "outcome", "took", "person")
    list_display_links = None
    list_filter = ("brand", "source", "created")
    list_select_related = ("brand", "source", "started_by")
    search_fields = ("origin", "items__key", "items__reason")
    search_help_text = "What was asked for, a file, or a reason"
    list_before_template = "console/partials/runs_head.html"
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("bring/", view(upload), name="archive_upload"),
            path("<int:pk>/items/", view(items), name="archive_run_items"),
            path("<int:pk>/again/", view(again), name="archive_run_again"),
            *urls,
        ]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed = super().get_changelist_instance(request)
        listed.result_list = list(listed.result_list)
        found = bars(listed.result_list)
        for run in listed.result_list:
            run.bar = found[run.pk]
        return listed

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_upload": may_upload(request)}
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The run's page, or (for htmx, while the run goes on) its picture alone."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        runs = IngestionRun.objects.select_related("brand", "source", "started_by")
        run = get_object_or_404(runs, pk=object_id if object_id.isdecimal() else 0)
        context = seen(run) | {"may_try": may_upload(request)}
        if request.headers.get("hx-request"):
            return TemplateResponse(request, "console/partials/run.html", context)
        above = (("Runs", reverse("admin:archive_ingestionrun_changelist")),)
        return page(request, "console/run.html", run.origin, above, **context)

    @display(description="What was asked for", ordering="origin")
    def named(self, run: IngestionRun) -> SafeString:
        return linked(reverse("admin:archive_ingestionrun_change", args=[run.pk]), run.origin)

    @display(description="When", ordering="created")
    def when(self, run: IngestionRun) -> str:
        return wording.moment(run.created, run.brand)

    @display(description="What came of it")
    def outcome(self, run: Any) -> SafeString:
        return SafeString(
            render_to_string("console/partials/bar.html", {"parts": run.bar, "short": True})
        )

    @display(description="Took")
    def took(self, run: IngestionRun) -> str:
        return lasted(run.finished - run.created) if run.finished else "Not over"

    @display(description="Who", ordering="started_by")
    def person(self, run: IngestionRun) -> str:
        return run.source.name if run.source else wording.who(run, "started_by")


def seen(run: IngestionRun) -> dict[str, Any]:
    """All that a run's page shows."""
    shown = glance(run)
    how_far = progress(run)
    return {
        "run": run,
        "glance": shown,
        "progress": how_far,
        "live": run.finished is None,
        "sentence": sentence(run, how_far),
        "when": wording.moment(run.created, run.brand),
        "who": wording.who(run, "started_by"),
        "bytes": sized(shown.bytes),
        "largest": sized(shown.largest),
        "steps": [(STEPS[name], seconds, share) for name, seconds, share in shown.steps],
        "earlier": earlier(run),
        "items_address": reverse("admin:archive_run_items", args=[run.pk]),
    }


def sentence(run: IngestionRun, how_far: Progress) -> str:
    """How far it is, or how it ended, in one line."""
    if run.finished is None and run.gathering:
        return (
            f"{run.source or 'Its source'} is being read; {counted(how_far.total, 'file')} so far."
        )
    if run.finished is None:
        done = f"{how_far.done:,} of {counted(how_far.total, 'file')} done"
        return f"{done}{left(how_far)}."
    if not how_far.total:
        return "Nothing new was found."
    took = lasted(run.finished - run.created)
    passages = counted(how_far.passages, "passage")
    failed = f"; {how_far.failed:,} failed" if how_far.failed else ", none failed"
    return f"{counted(how_far.total, 'file')} in {took}, {passages}{failed}."


def left(how_far: Progress) -> str:
    if how_far.seconds_left is None or not how_far.files_per_second:
        return ", no worker has ended one yet" if not how_far.done else ""
    rate = f"{how_far.files_per_second:.1f} files and {how_far.per_second:.0f} passages a second"
    return f", at {rate}; about {lasted(timedelta(seconds=how_far.seconds_left))} left"


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let what failed be tried once more."""
    if not may_upload(request):
        raise PermissionDenied
    run = get_object_or_404(IngestionRun, pk=pk)
    count = try_again(run.items.all())
    level = messages.SUCCESS if count else messages.WARNING
    messages.add_message(request, level, f"{counted(count, 'file')} tried again.")
    return redirect("admin:archive_ingestionrun_change", pk)


@require_safe
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a run, of one outcome or all, a hundred a page."""
    if not request.user.has_perm("archive.view_ingestionrun"):
        raise PermissionDenied
    run = get_object_or_404(IngestionRun.objects.select_related("brand"), pk=pk)
    state = request.GET.get("state", "")
    rows = run.items.select_related("document").order_by("key")
    if state in State.values:
        rows = rows.filter(state=state)
    pages = Paginator(rows, PER_PAGE)
    return page(
        request,
        "console/run_items.html",
        "Files of the run",
        ((run.origin, reverse("admin:archive_ingestionrun_change", args=[run.pk])),),
        run=run,
        state=state,
        parts=bars([run])[run.pk],
        pages=pages.get_page(request.GET.get("page")),
    )
