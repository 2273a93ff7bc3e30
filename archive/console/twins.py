"""Copies that would tell what a document is kept from telling."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from archive.console.page import linked
from archive.models import Alike, Document, Likeness
from archive.models.document import Status
from archive.review.quality import copies
from archive.viewer import Audience

LADDER = list(Audience.values)  # from the widest to the narrowest


def reach(document: Document) -> int:
    """How many steps of the ladder, from the narrowest, read it now: 0 for nobody."""
    now = timezone.now()
    shown = (
        document.status == Status.PUBLISHED
        and (document.embargo_until is None or document.embargo_until <= now)
        and (document.rights_until is None or document.rights_until > now)
    )
    return len(LADDER) - LADDER.index(document.audience) if shown else 0


def wider(document: Document) -> list[Alike]:
    """Its copies, not those that differ in what matters, that more people read than it."""
    return [
        each
        for each in copies(document)
        if each.likeness.kind != Likeness.Kind.VARIANT and reach(each.document) > reach(document)
    ]


def tell_of_twins(request: HttpRequest, document: Document) -> None:
    for each in wider(document):
        words = format_html(
            "{} says the same and is read by more people: see to it as well.",
            linked(
                reverse("admin:archive_document_change", args=[each.document_id]),
                f"“{each.document.title}”",
            ),
        )
        messages.warning(request, words)
