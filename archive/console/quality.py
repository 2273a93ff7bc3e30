"""A document's quality: what may be wrong with its text, and what it has been good for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.console.cleaning import RULES
from archive.console.page import counted, page
from archive.models import Document
from archive.review.personal import masked
from archive.review.quality import Quality, quality

LANGUAGES = {
    "en": "English",
    "fr": "French",
    "it": "Italian",
    "de": "German",
    "es": "Spanish",
    "ja": "Japanese",
    "": "Not told",
}
KINDS = {
    "email": ("address of mail", "addresses of mail"),
    "telephone": ("telephone number", "telephone numbers"),
    "iban": ("bank account", "bank accounts"),
    "card": ("payment card", "payment cards"),
    "address": ("postal address", "postal addresses"),
}
MAY_READ_QUESTIONS = "chat.view_message"
Point = tuple[str, str, str]  # (good or wait, sentence, the part of the page that says more)


@require_safe
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("archive.view_document"):
        raise PermissionDenied
    documents = Document.objects.select_related("brand", "current")
    document = get_object_or_404(documents, pk=pk)
    seen = quality(document)
    above = reverse("admin:archive_document_change", args=[pk])
    return page(
        request,
        "console/quality.html",
        f"Quality of “{document.title}”",
        ((document.title, above),),
        document=document,
        quality=seen,
        points=points(document, seen),
        languages=[(named(code), count, share) for code, count, share in seen.languages],
        personal=[
            (KINDS[each.kind][0].capitalize(), each.page, each.words) for each in seen.personal
        ],
        more_personal=sum(count for _, count in seen.personal_counts) - len(seen.personal),
        left_out=[(RULES.get(each.rule, (each.rule, ""))[0], each) for each in seen.left_out],
        questions=asked(request, seen),
        may_read=request.user.has_perm(MAY_READ_QUESTIONS),
        more_questions=seen.asked - len(seen.questions),
    )


def named(code: str) -> str:
    return LANGUAGES.get(code, code)


def asked(request: HttpRequest, seen: Quality) -> list[tuple[str, int, str]]:
    """(question, answers, day), for those who may read them; never who asked."""
    if not request.user.has_perm(MAY_READ_QUESTIONS):
        return []
    return [(masked(each.text), each.count, each.last) for each in seen.questions]


def points(document: Document, seen: Quality) -> list[Point]:
    """One sentence for each thing that was looked at, troubles first."""
    told = [*text_points(document, seen), *content_points(seen)]
    return sorted(told, key=lambda point: point[0] == "good")


def text_points(document: Document, seen: Quality) -> list[Point]:
    signs = sum(each.count for each in seen.odd)
    short, count = seen.passages.short, seen.passages.count
    return [
        ("wait", f"{counted(len(seen.unread), 'page')} of {seen.pages} without text.", "pages")
        if seen.unread
        else (
            "good",
            "Every page has text." if seen.pages else "It has no pages to miss.",
            "pages",
        ),
        ("wait", f"{counted(signs, 'odd character')}.", "odd")
        if signs
        else ("good", "No odd characters.", "odd"),
        ("wait", "It has no passages: nobody can find it.", "passages")
        if not count
        else ("wait", f"{short:,} of {counted(count, 'passage')} are very short.", "passages")
        if short > count / 5
        else ("good", f"{counted(count, 'passage')} of {seen.passages.mean} words.", "passages"),
        ("wait", "Its passages are in several languages.", "languages")
        if len([share for code, _, share in seen.languages if code and share >= 5]) > 1
        else ("good", f"In {named(document.language)}." if document.language else "", "languages"),
    ]


def content_points(seen: Quality) -> list[Point]:
    found = ", ".join(counted(count, *KINDS[kind]) for kind, count in seen.personal_counts)
    open_copies = [each for each in seen.alike if each.likeness.settled is None]
    dropped = sum(each.count for each in seen.left_out)
    return [
        ("wait", f"It seems to hold {found}.", "personal")
        if found
        else ("good", "Nothing in it has the form of personal data.", "personal"),
        ("wait", f"{counted(len(open_copies), 'other document')} may say the same.", "alike")
        if open_copies
        else ("good", "No other document says the same.", "alike"),
        ("good", f"{counted(seen.asked, 'question')} answered with it.", "questions")
        if seen.asked
        else ("good", "No answer has needed it yet.", "questions"),
        ("good", f"{counted(dropped, 'stretch', 'stretches')} of its file left out.", "left-out")
        if dropped
        else ("good", "Nothing of its file was left out.", "left-out"),
    ]
