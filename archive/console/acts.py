"""What a person may do with documents from a list or from a document's page, and taking it back."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.console.page import counted, person
from archive.models import Change, Document
from archive.models.document import Status
from archive.review import status

Verb = Callable[[QuerySet[Document], AbstractBaseUser | None], int]
# word: (what is done, button, button's class, said afterwards)
VERBS: dict[str, tuple[Verb, str, str, str]] = {
    "publish": (status.publish, "Publish", "", "published"),
    "submit": (status.submit, "Hand in for review", "button--quiet", "handed in for review"),
    "take-back": (status.take_back, "Back to draft", "button--quiet", "taken back to draft"),
    "restore": (status.restore, "Show again", "", "shown again"),
    "review-again": (status.review_again, "Review again", "button--quiet", "to be reviewed again"),
    "withdraw": (status.withdraw, "Withdraw", "button--quiet", "withdrawn"),
}
OPEN_TO = {
    Status.DRAFT: ("publish", "submit", "withdraw"),
    Status.REVIEW: ("publish", "take-back", "withdraw"),
    Status.PUBLISHED: ("withdraw",),
    Status.WITHDRAWN: ("restore", "review-again"),
}


def perform(request: HttpRequest, word: str, documents: QuerySet[Document]) -> int:
    """Do it as the person who asks, and tell them how many it was, with the way back."""
    verb, _, _, said = VERBS[word]
    by = person(request)
    count = verb(documents, by)
    sentence = f"{counted(count, 'document')} {said}."
    if not count:
        messages.warning(request, f"{sentence} {why_none(word)}".strip())
        return 0
    last = Change.objects.filter(
        by=by.pk if by else None, document__in=documents.values("pk")
    ).first()
    told(request, sentence, last.batch if last else None)
    return count


def why_none(word: str) -> str:
    return "What has no text is not shown." if word in ("publish", "restore") else ""


def told(request: HttpRequest, sentence: str, batch: uuid.UUID | None) -> None:
    """A message of success; with `batch`, a button in it undoes that act."""
    messages.success(request, undo_button(request, sentence, batch) if batch else sentence)


def undo_button(request: HttpRequest, sentence: str, batch: uuid.UUID) -> SafeString:
    return format_html(
        '<form class="told" method="post" action="{}">{} '
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button type="submit" class="button button--link">Undo</button></form>',
        reverse("admin:archive_change_undo_batch", args=[batch]),
        sentence,
        get_token(request),
    )
