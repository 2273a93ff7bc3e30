"""Presidio's recognisers of forms: patterns and check digits, no model and no network.

They are loaded when a text first needs one: 14 MB, and a quarter of a second to half a second.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from types import ModuleType
from typing import Any

from concierge.redaction.found import Found

ENGINES = "presidio_analyzer.nlp_engine"
# Where clients of a house write from. Elsewhere a number is known by its country's number.
REGIONS = ("FR", "IT", "DE", "GB", "US", "ES", "CH", "AT", "BE")
ENOUGH = 0.5  # of a score: a form of its own, or check digits that agree
NEAR = 60  # characters before a number in which a word may say what it is


@dataclass(frozen=True, slots=True)
class Form:
    """One recogniser. It is asked only for a text in which `gate` finds something."""

    name: str
    kind: str
    gate: re.Pattern[str]


NINE = re.compile(r"\d{3}[- .]?\d{2}[- .]?\d{4}")
FORMS = (
    Form("EmailRecognizer", "EMAIL", re.compile("@")),
    Form("CreditCardRecognizer", "CARD", re.compile(r"\d{4}[- ]?\d{3}")),
    Form("IbanRecognizer", "IBAN", re.compile(r"[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]{4}")),
    Form("IpRecognizer", "IP", re.compile(r"\d\.\d{1,3}\.\d|[0-9a-fA-F]:[0-9a-fA-F:]*:")),
    Form("UsSsnRecognizer", "ID", NINE),
    Form("UsItinRecognizer", "ID", re.compile(r"9\d{2}[- ]?\d{2}[- ]?\d{4}")),
    Form("UsPassportRecognizer", "ID", re.compile(r"passport", re.IGNORECASE)),
    Form("UsLicenseRecognizer", "ID", re.compile(r"\bdriv\w+ licen|\bdl\b", re.IGNORECASE)),
    Form("UkNinoRecognizer", "ID", re.compile(r"[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]\b")),
    Form("NhsRecognizer", "ID", re.compile(r"\bNHS\b", re.IGNORECASE)),
    Form("ItFiscalCodeRecognizer", "ID", re.compile(r"[A-Za-z]{6}[0-9A-Za-z]{10}")),
    Form("ItVatCodeRecognizer", "ID", re.compile(r"p\.? ?iva|partita", re.IGNORECASE)),
    Form("EsNifRecognizer", "ID", re.compile(r"\d{7}-?[A-Z]\b")),
    Form("EsNieRecognizer", "ID", re.compile(r"\b[XYZ]\d{7}-?[A-Z]\b")),
)
_loading = Lock()


def recognised(text: str) -> Iterator[Found]:
    """What the recognisers are sure of, by its check digits or by the word before it."""
    for form in FORMS:
        if not form.gate.search(text):
            continue
        recogniser = recognisers()[form.name]
        read = text.upper() if form.kind == "IBAN" else text
        if len(read) != len(text):  # a letter that is two when large
            read = text
        for result in recogniser.analyze(read, recogniser.supported_entities):
            if result.score >= ENOUGH or is_named(text, result.start, recogniser.context or ()):
                yield Found(form.kind, result.start, result.end)


def is_named(text: str, start: int, words: tuple[str, ...]) -> bool:
    before = text[max(0, start - NEAR) : start].lower()
    return any(re.search(rf"\b{re.escape(word.strip().lower())}\b", before) for word in words)


def is_domain(name: str) -> bool:
    """Whether it ends as domains do, by the list of public suffixes."""
    recognisers()
    from tldextract import extract

    return bool(extract(name).suffix)


def is_telephone(text: str, *, abroad: bool) -> bool:
    """Whether all of `text` can be a telephone number: of any country, or of one of REGIONS."""
    digits = sum(each.isdigit() for each in text)
    for recogniser in recognisers()["abroad" if abroad else "at home"]:
        for one in recogniser.analyze(text, recogniser.supported_entities):
            if sum(each.isdigit() for each in text[one.start : one.end]) >= digits - 1:
                return True
    return False


def recognisers() -> dict[str, Any]:
    with _loading:
        return _made()


@cache
def _made() -> dict[str, Any]:
    with without_engines():
        import tldextract
        from presidio_analyzer import predefined_recognizers as known
    # The list of suffixes that the package brings: none is fetched, none is written to a disk.
    offline = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    tldextract.tldextract.TLD_EXTRACTOR = offline
    # One of them quotes to its log what it could not read.
    for name in ("presidio-analyzer", "decision_process"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.disabled = True
    made: dict[str, Any] = {form.name: getattr(known, form.name)() for form in FORMS}
    made["abroad"] = [known.PhoneRecognizer(supported_regions=("FR",))]
    # One for each region: most numbers are of the first few, and the others are not asked.
    made["at home"] = [known.PhoneRecognizer(supported_regions=(each,)) for each in REGIONS]
    return made


class Engines(ModuleType):
    """In the place of what reads whole languages: names for annotations, and nothing that runs."""

    def __getattr__(self, name: str) -> type[object]:
        if name.startswith("__"):
            raise AttributeError(name)
        return object


@contextmanager
def without_engines() -> Iterator[None]:
    """Import Presidio without spaCy, which recognisers of forms name in their types alone."""
    if ENGINES in sys.modules:
        yield
        return
    sys.modules[ENGINES] = Engines(ENGINES)
    try:
        yield
    finally:
        del sys.modules[ENGINES]
