"""Numbers of models, articles and lots: found exactly, or not at all."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.db import connection, models, transaction

from archive.ranking import Ranked

PARTS = 6  # of a code, as a client parts it: SER REL 30 02
LONGEST = 24  # letters and digits of a code
# Rows that hold what looks like a code, from which it is a word like another, COVID-19 say: of
# those a viewer may see, and of all. Of a word that far more hold, the index gives about SEEN.
MANY = 20
SEEN = 1000
BY_INDEX = f"""
    SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;
    SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL gin_fuzzy_search_limit = {SEEN}
"""
AT_WILL = "SET LOCAL gin_fuzzy_search_limit = 0"  # for what follows in an outer transaction
HELD = """
    SELECT asked.code, held.id FROM unnest(%s::text[]) AS asked (code) CROSS JOIN LATERAL (
        SELECT id FROM {rows} WHERE archive_codes(title, {body}) && ARRAY[asked.code] LIMIT %s
    ) AS held
"""

PART = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).{4,}|\d{8,14}")
MEASURE = re.compile(r"\d+(st|nd|rd|th|s|e|er|eme|cm|mm|ml|kg|km|gsm)")
# After these a shorter number is one too.
LABELS = re.compile(
    "ref|reference|référence|sku|no|n|nr|art|article|artikel|articolo|model|modèle|modell|modello"
    "|code|ean|gtin|upc|mpn"
)


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


def holding(visible: models.QuerySet[Any], body: str, codes: Sequence[str]) -> list[int]:
    """Primary keys of the `visible` rows whose title or `body` has one of `codes`.

    A code that many rows hold is none.
    """
    if not codes:
        return []
    statement = HELD.replace("{rows}", visible.model._meta.db_table).replace("{body}", body)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(statement, [list(codes), SEEN])
        held = cursor.fetchall()
        cursor.execute(AT_WILL)
    often = Counter(code for code, _ in held)
    rare = {key for code, key in held if often[code] < SEEN // 2}
    keys = list(visible.filter(pk__in=rare).order_by("pk").values_list("pk", flat=True))
    return keys if len(keys) <= MANY else []


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
