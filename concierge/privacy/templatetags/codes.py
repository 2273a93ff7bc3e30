"""Codes of an export by the names that a page shows."""

from django import template

from concierge.audit.models import Reason, Role

register = template.Library()
NAMES = {str(value): label for kind in (Reason, Role) for value, label in kind.choices}


@register.filter
def named(code: str) -> str:
    """In the language that is active; a code of a later release as it is."""
    return str(NAMES.get(code, code))
