"""What a page of a website has around its own words, and by which sign each part is known."""

import re
from typing import Any

from lxml import etree

Element = etree._Element

# Not words at all.
SILENT = frozenset(
    # `rt` is how the word before it is spoken, `rp` the brackets around that.
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "rt", "rp"}
)
FORMS = frozenset({"form", "button"})
FRAME = {"nav": "navigation", "aside": "aside", "footer": "footer", "header": "header"}
ROLES = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "search": "search",
}
INSIDE = frozenset({"article", "main"})
SIGNS = frozenset({"div", "section", "ul", "ol", "p", "span", "dialog"})  # may be known by a class
NOTICE = "banner|notice|bar|popup|modal|overlay|dialog|message|law|alert|consent"
COOKIES = re.compile(
    rf"(?:cookie|consent|gdpr)s?[\w-]*(?:{NOTICE})|(?:{NOTICE})[\w-]*cookie"
    r"|onetrust|cookiebot|didomi|axeptio|\bcc-window\b",
    re.I,
)
ABOUT_COOKIES = re.compile(r"cookie|traceur|クッキー", re.I)
SHARE = re.compile(r"(?:^|[\s_-])(?:share|sharing|social|addtoany|addthis|sharedaddy)(?:$|[\s_-])")
LONGEST_NOTICE = 1500  # characters of a cookie banner; more is a page about cookies
LONGEST_SHARE = 200  # characters of a row of links for sharing
UNLINKED = 40  # characters of it that are no link: “Share this article”

LINKS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|related|pagination|pager)(?:$|[\s_-])"
)
LINKED = 0.5  # share of its words that are links
FOOT = re.compile(r"(?:^|[\s_-])(?:footer|colophon)(?:$|[\s_-])")
LONGEST_FOOT = 1500  # characters of a site's foot
SIGN_UP = re.compile(r"(?:^|[\s_-])(?:newsletter|subscribe|sign-?up)(?:$|[\s_-])")
LONGEST_SIGN_UP = 400  # characters

Sign = tuple[str, str]  # rule, and what it saw, in words


def sign(element: Element, root: Element) -> Sign | None:
    """By what `element` belongs to the site rather than to the page's own words below `root`."""
    tag, role = element.tag, element.get("role") or ""
    if element is root:
        return None
    if tag in FORMS:
        return "form", f"is a {tag}, which a visitor works with"
    if role in ROLES:
        return ROLES[role], f"has the role “{role}”"
    if element.get("hidden") is not None:
        return "hidden", "is marked as hidden"
    if "display:none" in (element.get("style") or "").replace(" ", "").lower():
        return "hidden", "is not displayed"
    if tag in FRAME:
        owned = root.tag in INSIDE or any(each.tag in INSIDE for each in element.iterancestors())
        return (FRAME[tag], f"is marked <{tag}>") if tag == "nav" or not owned else None
    return named(element) if tag in SIGNS else None


def named(element: Element) -> Sign | None:
    """A cookie banner or links for sharing, by the name the page gives them and by their words."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if COOKIES.search(name):
        words = spoken(element)
        if len(words) <= LONGEST_NOTICE and ABOUT_COOKIES.search(words):
            return "cookie_notice", f"is named “{name[:60]}” and speaks of cookies"
    elif SHARE.search(name.lower()):
        words = spoken(element)
        linked = sum(len(spoken(each)) for each in element.iter("a", "button"))
        if linked and len(words) <= LONGEST_SHARE and len(words) - linked <= UNLINKED:
            return "share_links", f"is named “{name[:60]}” and holds links alone"
    return around(element, name.lower()) if name else None


def around(element: Element, name: str) -> Sign | None:
    """A menu, a foot or a sign-up of a site that marks them by names alone."""
    links, foot, sign_up = LINKS.search(name), FOOT.search(name), SIGN_UP.search(name)
    if not (links or foot or sign_up) or any(e.tag in INSIDE for e in element.iterancestors()):
        return None
    words = len(spoken(element))
    if links:
        linked = sum(len(spoken(each)) for each in element.iter("a"))
        if linked and linked >= LINKED * words:
            return "navigation", f"is named “{name[:60]}” and holds links"
    if foot and words <= LONGEST_FOOT:
        return "footer", f"is named “{name[:60]}”"
    asks = sign_up and next(element.iter("form", "input"), None) is not None
    if asks and words <= LONGEST_SIGN_UP:
        return "form", f"is named “{name[:60]}” and asks for an address"
    return None


def spoken(element: Element) -> str:
    found: Any = element.xpath("string()")
    return " ".join(str(found).split())
