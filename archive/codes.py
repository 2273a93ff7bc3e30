"""Numbers of models, articles and lots: found exactly, or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from archive.lexical import BY_INDEX
from archive.ranking import Ranked

PARTS = 6  # of a code, as a client parts it: SER REL 30 02
LONGEST = 24  # letters and digits of a code
# Of a word that a million rows hold, the index gives some thousands: that is enough to leave it.
AT_MOST = "SET LOCAL gin_fuzzy_search_limit = 4000"
AT_WILL = "SET LOCAL gin_fuzzy_search_limit = 0"  # for what follows in an outer transaction
MANY = 20  # rows that hold what looks like a code, from which it is a word like another: COVID-19

PART = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).{4,}|\d{8,14}")
MEASURE = re.compile(r"\d+(st|nd|rd|th|s|e|er|eme|cm|mm|ml|kg|km|gsm)")
# After these a shorter number is one too.
LABELS = re.compile(
    "ref|reference|référence|sku|no|n|nr|art|article|artikel|articolo|model|modèle|modell|modello"
    "|code|ean|gtin|upc|mpn"
)


class Codes(models.Func):
    """The codes in a row's `(title, body)`, without what stands between letters and digits."""

    function = "archive_codes"
    output_field = ArrayField(models.TextField())


def codes_in(query: str) -> list[str]:
    """What may be a code in `query`, in the form that rows are compared in; [] for most queries.

    Any words that follow one another may be the parts of one: that none is mistaken for a code is
    seen to by the rows, which are asked for the very same letters and digits.
    """
    text = unicodedata.normalize("NFC", query).lower()
    if not DIGIT.search(text):
        return []
    parts = PART.findall(text)
    found = {
        "".join(parts[start:end]).lstrip("0")
        for start in range(len(parts))
        for end in range(start + 1, min(start + PARTS, len(parts)) + 1)
    }
    kept = {code for code in found if MIXED.fullmatch(code) and not MEASURE.fullmatch(code)}
    kept |= {
        number.lstrip("0")
        for label, number in pairwise(parts)
        if LABELS.fullmatch(label) and DIGIT.search(number)
    }
    return sorted(code for code in kept if code and len(code) <= LONGEST)


def holding(rows: models.QuerySet[models.Model], body: str, codes: Sequence[str]) -> list[int]:
    """Primary keys of the `rows` whose title or `body` has one of `codes`; none when many do."""
    if not codes:
        return []
    found = rows.alias(codes=Codes("title", body)).filter(codes__overlap=codes).order_by()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(AT_MOST)
        keys = list(found.values_list("pk", flat=True)[: MANY + 1])
        cursor.execute(AT_WILL)
    return sorted(keys) if len(keys) <= MANY else []


def first(exact: Iterable[int], ranked: Sequence[Ranked], top: int) -> list[Ranked]:
    """The `top` of `ranked`, those among `exact` before all others, and with the highest score."""
    places = {each.key: each for each in ranked}
    wanted = set(exact)
    known = [replace(each, score=1.0) for each in ranked if each.key in wanted]
    unknown = [exactly(key) for key in sorted(wanted - places.keys())]
    return [*known, *unknown, *(each for each in ranked if each.key not in wanted)][:top]


def exactly(key: int) -> Ranked:
    """A row that is found by its code alone."""
    return Ranked(key=key, score=1.0, dense_rank=None, lexical_rank=None, similarity=0.0, bm25=0.0)
