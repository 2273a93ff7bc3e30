"""The same words for many documents: chosen in the list, seen first, done and undone as one act."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from archive.console import wording
from archive.console.acts import told
from archive.console.page import counted, page, person
from archive.models import Document
from archive.models.document import Status
from archive.review.edit import TOGETHER, edit, proposed
from archive.review.record import Act, plain
from archive.viewer import Audience

LEAVE = ("", "Leave as it is")
SHOWN = 50  # documents in the preview
MOST = 10_000  # documents an act
GOALS = (Status.REVIEW, Status.PUBLISHED, Status.WITHDRAWN, Status.DRAFT)
TOO_MANY = f"At most {MOST:,} documents are changed at once: choose fewer."


class Moment(forms.Field):
    """Without a zone: it is one of each document's own brand."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": "Write a day and an hour, as 2027-05-03 09:00."}

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class TogetherForm(forms.Form):
    """What is left empty stays as it is; what is named in `empty` is emptied."""

    status = forms.ChoiceField(
        choices=[LEAVE, *((goal.value, goal.label) for goal in GOALS)],
        required=False,
        help_text="Only where the move is allowed, and only what has a text is published.",
    )
    audience = forms.ChoiceField(choices=[LEAVE, *Audience.choices], required=False)
    kind = forms.CharField(max_length=40, required=False)
    rights = forms.CharField(label="Rights holder", max_length=300, required=False)
    licence = forms.CharField(max_length=120, required=False)
    embargo_until = Moment(required=False, help_text="In the time of each document’s house.")
    rights_until = Moment(required=False, help_text="In the time of each document’s house.")
    empty = forms.MultipleChoiceField(
        choices=[
            ("rights", "Rights holder"),
            ("licence", "Licence"),
            ("embargo_until", "Embargo until"),
            ("rights_until", "Rights until"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def fields_given(self) -> dict[str, Any]:
        """What is to be written, by field."""
        given = {name: self.cleaned_data[name] for name in TOGETHER if self.cleaned_data[name]}
        for name in self.cleaned_data["empty"]:
            given.setdefault(name, None if name.endswith("_until") else "")
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in cleaned.get("empty", ()):
            if cleaned.get(name):
                self.add_error(name, "Either give it a value or empty it, not both.")
        if not any(cleaned.get(name) for name in (*TOGETHER, "empty")) and not self.errors:
            raise forms.ValidationError("Nothing is to be changed yet: give at least one value.")
        return cleaned


def choose(request: HttpRequest, documents: QuerySet[Document]) -> HttpResponse:
    """The form, for documents chosen in the list."""
    keys = list(documents.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        messages.error(request, TOO_MANY)
        return redirect("admin:archive_document_changelist")
    return shown(request, keys, TogetherForm())


@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """The form's own address: a preview, then (with `do`) the act."""
    if not request.user.has_perm("archive.change_document"):
        raise PermissionDenied
    keys = [int(key) for key in request.POST.get("keys", "").split(",") if key.isdecimal()][:MOST]
    form = TogetherForm(request.POST)
    if not form.is_valid():
        return shown(request, keys, form)
    documents = Document.objects.filter(pk__in=keys)
    if "do" not in request.POST:
        return shown(request, keys, form, preview(documents, form.fields_given()))
    act = Act("edited together", person(request))
    count = edit(documents, form.fields_given(), act)
    told(request, f"{counted(count, 'document')} changed.", act.batch if count else None)
    return redirect("admin:archive_document_changelist")


def shown(
    request: HttpRequest, keys: list[int], form: TogetherForm, seen: Any = None
) -> HttpResponse:
    return page(
        request,
        "console/together.html",
        f"Change {counted(len(keys), 'document')}",
        (("Documents", reverse("admin:archive_document_changelist")),),
        keys=",".join(map(str, keys)),
        count=len(keys),
        form=form,
        preview=seen,
    )


def preview(documents: QuerySet[Document], fields: Mapping[str, Any]) -> dict[str, Any]:
    """How many documents would change, and the first of them with what would."""
    changing = list(would(documents, fields))
    rows = [
        {
            "document": document,
            "said": [
                (
                    wording.field(name),
                    wording.value(name, plain(getattr(document, name)), document.brand),
                    wording.value(name, value, document.brand),
                )
                for name, value in after.items()
            ],
        }
        for document, after in changing[:SHOWN]
    ]
    return {
        "rows": rows,
        "count": len(changing),
        "more": len(changing) - len(rows),
        "same": documents.count() - len(changing),
    }


def would(
    documents: QuerySet[Document], fields: Mapping[str, Any]
) -> Iterator[tuple[Document, dict[str, Any]]]:
    for document in documents.select_related("brand").order_by("title"):
        after = proposed(document, fields)
        if after:
            yield document, after
