"""What every page of the console has in common."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

Step = tuple[str, str]  # what stands above a page: its name and its address


def page(
    request: HttpRequest, template: str, title: str, above: tuple[Step, ...] = (), **context: Any
) -> TemplateResponse:
    """A page with the console's own frame; `template` extends "console/page.html".

    The view has to be wrapped by `admin.site.admin_view` and to ask for its permission itself.
    """
    frame = admin.site.each_context(request)
    return TemplateResponse(request, template, frame | {"title": title, "above": above} | context)


class ReadOnly:
    """For rows that the product writes and people only read."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OpenFilter(admin.SimpleListFilter):
    """Those that wait, unless others are asked for."""

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": "Open"}
        yield from others

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows if self.value() == "all" else self.those(rows, self.value() or "")

    def those(self, rows: QuerySet[Any], said: str) -> QuerySet[Any]:
        """The rows of one choice; "" is those that wait."""
        return rows.filter(settled__isnull=said != "settled")


def person(request: HttpRequest) -> User | None:
    """Who asks: whoever a change or a settled notice is put down to."""
    return request.user if request.user.is_authenticated else None


def counted(count: int, noun: str, nouns: str = "") -> str:
    """“1 document”, “1,204 documents”."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def linked(address: str, words: object) -> SafeString:
    return format_html('<a class="link" href="{}">{}</a>', address, words)


def lasted(time: timedelta) -> str:
    """“0.4 s”, “12 s”, “3 min 20 s”, “2 h 5 min”."""
    seconds = time.total_seconds()
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def sized(size: int | None) -> str:
    """“312 bytes”, “48 kB”, “12.4 MB”; "" when it is not known."""
    if size is None:
        return ""
    if size < 1024:
        return counted(size, "byte")
    if size < 1024**2:
        return f"{size / 1024:.0f} kB"
    return f"{size / 1024**2:,.1f} MB".replace(".0 MB", " MB")
