"""Ranking by words: BM25 inside PostgreSQL, over whatever rows a viewer may see.

Two stages. The index finds the rows that hold a word of the query, and `ts_rank`, one word at a
time and weighted by rarity, orders them roughly at the speed of C; the best few hundred are then
scored exactly from the positions in their tsvector. docs/retrieval.md has the reasons and figures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db import connection, models, transaction
from django.db.models import BooleanField, Func, Value
from django.db.models.functions import Cast

from archive.door import Door, Rows, listed
from archive.ingestion.language import language_of
from archive.models.passage import Term
from archive.narrow import ASKED, Spelled, brought, steps
from archive.narrow import quote as quote
from archive.stems import STEMMED as STEMMED
from archive.tongues import spoken, worded_in

UNSTEMMED = ""  # stands for every other language
K1 = 1.5  # how soon further occurrences of a word stop counting
B = 0.75  # how much a long text is held against itself
TITLE = 3.0  # occurrences in the text that one in the title is worth
TERMS = 32  # the rarest of a query are used; a pasted page has hundreds
RANK_WEIGHTS = "{0.5,0.5,0.5,1}"  # of the letters D, C, B and A, as near to TITLE as 1 allows
# One word's `ts_rank`, with its rarity before it.
RANK = f"%s * ts_rank('{RANK_WEIGHTS}', search, %s::tsquery)"
COMMON = log(4)  # rarity of a word that a quarter of all rows hold
CANDIDATES = 200  # rows scored exactly

# A lexeme as a tsquery, as `quote` has it.
QUOTED = r"('''' || replace(replace({}, '\', '\\'), '''', '''''') || '''')::tsquery"

# Rows of a lexeme table that count something else: no lexeme holds a space.
ENTRIES = " entries"
LANGUAGE = " language "

Composed = tuple[str, list[Any]]  # SQL, and its parameters in their order

WRITTEN_IN = {code: f"language LIKE '{code}%%'" for code in STEMMED} | {
    UNSTEMMED: f"NOT language ~ '^({'|'.join(STEMMED)})'"
}
CODE = f"CASE WHEN left(language, 2) IN {STEMMED} THEN left(language, 2) ELSE '' END"
LANGUAGES = """
    SELECT {code}, count(*) FROM {rows} WHERE brand_id = %(brand)s GROUP BY 1
""".replace("{code}", CODE)
# ts_stat reads its rows from a query given as text.
REFRESH = """
    WITH counted AS MATERIALIZED (
        SELECT word, ndoc, nentry
        FROM ts_stat(format('SELECT search FROM {rows} WHERE brand_id = %%s', %(brand)s::bigint))
    ), wanted (lexeme, frequency) AS MATERIALIZED (
        SELECT word, ndoc FROM counted
        UNION ALL SELECT ' entries', least(sum(nentry), 2147483647) FROM counted
        HAVING count(*) > 0
        UNION ALL SELECT ' language ' || code, rows FROM (%(languages)s) AS l (code, rows)
    ), gone AS (
        DELETE FROM {terms} AS term WHERE brand_id = %(brand)s
        AND NOT EXISTS (SELECT FROM wanted WHERE wanted.lexeme = term.lexeme)
    )
    INSERT INTO {terms} AS term (brand_id, lexeme, frequency)
    SELECT %(brand)s, lexeme, frequency FROM wanted
    ON CONFLICT (brand_id, lexeme) DO UPDATE SET frequency = excluded.frequency
    WHERE term.frequency <> excluded.frequency
""".replace("%(languages)s", LANGUAGES)
# Small words of the query's own language are dropped for texts of every language: to an English
# archive, "la" and "est" would be rare words, and so the weightiest of a French question. A word
# that is not in the table is counted as it is asked for.
SPELL = """
    WITH kept AS MATERIALIZED (
        SELECT code, coalesce(string_agg(lexeme, ' '), '') AS words
        FROM unnest(%(codes)s::text[], %(asked)s::text[]) AS given (code, query)
        CROSS JOIN LATERAL unnest(archive_lexemes('', '', given.query))
        WHERE length(archive_lexemes(%(spoken)s, '', lexeme)) > 0 GROUP BY code
    ), spelled AS MATERIALIZED (
        SELECT code, found.lexeme, term.frequency FROM kept
        CROSS JOIN LATERAL unnest(archive_lexemes(code, '', kept.words)) AS found
        LEFT JOIN {terms} AS term ON term.brand_id = %(brand)s AND term.lexeme = found.lexeme
    ), missing AS MATERIALIZED (
        SELECT lexeme, (
            SELECT count(*) FROM {rows} WHERE brand_id = %(brand)s AND search @@ {word}
        ) AS frequency
        FROM (SELECT DISTINCT lexeme FROM spelled WHERE frequency IS NULL) AS unknown
    )
    SELECT code, lexeme, coalesce(spelled.frequency, missing.frequency)
    FROM spelled LEFT JOIN missing USING (lexeme)
""".replace("{word}", QUOTED.format("unknown.lexeme"))
COUNTED = (
    "SELECT lexeme, frequency FROM {terms} WHERE brand_id = %(brand)s AND lexeme = ANY(%(names)s)"
)
# The rows that may be best, roughly ordered.
CHOSEN = """
    SELECT id, language, search FROM {rows} WHERE {visible} AND ({holding})
    ORDER BY {rough} DESC, id LIMIT %s
"""
NAMED = "SELECT id, language, search FROM {rows} WHERE {visible} AND id = ANY(%s::bigint[])"
# A planner that reads LIMIT, and takes the words for common, would rather leaf through the table
# until it has met enough rows.
NARROWLY = """
    SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;
    SET LOCAL max_parallel_workers_per_gather = 0;
    SELECT id, {rough} FROM {rows} WHERE {visible} AND ({holding}) LIMIT %s
"""
HELD = """
    SELECT id, {code}, held.length, held.lexemes, held.occurrences, held.in_title
    FROM ({chosen}) AS chosen CROSS JOIN LATERAL (
        SELECT
            sum(cardinality(positions)) AS length,
            array_agg(lexeme) FILTER (WHERE asked) AS lexemes,
            array_agg(cardinality(weights)) FILTER (WHERE asked) AS occurrences,
            array_agg(cardinality(array_positions(weights, 'A'))) FILTER (WHERE asked) AS in_title
        FROM (SELECT *, lexeme = ANY(%s) AS asked FROM unnest(search)) AS each
    ) AS held
""".replace("{code}", CODE)


@dataclass(frozen=True, slots=True)
class Words:
    """A query as a brand's rows would spell it."""

    rarity: Spelled  # idf by lexeme
    rows: int  # of the brand, as last counted
    mean_length: float  # of a row, in lexemes; 0 when not counted
    asked: Mapping[str, str] = field(default_factory=dict)  # the query, said in each language
    counted: Mapping[str, int] = field(default_factory=dict)  # rows that hold each lexeme


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rows of one kind, with `brand`, `language` and `search`, and the count of their words.

    Of a brand of up to `every` rows, and wherever they are no more than `ordered`, all rows with a
    telling word are ordered; where they are more, `ordered` of those that hold the most of it.
    """

    rows: type[models.Model]
    terms: type[Term]
    every: int = 25_000
    ordered: int = 2_000

    def refresh(self, brand_id: int) -> None:
        """Count again in how many of the brand's rows each lexeme occurs.

        To be called when rows have come or gone. Search works without it, only slower: words that
        are not in the table are counted as they are asked for, and the database's planner, which
        is told of the new rows here, may still take the tables for small.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            table = self.terms._meta.db_table
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [table, brand_id])
            cursor.execute(self._naming(REFRESH), {"brand": brand_id})
            cursor.execute(f"ANALYZE {', '.join(self.tables())}")

    def tables(self) -> list[str]:
        """Those a search reads: the rows' own, their vectors' and what they belong to."""
        fields = self.rows._meta.get_fields()
        related = [f.related_model for f in fields if f.many_to_one or f.name == "embeddings"]
        models = [self.rows, self.terms, *filter(None, related)]
        return sorted({model._meta.db_table for model in models})

    def words(self, brand_id: int, query: str) -> Words:
        """The lexemes of `query` in each language of the brand's rows, with their rarity."""
        names = [ENTRIES, *(LANGUAGE + code for code in (*STEMMED, UNSTEMMED))]
        counted: dict[str, int] = dict(self._all(COUNTED, brand=brand_id, names=names))
        sizes = {code: counted.get(LANGUAGE + code, 0) for code in (*STEMMED, UNSTEMMED)}
        if not any(sizes.values()):
            sizes = dict(self._all(LANGUAGES, brand=brand_id))
        codes, size = [code for code, rows in sizes.items() if rows], sum(sizes.values())
        query = clean(query)
        asked = {code: worded_in(query, code) for code in codes}
        own = spoken(query) or language_of(query)
        given: dict[str, Any] = {"codes": codes, "asked": list(asked.values()), "spoken": own}
        found = self._all(SPELL, brand=brand_id, **given)
        frequency = {lexeme: count for _, lexeme, count in found}
        rarity: dict[str, dict[str, float]] = {}
        for code, lexeme, _ in sorted(found, key=lambda row: (frequency[row[1]], row[:2])):
            held = min(frequency[lexeme], size)
            if held and len(rarity.setdefault(code, {})) < TERMS:
                rarity[code][lexeme] = log(1 + (size - held + 0.5) / (held + 0.5))
        evened = even(rarity, sizes)
        return Words(evened, size, counted.get(ENTRIES, 0) / max(size, 1), asked, frequency)

    def best(
        self, door: Door, words: Words, top: int, also: Iterable[int] = ()
    ) -> dict[int, float]:
        """BM25 by primary key of the `top` rows behind `door` that score highest, best first.

        Where not every row with a telling word can be looked at, the rows `also`, behind the door
        too and found in another way, are scored with those that were chosen.
        """
        if not any(words.rarity.values()):
            return {}
        enough = max(CANDIDATES, top)
        tells = telling(words)
        if words.rows > self.every and brought(tells, words.rows) > self.ordered:
            found = narrowly_best(door, words, enough, max(self.ordered, enough))
            held = scorable(door, words, NAMED, [listed({*found, *also})])
        else:
            lexemes = {lexeme for rarity in tells.values() for lexeme in rarity}
            most = sum(words.counted[lexeme] for lexeme in lexemes)
            # Where telling words cannot bring enough rows, the others have their say at once.
            held = roughly_best(door, words, tells, enough) if most >= enough else []
            if len(held) < enough:
                held = roughly_best(door, words, words.rarity, enough)
        ranked = sorted(scores(held, words).items(), key=lambda item: (-item[1], item[0]))
        return dict(ranked[:top])

    def _naming(self, statement: str) -> str:
        return statement.format(rows=self.rows._meta.db_table, terms=self.terms._meta.db_table)

    def _all(self, statement: str, **given: str | int | list[str] | list[int]) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(self._naming(statement), given)
            rows: Rows = cursor.fetchall()
            return rows


def saturated(times: float, length: float) -> float:
    """BM25's share of a word that occurs `times` in a row of `length` mean rows."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length))


def even(rarity: Spelled, sizes: Mapping[str, int]) -> Spelled:
    """`rarity` with a query weighing no more in any language than in that of most rows.

    Every word is rare in the few letters in French of an English house, and they would come first.
    """
    total = {code: sum(words.values()) for code, words in rarity.items()}
    most = total.get(max(sizes, key=lambda code: sizes[code]), 0.0) if sizes else 0.0
    return {
        code: {word: value * min(1.0, most / total[code]) for word, value in words.items()}
        if most and total[code] > most
        else words
        for code, words in rarity.items()
    }


def telling(words: Words) -> Spelled:
    """The words without those that a large share of all rows hold, which single nothing out."""
    return {
        code: {lexeme: value for lexeme, value in rarity.items() if value > COMMON}
        for code, rarity in words.rarity.items()
    }


def scores(held: Rows, words: Words) -> dict[int, float]:
    """BM25 by primary key, in no order; rows that hold no word of the query are left out."""
    lengths = [row[2] for row in held if row[2]]
    mean = words.mean_length or sum(lengths) / max(len(lengths), 1)
    scored: dict[int, float] = {}
    for key, code, length, *found in held:
        rarity = words.rarity.get(code, {})
        for lexeme, occurrences, in_title in zip(*found, strict=True) if found[0] else ():
            times = occurrences + (TITLE - 1) * in_title
            gain = rarity.get(lexeme, 0.0) * saturated(times, length / mean)
            scored[key] = scored.get(key, 0.0) + gain
    return {key: score for key, score in scored.items() if score > 0}


def scorable(door: Door, words: Words, chosen: str, given: Sequence[Any]) -> Rows:
    """What `scores` needs of the `chosen` rows: HELD, `given` being the parameters of `chosen`."""
    lexemes = sorted({lexeme for rarity in words.rarity.values() for lexeme in rarity})
    return door.asked(HELD.replace("{chosen}", chosen), after=[*given, lexemes])


def roughly_best(door: Door, words: Words, wanted: Spelled, most: int) -> Rows:
    """The rows that hold one of the `wanted` words, those likely to be best, as `scorable`."""
    if not any(wanted.values()):
        return []
    any_word = {code: " | ".join(map(quote, rarity)) for code, rarity in wanted.items() if rarity}
    (held, of_held), (order, of_order) = holding(any_word), rough(words)
    chosen = CHOSEN.replace("{holding}", held).replace("{rough}", order)
    return scorable(door, words, chosen, [*of_held, *of_order, most])


def narrowly_best(door: Door, words: Words, most: int, ordered: int) -> list[int]:
    """Primary keys, as `roughly_best`, of `ordered` rows a step that hold much of the telling
    words' rarity."""
    found: dict[int, float] = {}
    order, of_order = rough(rarest(words))
    for condition in steps(telling(words), words.rows):
        held, of_held = holding(condition)
        statement = NARROWLY.replace("{holding}", held).replace("{rough}", order)
        found |= dict(door.asked(statement, of_order, [*of_held, ordered]))
        if len(found) >= most:
            break
    return sorted(found, key=lambda key: (-found[key], key))[:most]


def rarest(words: Words) -> Words:
    """`words` with those alone that lead to rows: the others hardly change a rough order."""
    kept = {code: dict(list(rarity.items())[:ASKED]) for code, rarity in words.rarity.items()}
    return replace(words, rarity=kept)


def holding(asked: Mapping[str, str]) -> Composed:
    """Rows for which the condition on words of their own language is true."""
    parts = [f"({WRITTEN_IN[code]} AND search @@ %s::tsquery)" for code in asked]
    return " OR ".join(parts), list(asked.values())


def rough(words: Words) -> Composed:
    """A score that unpacks nothing: the sum 1 + 1/4 + 1/9 ... of ts_rank saturates as BM25's."""
    cases, given = [], []
    for code, rarity in words.rarity.items():
        if rarity:
            cases.append(f"WHEN {WRITTEN_IN[code]} THEN {' + '.join([RANK] * len(rarity))}")
            given += [part for lexeme, value in rarity.items() for part in (value, quote(lexeme))]
    return f"CASE {' '.join(cases)} ELSE 0.0 END", given


class Matches(Func):
    """`tsvector @@ tsquery`, for queries that are already lexemes."""

    arg_joiner = " @@ "
    template = "%(expressions)s"
    output_field = BooleanField()


def query_of(text: str) -> Cast:
    return Cast(Value(text), SearchQueryField())


def clean(query: str) -> str:
    """`query` as a database can hold it: no NUL, no half of a surrogate pair, nothing around it."""
    return query.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8").strip()
