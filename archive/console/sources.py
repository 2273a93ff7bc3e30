"""Sources: where they are, when they are read, what the last run brought."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST
from kombu.exceptions import OperationalError
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console import wording
from archive.console.page import counted, lasted, linked, page, person
from archive.console.source_form import SourceForm
from archive.models import Brand, IngestionItem, IngestionRun, Proposal, Source
from archive.review.delete import source_uses
from archive.review.glance import bars
from archive.sources import ask, foresight
from archive.sources.gone import propose_missing
from archive.sources.lease import is_read
from archive.sources.schedule import described, upcoming

CHOICES = ("rhythm", "at", "weekday")  # fields of the form alone
NAMED = 8  # failures and sentences of the last run shown
RUNS = 6  # shown on a source's page
SORTS = (
    ("new", "New", "created"),
    ("changed", "Changed", "updated"),
    ("gone", "Gone", "failed"),
    ("unsure", "Not asked for", "waiting"),
)
NO_QUEUE = "Redis does not answer just now. It is done as soon as it does."


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    form = SourceForm
    list_display = ("named", "brand", "shown_kind", "read_when", "next_run", "last_run")
    list_display_links = None
    list_filter = ("brand", "kind", "enabled")
    list_select_related = ("brand",)
    search_fields = ("name", "address")
    search_help_text = "Name or address"
    list_before_template = "console/partials/sources_head.html"
    change_form_outer_before_template = "console/partials/source_head.html"
    fieldsets = (
        (None, {"fields": ("brand", "name", "kind", "address")}),
        ("When", {"fields": (*CHOICES, "schedule", "enabled")}),
        (
            "What its documents are",
            {
                "fields": ("arrives", "document_kind", "audience", "rights", "licence"),
                "description": "For what comes in from now on; what is here already stays so.",
            },
        ),
    )
    conditional_fields = {
        "at": "rhythm == 'hourly' || rhythm == 'daily' || rhythm == 'weekly'",
        "weekday": "rhythm == 'weekly'",
        "schedule": "rhythm == 'own'",
    }

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("<int:pk>/run/", view(run_now), name="archive_source_run"),
            path("<int:pk>/switch/", view(switch), name="archive_source_switch"),
            path("<int:pk>/missing/", view(propose), name="archive_source_missing"),
            path("<int:pk>/forecast/", view(forecast), name="archive_source_forecast"),
            *urls,
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("brand", "kind") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Where there is one brand, it is that one's."""
        brands = list(Brand.objects.values_list("pk", flat=True)[:2])
        return {"brand": brands[0]} if len(brands) == 1 else {}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever may only look sees the schedule itself."""
        if self.has_change_permission(request, obj) or obj is None:
            return self.fieldsets
        return [
            (name, said | {"fields": [each for each in said["fields"] if each not in CHOICES]})
            for name, said in self.fieldsets
        ]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed = super().get_changelist_instance(request)
        listed.result_list = list(listed.result_list)
        last = {each.pk: each.runs.order_by("-created").first() for each in listed.result_list}
        found = bars(run for run in last.values() if run)
        for source in listed.result_list:
            source.last = last[source.pk]
            source.bar = found.get(source.last.pk, ()) if source.last else ()
        return listed

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"any_source": Source.objects.exists(), "may_add": self.has_add_permission(request)}
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    def render_change_form(
        self, request: HttpRequest, context: Any, *given: Any, obj: Any = None, **named: Any
    ) -> HttpResponse:
        if obj is not None:
            context.update(standing(request, obj))
        shown: HttpResponse = super().render_change_form(request, context, *given, obj=obj, **named)
        return shown

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """Only what was changed: a worker may hold the source at this moment."""
        obj.schedule = form.cleaned_data["schedule"]
        fields = {"schedule", *form.changed_data} - {*CHOICES}
        obj.save(update_fields=fields if change else None)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A source on whose documents something rests stays; the page says what."""
        found = super().get_deleted_objects(objs, request)
        uses = [sentence for source in objs for sentence in source_uses(source)]
        return (*found[:3], [*found[3], *uses])

    @display(description="Name", ordering="name")
    def named(self, source: Source) -> SafeString:
        return linked(reverse("admin:archive_source_change", args=[source.pk]), source.name)

    @display(description="Kind", ordering="kind")
    def shown_kind(self, source: Source) -> str:
        return str(source.get_kind_display())

    @display(description="Read")
    def read_when(self, source: Source) -> str:
        return described(source.schedule) if source.enabled else "Switched off"

    @display(description="Next")
    def next_run(self, source: Source) -> str:
        moment = upcoming(source)
        return wording.moment(moment, source.brand) if moment else "–"

    @display(description="Last run")
    def last_run(self, source: Any) -> SafeString | str:
        if is_read(source):
            return "Is being read"
        if source.last is None:
            return "Never"
        return SafeString(
            render_to_string("console/partials/bar.html", {"parts": source.bar, "short": True})
        )


def standing(request: HttpRequest, source: Source) -> dict[str, Any]:
    """What stands above a source's form."""
    runs = list(source.runs.order_by("-created")[:RUNS])
    found = bars(runs)
    moment = upcoming(source)
    waits = source.wanted is not None or any(run.gathering for run in runs)
    return {
        "source": source,
        "rhythm_words": described(source.schedule) if source.enabled else "Switched off",
        "next_run": wording.moment(moment, source.brand) if moment else "",
        "busy": is_read(source) or waits,
        "runs": [(run, wording.moment(run.created, source.brand), found[run.pk]) for run in runs],
        "told": told(runs[0]) if runs else [],
        "failures": failures(runs[0]) if runs else [],
        "entries": source.listings.filter(missing_since=None).exclude(content_hash="").count(),
        "missing": unproposed(source),
        "waiting": open_proposals(source),
        "open_notices": source.notices.filter(settled=None),
        "may_change": may_change(request),
    }


def told(run: IngestionRun) -> list[str]:
    """What the last run has to say beyond its counts."""
    return [str(note) for note in run.notes[1:]][:NAMED]


def failures(run: IngestionRun) -> list[tuple[str, str]]:
    """(file, reason) of what failed in the last run, the first of them."""
    failed = run.items.filter(state=IngestionItem.State.FAILED).order_by("key")
    return list(failed.values_list("key", "reason")[:NAMED])


def unproposed(source: Source) -> int:
    """Files that are gone and that nobody has been asked about."""
    gone = source.listings.filter(missing_since__isnull=False, document__isnull=False)
    return gone.exclude(document__proposals__act="withdraw").count()


def open_proposals(source: Source) -> int:

    return Proposal.objects.filter(source=source, answer="").count()


def may_change(request: HttpRequest) -> bool:
    return request.user.has_perm("archive.change_source")


def changeable(request: HttpRequest, pk: int) -> Source:
    """Raises PermissionDenied and Http404."""
    if not may_change(request):
        raise PermissionDenied
    return get_object_or_404(Source.objects.select_related("brand"), pk=pk)


@require_POST
def run_now(request: HttpRequest, pk: int) -> HttpResponse:
    source = changeable(request, pk)
    if ask.want(source, person(request)):
        messages.success(request, f"“{source.name}” is read as soon as a worker is free.")
    else:
        messages.warning(request, f"“{source.name}” is being read at this moment.")
    return redirect("admin:archive_source_change", pk)


@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    source = changeable(request, pk)
    source.enabled = not source.enabled
    source.save(update_fields=["enabled"])
    said = "on" if source.enabled else "off"
    messages.success(request, f"“{source.name}” is switched {said}.")
    return redirect("admin:archive_source_change", pk)


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    source = changeable(request, pk)
    count = propose_missing(source)
    messages.success(request, f"{counted(count, 'withdrawal')} proposed.")
    return redirect("admin:archive_proposal_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run would do: asked for by POST, made by a worker, shown here when it is there."""
    source = changeable(request, pk)
    if request.method == "POST":
        try:
            foresight.ask(source)
        except OperationalError:
            messages.warning(request, NO_QUEUE)
        return redirect("admin:archive_source_forecast", pk)
    context = foreseen(source)
    if request.headers.get("hx-request"):
        return TemplateResponse(request, "console/partials/forecast.html", context)
    above = (
        ("Sources", reverse("admin:archive_source_changelist")),
        (source.name, reverse("admin:archive_source_change", args=[pk])),
    )
    return page(request, "console/forecast.html", "Dry run", above, **context)


def foreseen(source: Source) -> dict[str, Any]:
    found = foresight.known(source)
    if found is None:
        return {"source": source, "state": "none"}
    context = {"source": source, "state": found["state"], "found": found}
    context["at"] = wording.moment(found["at"], source.brand)
    if found["state"] == "made":
        context["sorts"] = [
            (label, mark, found[name]) for name, label, mark in SORTS if found[name]["count"]
        ]
        context["text"] = (
            f"about {counted(found['characters'], 'character')}, "
            f"{counted(found['tokens'], 'token')}, {counted(found['passages'], 'passage')}"
        )
        context["time"] = lasted(timedelta(seconds=found["seconds"]))
    return context
