"""What the console's sidebar leads to."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.http import HttpRequest
from django.urls import reverse

from archive.console.desk import waiting
from archive.console.upload import may_upload
from concierge.llm.cost_page import MAY_SEE
from concierge.llm.transcript import MAY_WATCH

UPLOAD = "admin:archive_upload"
COST = "admin:llm_cost"
SENT = "console:sent"
# Who may follow an entry that leads to a page.
PAGES: dict[str, Callable[[HttpRequest], bool]] = {
    UPLOAD: may_upload,
    COST: lambda request: request.user.has_perm(MAY_SEE),
    SENT: lambda request: request.user.has_perm(MAY_WATCH),
}
# (title, icon, model or a page): left out where it is not registered or not this person’s to see.
Entry = tuple[str, str, str]
GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Archive",
        (
            ("Documents", "menu_book", "archive.document"),
            ("Bring files in", "upload_file", UPLOAD),
            ("Sources", "rss_feed", "archive.source"),
            ("Runs", "timeline", "archive.ingestionrun"),
            ("Proposals", "rule", "archive.proposal"),
            ("Notices", "notifications", "archive.notice"),
            ("Copies", "content_copy", "archive.likeness"),
            ("Left out", "content_cut", "archive.drop"),
            ("Who did what", "history", "archive.change"),
        ),
    ),
    (
        "Catalogue",
        (
            ("Pieces", "diamond", "catalog.product"),
            ("Imports", "input", "catalog.catalogimport"),
        ),
    ),
    (
        "Conversations",
        (
            ("Conversations", "forum", "chat.conversation"),
            ("Not answered yet", "help", "gaps.gap"),
            ("Approved answers", "verified", "approved.approvedanswer"),
            ("Voice", "record_voice_over", "voice.voiceversion"),
        ),
    ),
    (
        "House",
        (
            ("Brands", "storefront", "archive.brand"),
            ("Cost", "payments", COST),
            ("Budgets", "savings", "llm.budget"),
            ("Prices", "sell", "llm.price"),
            ("Provider contracts", "gavel", "llm.contract"),
            ("Nightly passes", "cleaning_services", "scrub.pass"),
            ("What is sent", "outgoing_mail", SENT),
            ("How long things stay", "timer", "privacy.period"),
            ("Legal holds", "gavel", "privacy.hold"),
            ("Audit log", "policy", "audit.entry"),
            ("Schedules", "schedule", "django_celery_beat.periodictask"),
            ("People", "person", "auth.user"),
            ("Groups", "group", "auth.group"),
        ),
    ),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar, as far as this person may go; a number stands where something waits."""
    badges = waiting(request)
    desk = {"title": "Desk", "icon": "space_dashboard", "link": reverse("admin:index")}
    groups: list[dict[str, Any]] = [{"items": [desk]}]
    for title, entries in GROUPS:
        items = [
            item(entry, link, badges) for entry in entries if (link := address(request, entry))
        ]
        if items:
            groups.append({"title": title, "items": items})
    mark(request.path, [each for group in groups for each in group["items"]])
    return groups


def item(entry: Entry, link: str, badges: dict[str, int]) -> dict[str, Any]:
    title, icon, name = entry
    number = badges.get(name, 0)
    badge = {"badge": f"{number:,}", "badge_variant": "primary"} if number else {}
    return {"title": title, "icon": icon, "link": link} | badge


def mark(path: str, items: list[dict[str, Any]]) -> None:
    """Where the person is: the longest address that theirs begins with."""
    near = [each["link"] for each in items if path.startswith(each["link"])]
    here = max(near, key=len, default="")
    for each in items:
        each["active"] = each["link"] == here


def address(request: HttpRequest, entry: Entry) -> str:
    """Where an entry leads; "" where nothing is, or nothing that this person may see."""
    if may_follow := PAGES.get(entry[2]):
        return reverse(entry[2]) if may_follow(request) else ""
    try:
        model = apps.get_model(entry[2])
        if not admin.site.get_model_admin(model).has_view_permission(request):
            return ""
    except NotRegistered:
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
