"""Electronic mail: its subject, who wrote it and when, and its words; attachments apart."""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import cast

from archive.ingestion.parse import html, titles
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.encoding import decoded
from archive.ingestion.parse.text import unwrapped

QUOTED = re.compile(r"((?:> ?)+)(.*)")
FLOWED = re.compile(r" $")
SIGNATURE = re.compile(r"-- ?")
PART = re.compile(rb"^content-type:", re.M | re.I)
MOST_PARTS = 2000
LONGEST_HEADER = 32_000  # characters
OVERLONG = "This mail could not be read: one of its headers is far too long."
SHIFTING = ("iso-2022-jp", "iso-2022-kr", "hz-gb-2312")
HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # of characters; the rest are lone bytes
NUL = re.compile(rb"\x00")


def parse(data: bytes, stem: str) -> Parsed:
    message = read(data)
    subject = " ".join(header(message, "subject").split())
    title = subject or titles.from_name(stem)
    blocks = [Block(subject, 1)] if subject else []
    blocks += body(message)
    writer = names(message, "from")
    metadata = {"people": ", ".join(writer)} if writer else {}
    return Parsed(blocks, title, date=sent(message) or titles.date_in_name(stem), metadata=metadata)


class Bounded(policy.EmailPolicy):
    """Headers of any length would be read in the square of it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        if sum(map(len, sourcelines)) > LONGEST_HEADER:
            raise ParseError(OVERLONG)
        return super().header_source_parse(sourcelines)


def read(data: bytes) -> EmailMessage:
    """Raises ParseError for more parts, or longer headers, than anybody writes."""
    if sum(1 for _ in PART.finditer(data)) > MOST_PARTS:
        raise ParseError(f"This mail has more than {MOST_PARTS:,} parts.")
    bounded = cast("policy.EmailPolicy[EmailMessage]", Bounded())
    return BytesParser(policy=bounded).parsebytes(NUL.sub(b"", data))


def header(message: EmailMessage, name: str) -> str:
    """A header in plain words, "" where it is missing or cannot be read."""
    try:
        return readable(str(message[name] or ""))
    except (ValueError, IndexError, AttributeError, TypeError):  # faults of the standard library's
        return ""


def names(message: EmailMessage, name: str) -> list[str]:
    """The persons in a header; somebody without a name goes without, not by an address."""
    try:
        addresses = message[name].addresses if message[name] else ()
    except (ValueError, IndexError, AttributeError, TypeError):
        return []
    named = (readable(each.display_name).replace(",", " ") for each in addresses)
    return [each for each in named if each.strip()]


def readable(text: str) -> str:
    """A header that was written in UTF-8 without saying so (RFC 6532)."""
    whole = HALVES.sub("", text)
    return whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sent(message: EmailMessage) -> str:
    """The day in ISO 8601 on which it was written, where that was."""
    try:
        return parsedate_to_datetime(header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def body(message: EmailMessage) -> list[Block]:
    """Its words: the plain ones, or those of the page if there are no plain ones."""
    plain = message.get_body(("plain",))
    if plain is not None and (found := list(paragraphs(words(plain), flowed=is_flowed(plain)))):
        return found
    page = message.get_body(("html",))
    if (
        page is None
        and message.get_content_maintype() == "multipart"
        and not message.is_multipart()
    ):
        return list(paragraphs(words(message), flowed=False))  # of parts whose border is lost
    return html.fragment(words(page)) if page is not None else []


def words(part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    charset = part.get_content_charset() or ""
    if charset.startswith(SHIFTING):  # whose bytes are all ASCII
        return data.decode(charset, "replace")
    return decoded(data, charset)


def is_flowed(part: MIMEPart) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def paragraphs(text: str, *, flowed: bool) -> Iterator[Block]:
    """Paragraphs with their wrapped lines joined; what is quoted keeps one "> " before it.

    A signature, after a line of two hyphens, keeps its lines.
    """
    signed = False
    for depth, lines in runs(text):
        if not signed and depth == 0 and SIGNATURE.fullmatch(lines[0]):
            signed, lines = True, lines[1:]
        if not lines:
            continue
        joined = lines if signed else rejoined(lines) if flowed else unwrapped(lines)
        mark = "> " if depth else ""
        for place, line in enumerate(joined):
            if line.strip():
                yield Block(mark + line.strip(), before="\n" if place else "\n\n")


def runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that stand together with how deep they are quoted."""
    held: list[str] = []
    last = 0
    for line in [*text.splitlines(), ""]:
        found = QUOTED.match(line)
        depth = found.group(1).count(">") if found else 0
        said = found.group(2) if found else line
        ends = not said.strip() or SIGNATURE.fullmatch(said.rstrip("\n")) is not None
        if held and (depth != last or ends):
            yield last, held
            held = []
        if said.strip():
            held.append(said)
        last = depth
    if held:
        yield last, held


def rejoined(lines: list[str]) -> list[str]:
    """Lines of format=flowed (RFC 3676): one that ends in a space goes on in the next."""
    joined = [""]
    for line in lines:
        joined[-1] += line
        if not FLOWED.search(line):
            joined.append("")
    return joined


def attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The files that came with it as (name, bytes), mails among them; no pictures of the text."""
    for count, part in enumerate(parts(message), 1):
        kind = part.get_content_type()
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, EmailMessage):
                yield name or f"message-{count}.eml", inner.as_bytes(policy=policy.SMTP)
            continue
        data = part.get_payload(decode=True)
        if name and isinstance(data, bytes) and data:
            yield name, data


def parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Every leaf that is a file; a mail inside is one, whatever it holds."""
    todo = [message]
    while todo:
        part = todo.pop(0)
        if part is not message and part.get_content_type() == "message/rfc822":
            yield part
        elif part.is_multipart():
            inner = part.get_payload()
            todo[:0] = [each for each in inner if isinstance(each, EmailMessage)]
        elif part is not message and not is_inline(part):
            yield part


def is_inline(part: EmailMessage) -> bool:
    """Whether it is shown inside the text rather than sent with it."""
    shown = part.get_content_disposition() != "attachment"
    return shown and (part.get_content_maintype() == "image" or not part.get_filename())
