"""How the staff console looks."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static

PAPER = {
    "50": "#FAF8F3",
    "100": "#F3EFE6",
    "200": "#E6DFD1",
    "300": "#D3CAB8",
    "400": "#A79D8B",
    "500": "#6F6658",
    "600": "#575044",
    "700": "#443F35",
    "800": "#2E2A24",
    "900": "#1F1D19",
    "950": "#151411",
}
ACCENT = {
    "50": "#FBF6EA",
    "100": "#F4EACF",
    "200": "#E8D4A2",
    "300": "#D9B972",
    "400": "#C59C4C",
    "500": "#A98237",
    "600": "#7D5F28",
    "700": "#664D21",
    "800": "#503D1B",
    "900": "#3C2E16",
    "950": "#271E0F",
}


def emblem(request: HttpRequest) -> str:
    return static("chat/concierge.svg")


def stylesheet(request: HttpRequest) -> str:
    return static("console/console.css")


def strict(request: HttpRequest) -> str:
    return static("console/strict.js")


# The words of django-unfold's own settings.
CONSOLE: dict[str, Any] = {
    "SITE_TITLE": "Concierge",
    "SITE_HEADER": "Concierge",
    "SITE_SUBHEADER": "The house’s desk",
    "SITE_ICON": emblem,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": emblem}],
    "SITE_URL": "",
    "THEME": "light",
    "BORDER_RADIUS": "2px",
    "COLORS": {"base": PAPER, "primary": ACCENT},
    "STYLES": [stylesheet],
    "SCRIPTS": [strict],
    "DASHBOARD_CALLBACK": "archive.console.desk.desk",
    "SIDEBAR": {"navigation": "concierge.operations.sidebar.navigation"},
}
