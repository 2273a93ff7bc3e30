"""From an answer's Markdown to the only HTML a page ever shows of it."""

import re

import nh3
from django.utils.html import format_html
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "h3", "h4"}
MARKER = re.compile(r"\[(\d{1,3})\]")

# No links, images, raw HTML or code: an answer has no use for them, and an attacker has.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["link", "image", "autolink", "html_block", "html_inline", "code", "fence", "reference"]
)


def blocks(text: str) -> list[str]:
    """The paragraphs, lists and quotations of `text`, in order, as Markdown."""
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def block_html(block: str, links: dict[int, str] | None = None) -> str:
    """Safe HTML of one block; `[n]` becomes a link to `links[n]`, or a quiet number without one."""
    # Attributes are all removed, so a marker can only stand in text.
    safe = nh3.clean(_markdown.render(block), tags=TAGS, attributes={})
    return MARKER.sub(lambda found: _marker(int(found[1]), links or {}), safe)


def answer_html(text: str, links: dict[int, str] | None = None) -> str:
    return "\n".join(block_html(block, links) for block in blocks(text))


def _marker(number: int, links: dict[int, str]) -> str:
    if number not in links:
        return format_html('<sup class="cite cite--pending">{}</sup>', number)
    return format_html(
        '<sup class="cite"><a href="{0}" hx-get="{0}" hx-target="#drawer" hx-swap="innerHTML"'
        ' aria-label="Source {1}">{1}</a></sup>',
        links[number],
        number,
    )
