"""A body as it was before it was sent, within a limit on what arrives and what it becomes."""

import zlib
from collections.abc import Iterable, Iterator

from archive.web.errors import WebError

BROKEN = "The page broke off on its way, or is damaged: try again later."
UNASKED = "The site answered in an encoding that was not asked for."
GZIP = 16 + zlib.MAX_WBITS


def too_large(most: int) -> WebError:
    size = f"{most >> 20} MB" if most >= 1 << 20 else f"{max(most >> 10, 1)} KB"
    return WebError(f"The page is larger than {size}, the most that is fetched.", permanent=True)


def body(chunks: Iterable[bytes], encoding: str, most: int) -> bytes:
    """All of `chunks`, unpacked. Raises WebError beyond `most` bytes, packed or unpacked."""
    coding = encoding.strip().lower()
    if coding in {"", "identity"}:
        parts: Iterable[bytes] = counted(chunks, most)
    elif coding in {"gzip", "x-gzip", "deflate"}:
        parts = unpacked(counted(chunks, most), coding, most)
    else:  # two encodings one upon the other among them
        raise WebError(UNASKED, permanent=True)
    return b"".join(counted(parts, most))


def counted(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise too_large(most)
        yield chunk


def unpacked(chunks: Iterable[bytes], coding: str, most: int) -> Iterator[bytes]:
    machine = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if machine is None:
                machine = zlib.decompressobj(window(coding, rest))
            try:
                yield machine.decompress(rest, most + 1)
            except zlib.error:
                raise WebError(BROKEN) from None
            # Gzip may hold several members, one after the other.
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
            if machine.eof:
                machine = None
                if coding == "deflate":
                    return
    if machine is not None:
        raise WebError(BROKEN)


def window(coding: str, head: bytes) -> int:
    """What zlib is to expect: some servers send deflate without its own header."""
    if coding != "deflate":
        return GZIP
    return zlib.MAX_WBITS if head[0] & 0x0F == 8 else -zlib.MAX_WBITS
