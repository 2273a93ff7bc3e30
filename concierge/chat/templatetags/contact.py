"""How to reach a person, as a link where it can be one."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from concierge.answering.reading import tongue

register = template.Library()

ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
NUMBER = r"(?:\+|\b0)\d(?:[ .\-\u00a0\u202f]?\(?\d\)?){6,14}"
REACHED = re.compile(f"(?P<address>{ADDRESS})|(?P<number>{NUMBER})")

WORDS = {"it": "Parlare con una persona", "de": "Mit einem Menschen sprechen"}


@register.filter
def offered(answer: str) -> SafeString:
    """The heading over the contact, in the language of `answer`; else in the page's."""
    language = tongue(answer)
    if not language:
        return conditional_escape(_("Speak with a person"))
    with override(language):
        words = WORDS.get(language) or _("Speak with a person")
    return format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def linked(contact: str) -> SafeString:
    """`contact` with its e-mail addresses and telephone numbers as links; the rest as it stands."""
    parts, position = [], 0
    for found in REACHED.finditer(contact):
        parts += [conditional_escape(contact[position : found.start()]), link(found)]
        position = found.end()
    return mark_safe("".join([*parts, conditional_escape(contact[position:])]))  # noqa: S308


def link(found: re.Match[str]) -> SafeString:
    if found["address"]:
        return format_html('<a href="mailto:{0}">{0}</a>', found["address"])
    number = re.sub(r"[^+\d]", "", found["number"])
    return format_html('<a href="tel:{}">{}</a>', number, found["number"])
