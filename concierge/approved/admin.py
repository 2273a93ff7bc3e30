"""The house's own answers, for curators and experts: the most used first."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from archive.console import wording
from archive.console.page import counted, linked, person
from archive.embedding import EmbeddingError
from archive.models import Brand
from archive.viewer import Audience
from concierge.approved.attention import needing_attention, remarks, troubles
from concierge.approved.embed import embed_missing
from concierge.approved.form import (
    AnswerForm,
    PieceFormSet,
    QuotationForm,
    QuotationFormSet,
    WordingForm,
    WordingFormSet,
)
from concierge.approved.live import NotReadyError, make_live, take_back
from concierge.approved.models import ApprovedAnswer, Quotation, ShownPiece, Status, Wording
from concierge.approved.tryout import try_question

ROWS = {"text": 7, "note": 2, "cited_text": 3}  # lines of a field
NO_MODEL = "Until the embedding model answers, only the very words of its questions find it: {}"


class AttentionFilter(admin.SimpleListFilter):
    title = "attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("needed", "Live, and not said")]

    def queryset(self, request: HttpRequest, answers: QuerySet[Any]) -> QuerySet[Any]:
        return answers.filter(needing_attention()) if self.value() == "needed" else answers


class WordingInline(TabularInline):
    model = Wording
    form, formset = WordingForm, WordingFormSet
    verbose_name, verbose_name_plural = "question", "Questions it answers"
    extra = 1


class QuotationInline(TabularInline):
    model = Quotation
    form, formset = QuotationForm, QuotationFormSet
    verbose_name_plural = "What it rests on, word for word"
    fields = ("number", "document", "cited_text")
    autocomplete_fields = ("document",)
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        if db_field.name in ROWS:
            named["widget"] = UnfoldAdminTextareaWidget(attrs={"rows": ROWS[db_field.name]})
        return super().formfield_for_dbfield(db_field, request, **named)


class PieceInline(TabularInline):
    model = ShownPiece
    formset = PieceFormSet
    verbose_name_plural = "Pieces shown beside it"
    fields = ("product", "position")
    autocomplete_fields = ("product",)
    extra = 0


@admin.register(ApprovedAnswer)
class ApprovedAnswerAdmin(ModelAdmin):
    form = AnswerForm
    list_display = (
        "asked",
        "standing",
        "hits",
        "last",
        "near_hits",
        "audience",
        "language",
        "until",
    )
    list_display_links = None
    list_filter = (AttentionFilter, "status", "brand", "audience", "language")
    search_fields = ("text", "wordings__text", "note")
    search_help_text = "Words of a question, an answer or a note"
    list_per_page = 50
    list_before_template = "console/partials/approved_head.html"
    change_form_outer_before_template = "console/partials/approved_standing.html"
    inlines = (WordingInline, QuotationInline, PieceInline)
    fieldsets = (
        (None, {"fields": ("brand", "text")}),
        ("Whom it is for", {"fields": ("language", "audience", "expires")}),
        ("For colleagues", {"fields": ("note",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("try/", view(try_question), name="approved_try"),
            path("<int:pk>/live/", view(live), name="approved_live"),
            path("<int:pk>/draft/", view(draft), name="approved_draft"),
            *urls,
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApprovedAnswer]:
        found: QuerySet[ApprovedAnswer] = super().get_queryset(request)
        return found.select_related("brand").prefetch_related("wordings")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A house alone is the one that is meant."""
        found: dict[str, Any] = super().get_changeform_initial_data(request)
        first, *others = [*Brand.objects.all()[:2], None]
        if first and others == [None]:
            found |= {"brand": first, "language": first.language[:2]}
        return found

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        if db_field.name in ROWS:
            named["widget"] = UnfoldAdminTextareaWidget(attrs={"rows": ROWS[db_field.name]})
        return super().formfield_for_dbfield(db_field, request, **named)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("brand",) if obj else ()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {
            "any_answer": ApprovedAnswer.objects.exists(),
            "needing": ApprovedAnswer.objects.filter(needing_attention()).count(),
            "may_add": self.has_add_permission(request),
            "brands": Brand.objects.all(),
            "audiences": Audience.choices,
        }
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    def render_change_form(
        self, request: HttpRequest, context: Any, *given: Any, obj: Any = None, **named: Any
    ) -> HttpResponse:
        if obj is not None:
            context.update(
                answer=obj,
                troubles=troubles(obj),
                remarks=remarks(obj),
                author=wording.who(obj, "author") if obj.author_id else "",
                may_change=self.has_change_permission(request, obj),
            )
        shown: HttpResponse = super().render_change_form(request, context, *given, obj=obj, **named)
        return shown

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only what was changed: hits may be counted at this moment."""
        if not change:
            obj.author = request.user
        obj.save(update_fields=[*form.changed_data, "updated"] if change else None)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        answer = form.instance

        def embed() -> None:
            try:
                embed_missing(answer)
            except EmbeddingError as error:
                messages.warning(request, NO_MODEL.format(error))

        transaction.on_commit(embed)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """To its page, where it is tried and made live."""
        messages.success(request, "It is kept as a draft. Try it, then make it live.")
        return redirect("admin:approved_approvedanswer_change", obj.pk)

    @display(description="Question")
    def asked(self, answer: ApprovedAnswer) -> SafeString:
        address = reverse("admin:approved_approvedanswer_change", args=[answer.pk])
        wordings = answer.wordings.all()
        more = f" and {len(wordings) - 1} more" if len(wordings) > 1 else ""
        link = linked(address, Truncator(str(answer)).chars(120))
        return format_html('{}<span class="quiet small">{}</span>', link, more)

    @display(description="Standing", ordering="status")
    def standing(self, answer: ApprovedAnswer) -> SafeString:
        mark, words = standing_of(answer, bool(troubles(answer)))
        return format_html('<span class="mark mark--{}">{}</span>', mark, words)

    @display(description="Last used", ordering="last_hit")
    def last(self, answer: ApprovedAnswer) -> str:
        return f"{answer.last_hit:%-d %B %Y}" if answer.last_hit else "–"

    @display(description="Until", ordering="expires")
    def until(self, answer: ApprovedAnswer) -> str:
        return f"{answer.expires:%-d %B %Y}" if answer.expires else "–"


def standing_of(answer: ApprovedAnswer, troubled: bool) -> tuple[str, str]:
    if answer.status == Status.DRAFT:
        return "draft", "Draft"
    if answer.is_over:
        return "withdrawn", "Expired"
    return ("withdrawn", "Not said") if troubled else ("published", "Live")


def changeable(request: HttpRequest, pk: int) -> ApprovedAnswer:
    """Raises PermissionDenied and Http404."""
    if not request.user.has_perm("approved.change_approvedanswer"):
        raise PermissionDenied
    return get_object_or_404(ApprovedAnswer, pk=pk)


@require_POST
def live(request: HttpRequest, pk: int) -> HttpResponse:
    answer = changeable(request, pk)
    try:
        make_live(answer, person(request))
    except NotReadyError as error:
        messages.error(request, f"It stays a draft. {error}")
    else:
        questions = counted(answer.wordings.count(), "question")
        messages.success(request, f"It is live: {questions} and those near are answered by it.")
    return redirect("admin:approved_approvedanswer_change", pk)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    take_back(changeable(request, pk))
    messages.success(request, "It is a draft again, and no longer said.")
    return redirect("admin:approved_approvedanswer_change", pk)
