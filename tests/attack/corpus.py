"""All payloads, each with the class it is of."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tests.attack import disguises, payloads

LONG = 160  # characters of an oversized payload of which every boundary is tried


@dataclass(frozen=True, slots=True)
class Payload:
    kind: str
    text: str

    @property
    def boundaries(self) -> Iterator[int]:
        """Where a stream may cut it: everywhere; of an oversized one, then every 97 characters."""
        every = LONG if self.kind == "oversized" else len(self.text)
        yield from range(1, every + 1)
        yield from range(every, len(self.text), 97)


PLAIN: dict[str, tuple[str, ...]] = {
    "script": payloads.SCRIPTS,
    "handler": payloads.HANDLERS,
    "address": tuple(
        carrier.format(address)
        for carrier, address in product(payloads.CARRIERS, payloads.ADDRESSES)
    ),
    "mutation": payloads.MUTATIONS,
    "request": payloads.ASKING,
    "style": payloads.STYLES,
    "htmx": disguises.HTMX,
    "data": disguises.DATA,
    "clobbering": disguises.CLOBBERING,
    "template": disguises.TEMPLATES,
    "markdown": disguises.MARKDOWN,
    "quotation": disguises.QUOTATIONS,
    "unicode": disguises.UNICODE,
    "oversized": disguises.OVERSIZED,
}
FRAMED = ("script", "handler", "mutation", "request", "htmx")  # also tried inside an answer


def framed() -> Iterator[str]:
    for place, text in enumerate(text for kind in FRAMED for text in PLAIN[kind]):
        yield disguises.FRAMES[place % len(disguises.FRAMES)].format(text)


def corpus() -> list[Payload]:
    """Every payload once, in the order of their classes."""
    every = [Payload(kind, text) for kind, texts in PLAIN.items() for text in texts]
    every += [Payload("framed", text) for text in framed()]
    return list({payload.text: payload for payload in every}.values())
