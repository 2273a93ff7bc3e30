"""Words of a feed made fit to keep: plain, one form per character, addresses that are safe."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&#?\w{1,31};")
# What PostgreSQL or UTF-8 cannot hold, and what nobody can see.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
DECLARATION = re.compile(r"<!(?!--)[^>]*>?")  # no words of a text, and HTMLParser may stop at one
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr
        li main ol p pre section table td th tr ul
        """,
    )
)
SILENT = frozenset(("script", "style", "template", "head"))
ADDRESS_LIMIT = 1000  # characters


class Plain(HTMLParser):
    """Collects the text of HTML, a new line for each block, nothing of scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data if "\n" not in data else " ".join(data.split("\n")))


def clean(text: str) -> str:
    """`text` in composed characters, without those that cannot be kept."""
    return unicodedata.normalize("NFC", UNFIT.sub("", text))


def one_line(text: str, limit: int | None = None) -> str:
    """`text` cleaned and on one line, cut at `limit` characters; entities are resolved."""
    if "&" in text:
        text = unescape(text)
    return " ".join(clean(text).split())[:limit]


def plain(text: str) -> str:
    """HTML or text as plain text: one line per block, no empty lines."""
    if MARKUP.search(text):
        parser = Plain()
        parser.feed(DECLARATION.sub("", text))
        parser.close()
        text = "".join(parser.parts)
    lines = (" ".join(line.split()) for line in clean(text).splitlines())
    return "\n".join(line for line in lines if line)


def address(text: str) -> str:
    """`text` if it may stand in a page as an address (http, https or of this site), else ""."""
    found = clean(text).strip()
    safe = re.match(r"https?://[^\s\"'<>\\]+$|/(?![/\\])[^\s\"'<>\\]*$", found, re.IGNORECASE)
    return found if safe and len(found) <= ADDRESS_LIMIT else ""


def fitting(text: str, limit: int) -> str:
    """An identifier as it stands, or nothing: a shortened one would be another's."""
    found = one_line(text)
    return found if len(found) <= limit else ""


def gtin(text: str) -> str:
    """A trade item number of 8 to 14 digits, or nothing (spreadsheets write 9.5E+12)."""
    digits = re.sub(r"[\s'-]", "", text)
    return digits if re.fullmatch(r"\d{8,14}", digits) else ""


def condition(text: str) -> str:
    """The condition of a piece, where there is something to say: that it is new goes unsaid."""
    found = one_line(text, 100)
    return "" if found.casefold().rsplit("/", 1)[-1] in {"new", "newcondition"} else found
