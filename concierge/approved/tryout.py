"""The page that shows what a question would be answered by, and how near."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.console.page import page
from archive.models import Brand
from archive.viewer import Audience, Viewer
from archive.wall.scope import house
from concierge.approved.match import NEAR, SURE, Candidate, tried
from concierge.approved.models import Status

VERDICTS = {
    "answers": ("published", "Answers", ""),
    "guides": ("review", "Near", "A model is told of it."),
    "far": ("waiting", "Too far", ""),
    "differs": ("withdrawn", "Another question", "What differs: {}."),
    "unsound": ("withdrawn", "Not said", "What it quotes cannot be shown."),
}


class TryForm(forms.Form):
    q = forms.CharField(label="Question", max_length=500)
    brand = forms.ModelChoiceField(Brand.objects.all(), empty_label=None)
    audience = forms.ChoiceField(label="Asked by", choices=Audience.choices, required=False)

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or Audience.PUBLIC


@require_safe
def try_question(request: HttpRequest) -> HttpResponse:
    """Raises PermissionDenied for those who may not see approved answers."""
    if not request.user.has_perm("approved.view_approvedanswer"):
        raise PermissionDenied
    form = TryForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "sure": percent(SURE), "near": percent(NEAR)}
    if form.is_valid():
        asked = form.cleaned_data
        viewer = Viewer.reading(asked["brand"].pk, asked["audience"])
        with house(viewer.brand_id):  # of its drafts too, and of no other that the person serves
            found = tried(viewer, asked["q"], asked["brand"].name)
        context |= {"rows": [row(each) for each in found], "asked": asked["q"]}
        context["said"] = next((each for each in context["rows"] if each["is_said"]), None)
    above = (("Approved answers", reverse("admin:approved_approvedanswer_changelist")),)
    return page(request, "console/approved_try.html", "Try a question", above, **context)


def row(found: Candidate) -> dict[str, Any]:
    mark, words, more = VERDICTS[found.verdict]
    is_draft = found.status == Status.DRAFT
    standing = "It is a draft." if is_draft else "It has expired." if found.is_over else ""
    is_answer = found.verdict == "answers"
    return {
        "found": found,
        "near": percent(found.near),
        "mark": "waiting" if standing and is_answer else mark,
        "words": "Would answer" if standing and is_answer else words,
        "more": " ".join(filter(None, (more.format(found.differs), standing))),
        "is_said": is_answer and not standing,
    }


def percent(near: float) -> str:
    return f"{max(near, 0):.0%}"
