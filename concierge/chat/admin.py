"""Conversations in the model administration: read, never rewritten."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from concierge.chat.models import Card, Citation, Conversation, Message


class ReadOnly:
    """What was said stays as it was said; erasing is a journey of its own."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MessageInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Message
    fields = ["number", "role", "state", "text", "rung", "created"]
    readonly_fields = ["created"]
    ordering = ["number"]
    extra = 0
    show_change_link = True
    can_delete = False


class CitationInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Citation
    fields = ["number", "version", "page", "cited_text"]
    extra = 0
    can_delete = False


class CardInline(ReadOnly, TabularInline):  # type: ignore[misc]
    model = Card
    fields = ["position", "product"]
    extra = 0
    can_delete = False


@admin.register(Conversation)
class ConversationAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ["id", "brand", "audience", "created", "updated"]
    list_filter = ["brand", "audience", "updated"]
    search_fields = ["id__startswith"]
    date_hierarchy = "updated"
    inlines = [MessageInline]


@admin.register(Message)
class MessageAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ["__str__", "role", "state", "rung", "refused", "created"]
    list_filter = ["role", "state", "rung", "refused", "conversation__brand"]
    list_select_related = ["conversation"]
    date_hierarchy = "created"
    inlines = [CitationInline, CardInline]


@admin.register(Citation)
class CitationAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ["message", "number", "version", "page"]
    list_filter = ["message__conversation__brand"]
    list_select_related = ["message", "version"]


@admin.register(Card)
class CardAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ["message", "position", "product"]
    list_select_related = ["message", "product"]
