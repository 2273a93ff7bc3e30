"""From an answer's Markdown to the only HTML a page ever shows of it."""

import re

import nh3
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "h3", "h4"}
ATTRIBUTES = {"ol": {"start"}}  # a number the renderer itself wrote
MARKER = re.compile(r" ?\[(\d{1,3})\]")
CLOSING_MARKERS = re.compile(r"(?:\s*\[\d{1,3}\])+\s*$")
PIECE_MARKER = re.compile(r" ?\[P\d{1,3}\]")
QUOTE = "> "
# Formatting that a model writes and nobody should read as letters.
TAG = re.compile(r"</?(?:b|i|u|em|strong|code|span|p|sup|sub|small|mark)\s*>|<br\s*/?>", re.I)
CODE = re.compile(r"(`+)([^`\n]+)\1")
MEANING = re.compile(r"[^\w ,.;:!?'’“”()\[\]%€–—…/-]|_")  # or what might have one
# Before what French sets apart: no line begins with it.
NARROW = re.compile(r"(?<=[\w)»”’\]]) (?=[?!;](?:[\s)»*_]|$))")
WIDE = re.compile(r"(?<=[\w)»”’\]]) (?=[:»](?:[\s),.;*_]|$))|(?<=«) ")
# What no reader sees and yet changes what is read: controls, turned or hidden writing.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)

# No links, images, raw HTML or code: an answer has no use for them, and an attacker has.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    [
        *("link", "image", "autolink", "html_block", "html_inline", "backticks", "code", "fence"),
        *("reference", "hr", "lheading"),
    ]
)


def blocks(text: str) -> list[str]:
    """The paragraphs, lists and quotations of `text`, in order, as Markdown."""
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def block_html(block: str, links: dict[int, str] | None = None) -> str:
    """Safe HTML of one block.

    `[n]` becomes a link to `links[n]`, or stays as it is written when there is none; before the
    links are known (None) it is a quiet number, as wide as the link that takes its place.
    """
    block = PIECE_MARKER.sub("", UNSEEN.sub("", block))
    if block.startswith(QUOTE):
        return _quotation(block, links)
    block = WIDE.sub("\u00a0", NARROW.sub("\u202f", CODE.sub(r"\2", TAG.sub("", block))))
    # No attribute holds anything but a number, so a marker can only stand in text.
    return _marked(f"<p>{block}</p>\n" if is_plain(block) else rendered(block), links)


def is_plain(block: str) -> bool:
    """Whether it is a line that no rule of Markdown or HTML makes anything of, as most are."""
    return block[:1].isalpha() and not block.endswith(" ") and not MEANING.search(block)


def rendered(block: str) -> str:
    """The same by Markdown, and cleaned."""
    headed = re.sub(r"^#{1,6} ", "### ", block)  # an answer has one rank of headings
    return nh3.clean(_markdown.render(headed), tags=TAGS, attributes=ATTRIBUTES, link_rel=None)


def answer_html(text: str, links: dict[int, str] | None = None) -> str:
    return "\n".join(block_html(block, links) for block in blocks(text))


def _quotation(block: str, links: dict[int, str] | None) -> str:
    """The words quoted, exactly as they stand; only what follows them is a marker."""
    words = "\n".join(line.removeprefix(QUOTE) for line in block.split("\n"))
    closing = CLOSING_MARKERS.search(words)
    cut = closing.start() if closing else len(words)
    quoted = conditional_escape(words[:cut]).replace("\n", "<br>")
    return f"<blockquote><p>{quoted}{_marked(words[cut:].rstrip(), links)}</p></blockquote>"


def _marked(safe: str, links: dict[int, str] | None) -> str:
    return MARKER.sub(lambda found: _marker(found, links), safe)


def _marker(found: re.Match[str], links: dict[int, str] | None) -> str:
    number = int(found[1])
    if links is None:
        return format_html('<sup class="cite"><span>{}</span></sup>', number)
    if number not in links:
        return found[0]
    return format_html(
        '<sup class="cite"><a href="{0}#quoted" hx-get="{0}" hx-target="#leaf" aria-label="{2}">'
        "{1}</a></sup>",
        links[number],
        number,
        _("Source %(number)d") % {"number": number},
    )
