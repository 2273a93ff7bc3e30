"""Templates of packages, fitted to the content security policy as they are read.

The policy lets no inline style or script through without the answer's nonce and evaluates nothing.
The console's package is written for less: here its templates' own words are changed, never what is
put into them, so that nothing a person wrote is ever given a nonce. What Alpine is asked in them is
said in the language of its build without eval; static/console/strict.js has the rest.
"""

import json
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.template import Origin
from django.template.loaders.app_directories import Loader as PackagesLoader
from django.utils.html import format_html
from django.utils.safestring import SafeString

NONCE = '<style nonce="{{ request.csp_nonce }}"'
STYLE_TAG = re.compile(r"<style\b")
STYLE = re.compile(r'(?<=[\s}])style="')  # not x-bind:style
BODY = re.compile(r'x-data="\{\s+\{% if opts %\}activeTab:.*?x-init=".*?"\s*>', re.DOTALL)
PAGE = (
    """x-data="page('{% if opts %}{% tabs_primary_active inline_admin_formsets %}{% endif %}')">"""
)
SPACE = re.compile(r"\s+")

# Template: what it says, and what it is to say instead.
CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "unfold/layouts/skeleton.html": (
        ("unfold/js/alpine/alpine.js", "vendor/alpine-csp/alpine-3.17.4.min.js"),
        (
            '<meta name="robots"',
            '<meta name="htmx-config" content=\'{"includeIndicatorStyles": false,'
            ' "allowEval": false}\'>\n            <meta name="robots"',
        ),
    ),
    "unfold/helpers/welcomemsg.html": (
        (
            "; localStorage.setItem('sidebarDesktopOpen', sidebarDesktopOpen ? '1' : '0');",
            "",
        ),
    ),
    "unfold/helpers/search.html": (
        (
            "openSearchResults = true; currentIndex = 0",
            "[openSearchResults = true, currentIndex = 0]",
        ),
        (
            "openSearchResults = false; if ($refs.searchInput.value === '') "
            "{ $refs.searchInput.blur() } else { $refs.searchInput.value = '' }",
            "[openSearchResults = false, clearOrLeave($refs.searchInput)]",
        ),
    ),
    "unfold/helpers/command.html": (
        (
            "if (!$event.metaKey && !$event.ctrlKey) selectItem(",
            "!$event.metaKey && !$event.ctrlKey && selectItem(",
        ),
    ),
    "admin/change_form.html": (
        (
            "activeTab && activeTab !== 'general' ? window.location.pathname + "
            "window.location.search + '#' + activeTab : window.location.pathname + "
            "window.location.search",
            "placeOf(activeTab)",
        ),
    ),
    "admin/djcelery/change_periodictask_form.html": (
        ("<script id=", '<script nonce="{{ request.csp_nonce }}" id='),
    ),
    "admin/actions.html": (
        ("\"'width: ' + changeListWidth + 'px'\"", "\"{ width: changeListWidth + 'px' }\""),
    ),
}


class Loader(PackagesLoader):
    def get_contents(self, origin: Origin) -> str:
        said: str = super().get_contents(origin)
        name = str(origin.template_name)
        ours = name in CHANGES or "unfold" in Path(origin.name).parts
        return fitted(name, said) if ours else said


def fitted(name: str, said: str) -> str:
    """A package's template `name` as the policy lets it be.

    Raises ImproperlyConfigured when a new version of the package says something else.
    """
    for old, new in CHANGES.get(name, ()):
        if old not in said:
            raise ImproperlyConfigured(f"{name} no longer says {old!r}: see {__name__}.")
        said = said.replace(old, new)
    if name == "unfold/layouts/skeleton.html":
        said, found = BODY.subn(PAGE, said)
        if not found:
            raise ImproperlyConfigured(f"{name} begins its body otherwise: see {__name__}.")
    return STYLE.sub('data-style="', STYLE_TAG.sub(NONCE, said))


def plain_json(data: Any, encoder: Any) -> SafeString:
    """As the console shows JSON, without the inline styles its package colours it with."""
    told = json.dumps(data, sort_keys=True, indent=4, ensure_ascii=False, cls=encoder)
    return format_html('<pre class="json">{}</pre>', told)
