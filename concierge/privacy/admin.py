"""How long a house keeps things, and what the law obliges it to keep."""

# The console's package carries no types.
# mypy: disable-error-code="misc, untyped-decorator"

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from archive.console.page import counted, person
from archive.console.wording import who
from concierge.audit.pseudonym import pseudonym
from concierge.audit.watched import Watched
from concierge.chat.models import Conversation
from concierge.privacy.holds import end, put_on_hold, standing
from concierge.privacy.models import Hold, Period
from concierge.privacy.periods import DEFAULTS

LONGEST = 300  # characters of a reason


@admin.register(Period)
class PeriodAdmin(ModelAdmin):
    list_display = ("brand", "kind", "days", "changed_last")
    list_filter = ("brand", "kind")
    list_select_related = ("brand", "changed_by")
    list_before_template = "console/partials/periods_head.html"
    fields = ("brand", "kind", "days")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("brand", "kind") if obj else ()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        defaults = [(Period.Kind(kind).label, days) for kind, days in DEFAULTS.items()]
        return super().changelist_view(request, {"defaults": defaults} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Period, form: Any, change: bool) -> None:
        obj.changed_by = person(request)
        obj.save()

    @display(description="Changed")
    def changed_last(self, row: Period) -> str:
        return f"{who(row, 'changed_by')}, {row.changed:%-d %B %Y}"


class HoldForm(forms.ModelForm):  # type: ignore[type-arg]
    talk = forms.UUIDField(
        label="Number of the conversation",
        widget=UnfoldAdminTextInputWidget,
        help_text="It stands in the address of the conversation’s page.",
    )
    everything = forms.BooleanField(
        label="All of this person",
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text="Everything they have said, not this conversation alone.",
    )
    why = forms.CharField(
        max_length=LONGEST,
        widget=UnfoldAdminTextareaWidget,
        help_text="Which law or which case. Sealed with the client’s own words.",
    )

    class Meta:
        model = Hold
        fields = ("until",)

    def clean_talk(self) -> Conversation:
        held = Conversation.objects.filter(pk=self.cleaned_data["talk"], visitor__off_record=False)
        talk = held.select_related("visitor").first()
        if talk is None:
            raise ValidationError("There is no conversation of that number.")
        return talk


@admin.register(Hold)
class HoldAdmin(Watched, ModelAdmin):
    list_display = ("whose", "what", "by", "at", "until", "stands")
    list_filter = ("brand", "at")
    list_select_related = ("brand", "by")
    list_before_template = "console/partials/holds_head.html"
    readonly_fields = ("whose", "what", "brand", "why", "by", "at", "until", "ended")
    actions = ("end_them",)
    form = HoldForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields if obj else ("talk", "everything", "why", "until")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("privacy.change_hold")

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Hold:
        """Written with its own entry of the log."""
        given = form.cleaned_data
        return put_on_hold(
            given["talk"],
            person(request),
            given["why"],
            given["until"],
            person=given["everything"],
        )

    def save_model(self, request: HttpRequest, obj: Hold, form: Any, change: bool) -> None:
        """It is there already."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing hangs on it."""

    @admin.action(description="End the hold", permissions=("end",))
    def end_them(self, request: HttpRequest, holds: QuerySet[Hold]) -> None:
        ended = sum(end(hold, person(request)) for hold in holds)
        level = messages.SUCCESS if ended else messages.WARNING
        words = f"{counted(ended, 'hold')} ended. What was asked meanwhile is done within minutes."
        self.message_user(request, words if ended else "No hold was standing.", level)

    @display(description="Of")
    def whose(self, hold: Hold) -> str:
        return pseudonym(hold.visitor_id, hold.brand_id)

    @display(description="What")
    def what(self, hold: Hold) -> str:
        return f"Conversation {hold.conversation_id}" if hold.conversation_id else "Everything"

    @display(description="Stands", boolean=True)
    def stands(self, hold: Hold) -> bool:
        return standing(hold.brand).filter(pk=hold.pk).exists()
