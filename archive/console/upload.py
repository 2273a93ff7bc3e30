"""Bringing files in from the browser."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive.console.page import counted, page, person, sized
from archive.ingestion.fetch import LARGEST
from archive.ingestion.gather import Gathered, GatherError, Incoming, gather
from archive.ingestion.metadata import MetadataError
from archive.ingestion.parse.registry import kinds
from archive.ingestion.run import start
from archive.models import Brand, IngestionRun
from archive.models.document import Status
from archive.viewer import Audience

LONGEST_NAME = 200  # characters
ARRIVALS = [
    (Status.REVIEW.value, "In review: somebody approves them"),
    (Status.DRAFT.value, "Drafts: nobody is asked yet"),
]
# Else the new text of a document for the atelier would be for everyone, unasked.
UNSAID = ("", "Known ones as they are, new ones public")
SHOWN_AT_ONCE = (Status.PUBLISHED.value, "Published: their audience reads them at once")


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    brand = forms.ModelChoiceField(Brand.objects.all(), empty_label=None)
    arrives = forms.ChoiceField(label="They arrive as", choices=ARRIVALS)
    audience = forms.ChoiceField(
        choices=[UNSAID, *Audience.choices],
        required=False,
        help_text="Whoever may read them once they are published.",
    )
    kind = forms.CharField(
        max_length=40, required=False, help_text="Press release, interview, care guide, ..."
    )
    rights = forms.CharField(label="Rights holder", max_length=300, required=False)
    licence = forms.CharField(max_length=120, required=False)

    def __init__(self, *given: Any, may_publish: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [*ARRIVALS, SHOWN_AT_ONCE] if may_publish else ARRIVALS
        self.fields["arrives"] = forms.ChoiceField(label="They arrive as", choices=choices)


def may_upload(request: HttpRequest) -> bool:
    return request.user.has_perm("archive.add_ingestionrun")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the page of the run that brings its files in."""
    if not may_upload(request):
        raise PermissionDenied
    may_publish = request.user.has_perm("archive.change_document")
    form = UploadForm(request.POST or None, may_publish=may_publish)
    if request.method == "POST" and form.is_valid():
        try:
            run = brought_in(request, form.cleaned_data)
        except (GatherError, MetadataError) as error:
            form.add_error(None, str(error))
        except OSError as error:
            form.add_error(None, f"The files could not be kept: {error.strerror}. Nothing came in.")
        else:
            return redirect("admin:archive_ingestionrun_change", run.pk)
    return page(
        request,
        "console/upload.html",
        "Bring files in",
        (("Runs", reverse("admin:archive_ingestionrun_changelist")),),
        form=form,
        files=Files(attrs={"id": "id_files"}).render("files", None),
        kinds=kinds(),
        largest=sized(LARGEST),
    )


def brought_in(request: HttpRequest, asked: dict[str, Any]) -> IngestionRun:
    """Raises GatherError, MetadataError and OSError; then nothing has come in."""
    by = person(request)
    said = {name: asked[name] for name in ("rights", "licence") if asked[name]}
    with TemporaryDirectory(prefix="upload-") as folder:
        refused = put(request.FILES.getlist("files"), Path(folder))
        gathered = gather([Path(folder)])
        told = [*refused, *(f"{sentence}." for sentence in gathered.skipped)]
        if not gathered.files:
            raise GatherError(" ".join(told) or "Choose at least one file.")
        run = start(
            asked["brand"],
            described(gathered, said),
            origin=named(gathered),
            kind=asked["kind"],
            audience=asked["audience"],
            publish=asked["arrives"] == Status.PUBLISHED,
            submit=asked["arrives"] == Status.REVIEW,
            hold=asked["arrives"] != Status.PUBLISHED,
            started_by_id=by.pk if by else None,
        )
    for sentence in told:
        messages.warning(request, sentence)
    messages.success(request, f"{counted(len(gathered.files), 'file')} taken in.")
    return run


def put(uploads: "Iterable[UploadedFile[bytes]]", folder: Path) -> list[str]:
    """Put what was uploaded into `folder` under its own names; sentences on what was not."""
    refused = []
    for upload in uploads:
        if why := refusal(upload, folder):
            refused.append(f"“{(upload.name or '')[:80]}” {why}.")
            continue
        place = folder / str(upload.name)
        if isinstance(upload, TemporaryUploadedFile):
            os.link(upload.temporary_file_path(), place)
            continue
        with place.open("wb") as file:
            copyfileobj(upload, file)
    return refused


def refusal(upload: "UploadedFile[bytes]", folder: Path) -> str:
    """Why a file is not taken in; "" if it is."""
    name = upload.name or ""
    if not name or len(name) > LONGEST_NAME:
        return "has a name that is too long" if name else "has no name"
    if not upload.size:
        return "is empty"
    if upload.size > LARGEST:
        return f"is larger than {sized(LARGEST)}"
    if (folder / name).exists():
        return "was chosen twice: only the first has come in"
    return ""


def described(gathered: Gathered, said: dict[str, Any]) -> list[Incoming]:
    """What is said on the form is for the files that a manifest does not say it of."""
    return [replace(file, metadata=said | file.metadata) for file in gathered.files]


def named(gathered: Gathered) -> str:
    """The run's name: its first files'."""
    first = ", ".join(file.key for file in gathered.files[:3])
    more = len(gathered.files) - 3
    return f"{first} and {more:,} more" if more > 0 else first
