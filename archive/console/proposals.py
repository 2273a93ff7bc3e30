"""What the product would do to documents, and asks a person first."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
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
from archive.models import Proposal
from archive.sources.answer import AnswerError, accept, accept_withdrawals, decline
from archive.sources.difference import difference

Act, Answer = Proposal.Act, Proposal.Answer
ANSWERS = {"accept": accept, "decline": decline}
SAID = {
    ("accept", Act.WITHDRAW): "“{}” is withdrawn from every reader.",
    ("accept", Act.REPLACE): "The new text of “{}” comes in now.",
    ("decline", Act.WITHDRAW): "“{}” stays as it is.",
    ("decline", Act.REPLACE): "“{}” keeps its text. This change is not asked about again.",
}


class AnswerFilter(OpenFilter):
    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Answer.choices, ("all", "All")]

    def those(self, rows: QuerySet[Any], said: str) -> QuerySet[Any]:
        return rows.filter(answer=said)


@admin.register(Proposal)
class ProposalAdmin(ReadOnly, ModelAdmin):
    list_display = ("about", "shown_act", "brand", "where", "proposed", "standing")
    list_display_links = None
    list_filter = (AnswerFilter, "act", "brand", "source")
    list_select_related = ("brand", "document", "source", "answered_by")
    search_fields = ("document__title", "document__key", "reason")
    search_help_text = "Title or file of a document, words of a reason"
    list_per_page = 50
    list_before_template = "console/partials/proposals_head.html"
    actions = ("accept_them", "decline_them")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(answer)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:pk>/<slug:word>/answer/", view, name="archive_proposal_answer"), *urls]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        proposals: QuerySet[Proposal] = super().get_queryset(request)
        return proposals.defer("text")

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return may_answer(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"open_proposals": Proposal.objects.filter(answer="").count()}
        listed: HttpResponse = super().changelist_view(request, more | (extra_context or {}))
        return listed

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The two texts beside each other, or why a document is to be withdrawn."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        related = ("brand", "document__current", "source", "item", "answered_by")
        proposals = Proposal.objects.select_related(*related)
        proposal = get_object_or_404(proposals, pk=object_id if object_id.isdecimal() else 0)
        above = (("Proposals", reverse("admin:archive_proposal_changelist")),)
        return page(
            request, "console/proposal.html", proposal.document.title, above, **shown(proposal),
            may_answer=may_answer(request),
        )  # fmt: skip

    @display(description="Document", ordering="document__title")
    def about(self, proposal: Proposal) -> SafeString:
        address = reverse("admin:archive_proposal_change", args=[proposal.pk])
        return linked(address, proposal.document.title)

    @display(description="Proposed", ordering="act")
    def shown_act(self, proposal: Proposal) -> SafeString:
        mark = "withdrawn" if proposal.act == Act.WITHDRAW else "held"
        label = proposal.get_act_display()
        return format_html('<span class="mark mark--{}">{}</span>', mark, label)

    @display(description="Source", ordering="source")
    def where(self, proposal: Proposal) -> str:
        return proposal.source.name if proposal.source else "Brought in by hand"

    @display(description="Since", ordering="created")
    def proposed(self, proposal: Proposal) -> str:
        return wording.moment(proposal.created, proposal.brand)

    @display(description="")
    def standing(self, proposal: Proposal) -> SafeString | str:
        if proposal.answer:
            by = f" by {wording.who(proposal, 'answered_by')}" if proposal.answered_by_id else ""
            return f"{proposal.get_answer_display()}{by}"
        words = "See the changes" if proposal.act == Act.REPLACE else "Decide"
        return linked(reverse("admin:archive_proposal_change", args=[proposal.pk]), words)

    @admin.action(description="Accept the withdrawals", permissions=("answer",))
    def accept_them(self, request: HttpRequest, proposals: QuerySet[Proposal]) -> None:
        done = accept_withdrawals(proposals, person(request))
        said = f"{counted(done, 'document')} withdrawn."
        left = proposals.filter(answer="", act=Act.REPLACE).count()
        if left:
            said += f" {counted(left, 'changed text')} left: each is looked at by itself."
        (messages.success if done else messages.warning)(request, said)

    @admin.action(description="Decline", permissions=("answer",))
    def decline_them(self, request: HttpRequest, proposals: QuerySet[Proposal]) -> None:
        done = 0
        for proposal in proposals.filter(answer=""):
            try:
                decline(proposal, person(request))
            except AnswerError:
                continue
            done += 1
        said = f"{counted(done, 'proposal')} declined."
        (messages.success if done else messages.warning)(request, said)


def may_answer(request: HttpRequest) -> bool:
    """Whoever may change documents may say what becomes of them."""
    return request.user.has_perm("archive.change_document")


def shown(proposal: Proposal) -> dict[str, Any]:
    document = proposal.document
    rows = difference(document.text, proposal.text) if proposal.act == Act.REPLACE else []
    return {
        "proposal": proposal,
        "document": document,
        "rows": rows,
        "changes": sum(row.changed for row in rows),
        "readers": wording.readers(document),
        "since": wording.moment(proposal.created, proposal.brand),
        "answered_by": wording.who(proposal, "answered_by") if proposal.answered else "",
    }


@require_POST
def answer(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    if not may_answer(request):
        raise PermissionDenied
    if word not in ANSWERS:
        raise Http404
    proposal = get_object_or_404(Proposal.objects.select_related("document"), pk=pk)
    try:
        ANSWERS[word](proposal, person(request))
    except AnswerError as error:
        messages.warning(request, str(error))
    else:
        act = Act(proposal.act)
        messages.success(request, SAID[word, act].format(proposal.document.title))
    return redirect("admin:archive_proposal_changelist")
