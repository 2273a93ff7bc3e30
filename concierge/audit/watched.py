"""Pages of the console with something of a client: whatever is done on them is written down.

The console's own history keeps what a row is called; of these rows it keeps a kind and a number,
so that no word of a client stays behind in it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from concierge.audit.chain import Deed, append
from concierge.audit.models import Act


def note(request: HttpRequest, act: Act, row: Model, brand_id: int | None) -> None:
    """Whoever asks has done this with `row`."""
    append(Deed.on(row, act, request.user, brand_id))


class Watched:
    """For a ModelAdmin, before it in the bases."""

    model: type[Model]

    def brand_of(self, row: Any) -> int | None:
        """The house a row is of."""
        brand: int | None = row.brand_id
        return brand

    def note_all(self, request: HttpRequest, act: Act, rows: Iterable[Any]) -> None:
        for row in rows:
            note(request, act, row, self.brand_of(row))

    def changelist_view(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        shown: HttpResponse = super().changelist_view(request, *given, **named)  # type: ignore[misc]
        append(Deed(Act.LISTED, self.model._meta.label_lower, "", None, request.user))
        return shown

    def render_change_form(
        self, request: HttpRequest, context: Any, *given: Any, obj: Any = None, **named: Any
    ) -> HttpResponse:
        if obj is not None:
            note(request, Act.READ, obj, self.brand_of(obj))
        shown: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *given, obj=obj, **named
        )
        return shown

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        self.write_down(request, [obj], Act.ADDED, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        self.write_down(request, [obj], Act.CHANGED, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        self.write_down(request, queryset, Act.REMOVED, DELETION, "")

    def write_down(
        self, request: HttpRequest, rows: Iterable[Any], act: Act, flag: int, message: Any
    ) -> None:
        kind = ContentType.objects.get_for_model(self.model)
        for row in rows:
            LogEntry.objects.create(
                user_id=str(request.user.pk),
                content_type=kind,
                object_id=row.pk,
                object_repr=f"{self.model._meta.verbose_name} {row.pk}",
                action_flag=flag,
                change_message=message,
            )
            note(request, act, row, self.brand_of(row))
