"""The only HTML an answer may consist of, written down a second time, without the product's help.

A page's own parser may be led astray by what looks like a tag to it and to nobody else; so what is
asked here is more than what a parser finds: outside the tags listed, no `<` and no `>` at all.
"""

import re

from concierge.chat.growing import settled
from concierge.chat.render import answer_html, block_html, blocks
from tests.attack.corpus import Payload

LINKS = {1: "/maison/citations/7/", 2: "/maison/citations/8/"}

PLAIN = "p|em|strong|ul|ol|li|blockquote|h3|h4"
CITED = re.compile(
    r'<sup class="cite">(?:<span>\d{1,3}</span>'
    r'|<a href="(/[\w-]+/citations/\d+/)#quoted" hx-get="\1"'
    r' hx-target="#leaf" aria-label="Source (\d{1,3})">\2</a>)</sup>'
)
OURS = re.compile(rf'<(?:/?(?:{PLAIN})|br|ol start="\d{{1,9}}")>')
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\x00-\x08\x0b\x0e-\x1f]")


def foreign(html: str) -> list[str]:
    """What of `html` is neither text nor a tag of ours: nothing, if all is well."""
    left = OURS.sub("", CITED.sub("", html))
    found = re.findall(r"[^<>]{0,20}[<>][^<>]{0,60}", left)
    return found + [repr(char) for char in TURNING.findall(left)]


def balanced(html: str) -> bool:
    """Whether every tag is closed by its own, in order: nothing of the page is closed by it."""
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z0-9]+)", html):
        if closing and (not opened or opened.pop() != name):
            return False
        if not closing and name != "br":
            opened.append(name)
    return not opened


def shown(payload: Payload) -> set[str]:
    """The HTML of every state in which a reader may see `payload` as it grows, and of its end."""
    states: set[str] = {payload.text}
    for cut in payload.boundaries:
        states |= {payload.text[:cut], settled(payload.text[:cut])}
    found = {block for state in states for block in blocks(state)}
    html = {block_html(block, links) for block in found for links in (None, LINKS)}
    return html | {answer_html(payload.text, LINKS)}
