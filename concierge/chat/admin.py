"""Conversations at the desk: who spoke is a pseudonym, and the words are closed until a reason."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

import uuid
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from archive.console.page import ReadOnly, counted, page
from archive.console.wording import moment
from archive.models import Brand
from concierge.audit.models import Act
from concierge.audit.pseudonym import pseudonym
from concierge.audit.readings import open_words, standing
from concierge.audit.watched import Watched, note
from concierge.chat.glass import NoteForm, ReasonForm, facts, line
from concierge.chat.models import Conversation
from concierge.clients.models import Note, Visitor

LIST = "admin:chat_conversation_changelist"
ONE = "admin:chat_conversation_change"
MAY_SEE, MAY_NOTE = "chat.view_conversation", "clients.add_note"


def on_record() -> QuerySet[Conversation]:
    """What is said off the record is nobody's to look at."""
    return Conversation.objects.filter(visitor__off_record=False)


@admin.register(Conversation)
class ConversationAdmin(ReadOnly, Watched, ModelAdmin):
    list_display = ("somebody", "brand", "audience", "length", "began", "last_word")
    list_filter = ("brand", "audience", "updated")
    list_select_related = ("brand",)
    search_fields = ("id__exact",)
    search_help_text = "The whole number of a conversation"
    date_hierarchy = "updated"
    list_before_template = "console/partials/conversations_head.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[URLPattern] = super().get_urls()
        return [
            path("<uuid:pk>/open/", view(opened), name="chat_conversation_open"),
            path("<uuid:pk>/notes/", view(noted), name="chat_conversation_note"),
            *urls,
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of one conversation, of which nothing can be changed."""
        if request.method == "POST":
            raise PermissionDenied
        return shown(request, seen(request, object_id))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        """Nothing that is sealed is opened for a list."""
        return on_record().defer("summary").annotate(length=Count("messages"))

    @display(description="Conversation of", ordering="visitor")
    def somebody(self, conversation: Conversation) -> str:
        return pseudonym(conversation.visitor_id, conversation.brand_id)

    @display(description="Began", ordering="created")
    def began(self, conversation: Conversation) -> str:
        return clocked(conversation.created, conversation.brand)

    @display(description="Last word", ordering="updated")
    def last_word(self, conversation: Conversation) -> str:
        return clocked(conversation.updated, conversation.brand)

    @display(description="Messages", ordering="length")
    def length(self, conversation: Any) -> int:
        count: int = conversation.length
        return count


def clocked(at: datetime, brand: Brand) -> str:
    """In the house's time, whose zone is named where the console goes by another."""
    told = moment(at, brand)
    same = brand.time_zone == timezone.get_current_timezone_name()
    return told.partition(" (")[0] if same else told


def seen(request: HttpRequest, pk: uuid.UUID | str, right: str = MAY_SEE) -> Conversation:
    """Raises PermissionDenied, and Http404 for what is missing and for another house's alike."""
    if not request.user.has_perms((MAY_SEE, right)):
        raise PermissionDenied
    try:
        pk = uuid.UUID(str(pk))
    except ValueError:
        raise Http404 from None
    rows = on_record().select_related("brand", "visitor__brand").defer("summary")
    return get_object_or_404(rows, pk=pk)


def shown(
    request: HttpRequest, conversation: Conversation, reason: Any = None, note_form: Any = None
) -> HttpResponse:
    """The conversation's page; the words of it only to who has given a reason within the hour."""
    reading = standing(conversation.pk, request.user)
    rows = conversation.messages.prefetch_related("citations__version__document", "products")
    if reading is None:
        rows = rows.defer("text", "voice_faults")
    note(request, Act.READ if reading else Act.LISTED, conversation, conversation.brand_id)
    name = pseudonym(conversation.visitor_id, conversation.brand_id)
    same = Visitor.objects.same_person(conversation.visitor)
    notes = Note.objects.filter(visitor__in=same).select_related("author")
    note_count = notes.count()
    return page(
        request,
        "console/conversation.html",
        name,
        (("Conversations", reverse(LIST)),),
        conversation=conversation,
        facts=facts(conversation),
        lines=[
            line(each, conversation, is_open=reading is not None)
            for each in rows.order_by("number")
        ],
        reading=reading,
        until=moment(reading.until, conversation.brand) if reading else "",
        reason_form=reason or ReasonForm(),
        notes=notes if reading else [],
        note_count=note_count,
        counted_notes=counted(note_count, "note"),
        may_note=request.user.has_perm(MAY_NOTE),
        note_form=note_form or NoteForm(),
    )


@never_cache
@require_POST
def opened(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the reason, and read the words for an hour. The client sees that it was done."""
    conversation = seen(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return shown(request, conversation, reason=form)
    given = form.cleaned_data
    open_words(conversation.pk, conversation.visitor, request.user, given["reason"], given["words"])
    return redirect(ONE, conversation.pk)


@never_cache
@require_POST
def noted(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave a note on the client for colleagues."""
    conversation = seen(request, pk, MAY_NOTE)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return shown(request, conversation, note_form=form)
    row = Note.objects.create(
        visitor=conversation.visitor, author=request.user, text=form.cleaned_data["text"]
    )
    note(request, Act.ADDED, row, conversation.brand_id)
    messages.success(request, "The note is kept. The client sees it on their privacy page.")
    return redirect(ONE, conversation.pk)
