"""Words of a question that the house does not know, read as the nearest ones it does.

A question is compared with what the house itself writes, in its passages and its products, brand
by brand: no dictionary would know its names, and a dictionary's words would find nothing here.
Candidates come from an index of what is left of a word when one or two of its letters are left
out (symmetric deletion, after W. Garbe's SymSpell, 2012); the distance that decides is
Damerau's, where two neighbours that change places count as one mistake.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from archive.door import Door, Rows
from archive.embedding import EmbeddingError
from archive.embedding.kinds import KINDS
from archive.embedding.minilm import published
from archive.lexical import CODE, STEMMED, UNSTEMMED, Lexicon
from archive.models.brand import Brand
from archive.models.word import Word
from archive.tongues import understood
from archive.viewer import Viewer

SHORTEST = 4  # letters of a word that can be mistaken for another; below, most are
LONG = 8  # letters from which two mistakes are forgiven
LONGEST = 30  # letters of a word that is learned
PART = 3  # letters of each half of a word that is parted, or of two that are joined
ELIDED = frozenset("cdjlmnst")  # written before an apostrophe, and typed without: lheure, dorsay
BATCH = 2000  # rows looked through at a time
MOST = 2**63 - 1  # above every primary key
COMMON = 10  # the weight, 1,000 rows, from which a word is no secret
RAREST = -(2**15)  # the weight of a word the house does not write: below all that it does

CODES = [*STEMMED, UNSTEMMED]

# What stands between spaces: numbers, codes and addresses are no words to be mended.
CHUNK = re.compile(r"\S+")
EXACT = re.compile(r"\d|@|://|\bwww\.")
LETTERS = re.compile(r"[^\W\d_]+")

KNOWN = """
    SELECT lexeme, floor(log(2.0, frequency))::smallint AS weight FROM {terms}
    WHERE brand_id = %(brand)s AND frequency > 0 AND lexeme ~ '^[[:alpha:]]{3,30}$'
"""
FORGET = """
    DELETE FROM archive_word AS word WHERE brand_id = %(brand)s AND source = %(source)s
    AND NOT EXISTS (SELECT FROM ({known}) AS known WHERE known.lexeme = word.lexeme)
"""
WEIGH = """
    UPDATE archive_word AS word SET weight = known.weight FROM ({known}) AS known
    WHERE word.brand_id = %(brand)s AND word.source = %(source)s
    AND word.lexeme = known.lexeme AND word.weight <> known.weight
"""
NEW = """
    SELECT coalesce(array_agg(lexeme), '{}') FROM ({known}) AS known WHERE NOT EXISTS (
        SELECT FROM archive_word AS word WHERE word.brand_id = %(brand)s
        AND word.source = %(source)s AND word.lexeme = known.lexeme
    )
"""
# The newest rows first: what is new stands there.
HELD = """
    WITH batch AS MATERIALIZED (
        SELECT id, search FROM {rows} WHERE brand_id = %(brand)s AND id < %(before)s
        ORDER BY id DESC LIMIT %(batch)s
    )
    SELECT (SELECT min(id) FROM batch), array_agg(DISTINCT id), array_agg(DISTINCT lexeme)
    FROM batch CROSS JOIN unnest(tsvector_to_array(search)) AS lexeme
    JOIN unnest(%(new)s::text[]) AS fresh (lexeme) USING (lexeme)
"""
LEARN = """
    WITH written AS MATERIALIZED (
        SELECT DISTINCT {code} AS language, word FROM {rows}
        CROSS JOIN unnest(tsvector_to_array(archive_lexemes('', title, {body}))) AS word
        WHERE id = ANY(%(ids)s) AND word ~ '^[[:alpha:]]{3,30}$'
    ), stemmed AS MATERIALIZED (
        SELECT DISTINCT language, word, lexeme FROM written
        CROSS JOIN unnest(tsvector_to_array(archive_lexemes(language, '', word))) AS lexeme
    )
    INSERT INTO archive_word (brand_id, source, language, word, lexeme, weight)
    SELECT %(brand)s, %(source)s, language, word, lexeme, weight
    FROM stemmed JOIN ({known}) AS known USING (lexeme) ON CONFLICT DO NOTHING
""".replace("{code}", CODE)
# Words that may be mistaken, with their accents folded: a small word of any language is no mistake,
# though the house may not write that language. Then words that it does know, and pairs that it
# writes as one. The last two columns here and below are a lexeme and its weight.
ASKED = """
    SELECT 'typed', asked.word, archive_fold(asked.word), '', 0
    FROM unnest(%(words)s::text[]) AS asked (word)
    WHERE EXISTS (SELECT FROM archive_word WHERE brand_id = %(brand)s)
    AND NOT EXISTS (
        SELECT FROM unnest(%(codes)s::text[]) AS code
        WHERE length(archive_lexemes(code, '', asked.word)) = 0
    )
    UNION ALL SELECT 'known', asked.word, '', known.lexeme, known.weight
    FROM unnest(%(words)s::text[]) AS asked (word)
    CROSS JOIN unnest(%(codes)s::text[]) AS code
    CROSS JOIN unnest(tsvector_to_array(archive_lexemes(code, '', asked.word))) AS stem
    JOIN archive_word AS known
    ON known.brand_id = %(brand)s AND known.lexeme = stem AND known.language = code
    UNION ALL SELECT 'joined', pair, word, lexeme, weight FROM unnest(%(pairs)s::text[]) AS pair
    JOIN archive_word ON brand_id = %(brand)s AND word = archive_fold(pair)
"""
NEAR = """
    SELECT DISTINCT asked.word, near.word, near.lexeme, near.weight
    FROM unnest(%(words)s::text[]) AS asked (word)
    JOIN archive_word AS near ON near.brand_id = %(brand)s
    AND archive_deletions(near.word) && archive_deletions(asked.word)
    AND abs(length(near.word) - length(asked.word)) <= 2
"""
WRITTEN = """
    SELECT DISTINCT word, lexeme, weight FROM archive_word
    WHERE brand_id = %(brand)s AND word = ANY(%(words)s)
"""


SHOWN = """
    SELECT lexeme FROM archive_word AS asked
    WHERE brand_id = %s AND lexeme = ANY(%s) AND source = %s AND EXISTS (
        SELECT FROM {rows} WHERE {visible} AND search @@ quote_literal(asked.lexeme)::tsquery
    )
"""


def learn(lexicon: Lexicon, brand_id: int) -> None:
    """See how the words that `lexicon` has counted are written; after every `refresh` of it.

    Only rows that hold a lexeme not seen before are read, the newest first, until each has been
    seen: the time it takes grows with what is new, not with the archive.
    """
    kind = lexicon.rows
    table, terms = kind._meta.db_table, lexicon.terms._meta.db_table
    made: Any = kind._meta.get_field("search")
    body = made.expression.get_source_expressions()[2].name
    given: dict[str, Any] = {"brand": brand_id, "source": table, "batch": BATCH}

    def run(statement: str, **more: Any) -> Any:
        named = {"{known}": KNOWN, "{terms}": terms, "{rows}": table, "{body}": body}
        for name, text in named.items():
            statement = statement.replace(name, text)
        cursor.execute(statement, given | more)
        return cursor

    with connection.cursor() as cursor:
        with transaction.atomic():
            run(FORGET)
            run(WEIGH)
        new = set(run(NEW).fetchone()[0])
        before: int | None = MOST
        while new and before:  # each batch by itself: cut off, the next call goes on from there
            before, ids, seen = run(HELD, new=list(new), before=before).fetchone()
            if ids:
                run(LEARN, ids=ids)
                new.difference_update(seen)
        run("ANALYZE archive_word")


def unlearned(lexicon: Lexicon) -> list[int]:
    """The brands whose words were counted by `lexicon`, but never learned."""
    counted = lexicon.terms._default_manager.filter(brand_id=OuterRef("pk"))
    learned = Word.objects.filter(brand_id=OuterRef("pk"), source=lexicon.rows._meta.db_table)
    brands = Brand.objects.filter(Exists(counted), ~Exists(learned))
    return list(brands.order_by("pk").values_list("pk", flat=True))


def mended(viewer: Viewer, texts: Sequence[str], spoken: Collection[str] = ()) -> list[str]:
    """Each of `texts` with the words the house does not know read as those it does.

    The house knows, for this `viewer`, the words of what they may read. Those, numbers, codes,
    small words of any language, words that are near nothing and those of `spoken`, in lower case,
    stay as they are. Two words that the house writes as one are followed by that one.
    """
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    told = frozenset[str]().union(*map(understood, composed))
    asked = sorted({word for text in composed for word in words_of(text)}.difference(spoken, told))
    pairs = {"".join(pair): pair for text in composed for pair in pairs_of(text)}
    reading = read(Known(viewer), asked, pairs) if asked or pairs else None
    return [reading.of(text) for text in composed] if reading else list(texts)


def respelled(viewer: Viewer, text: str, spoken: Collection[str]) -> str:
    """`text`, in its own order, with the words nobody knows read as the house's or of `spoken`.

    `spoken` are words of a language, in lower case, which the house need not write: they stay
    themselves, and of equally near words the house's own is read.
    """
    composed = unicodedata.normalize("NFC", text)
    asked = sorted(set(words_of(composed)).difference(spoken))
    reading = read(Known(viewer), asked, {}, spoken) if asked else None
    return reading.of(composed) if reading else text


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read for what was typed, all in lower case."""

    instead: Mapping[str, str]
    joined: Mapping[str, str]  # by the two words run together

    def of(self, text: str) -> str:
        whole = [self.joined.get("".join(pair), "") for pair in pairs_of(text)]
        return " ".join([CHUNK.sub(self._chunk, text), *filter(None, whole)])

    def _chunk(self, match: re.Match[str]) -> str:
        chunk = match.group()
        return chunk if EXACT.search(chunk) else LETTERS.sub(self._word, chunk)

    def _word(self, match: re.Match[str]) -> str:
        typed = match.group()
        read = self.instead.get(typed.lower(), typed)
        return read.capitalize() if typed.istitle() else read


def words_of(text: str) -> list[str]:
    """The words of `text`, in lower case, that may be mistaken for others."""
    return [w for w in letters_of(text) if len(w) >= SHORTEST and w not in everyday()]


@cache
def everyday() -> frozenset[str]:
    """Some 20,000 common English words: those the default embedder knows whole.

    One of them is meant as it stands, even where the house does not use it: "guess" is no guest.
    """
    try:
        pieces = (published() / "vocab.txt").read_text(encoding="utf-8").split()
    except EmbeddingError:
        return frozenset()
    return frozenset(piece for piece in pieces if piece.isalpha())


def pairs_of(text: str) -> list[Pair]:
    """The words that follow one another in `text`, in lower case, and may be one."""
    return [
        (one, other)
        for one, other in pairwise(letters_of(text))
        if min(len(one), len(other)) >= PART and len(one + other) <= LONGEST
    ]


def letters_of(text: str) -> list[str]:
    """The words of `text` in lower case, without numbers, codes and addresses."""
    chunks = [chunk for chunk in CHUNK.findall(text) if not EXACT.search(chunk)]
    return [word.lower() for chunk in chunks for word in LETTERS.findall(chunk)]


class Known:
    """The words that stand in something the viewer may read.

    All that the house writes is learned, what waits for its day included; whether a rare word is
    known must not tell that it stands there.
    """

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.checked: dict[str, bool] = {}  # rare lexemes, and whether they are shown

    def rows(self, statement: str, words: Iterable[str]) -> Rows:
        """What `statement` finds, (..., lexeme, weight), as (..., weight)."""
        return self.known(rows(statement, brand=self.viewer.brand_id, words=sorted(words)))

    def known(self, found: Rows) -> Rows:
        """`found`, (..., lexeme, weight), without the rare lexemes that are not shown."""
        rare = {lexeme for *_, lexeme, weight in found if weight < COMMON} - self.checked.keys()
        shown = self.shown(sorted(rare)) if rare else frozenset()
        self.checked |= {lexeme: lexeme in shown for lexeme in rare}
        return [(*what, weight) for *what, each, weight in found if self.checked.get(each, True)]

    def shown(self, lexemes: list[str]) -> frozenset[str]:
        parts, given = [], []
        for kind in filter(lambda each: each.searched, KINDS):
            door = Door.to(kind.rows, self.viewer)
            parts.append(SHOWN.replace("{rows}", door.table).replace("{visible}", door.condition))
            given += [self.viewer.brand_id, lexemes, door.table, *door.values]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ".join(parts), given)
            return frozenset(lexeme for (lexeme,) in cursor.fetchall())

    def weights(self, words: Iterable[str]) -> dict[str, int]:
        """Those of `words` that are known, with how often they are written."""
        return dict(sorted(self.rows(WRITTEN, words)))


def read(
    known: Known, words: list[str], pairs: Mapping[str, Pair], spoken: Collection[str] = ()
) -> Reading | None:
    """How to read those of `words` that are not known, and those of `pairs` that are written as
    one word; None when all stay as they are.
    """
    given = {"words": words, "codes": CODES, "pairs": sorted(pairs)}
    found = rows(ASKED, brand=known.viewer.brand_id, **given)
    typed = {word: folded for what, word, folded, _, _ in found if what == "typed"}
    told = known.known(
        [r for r in found if r[0] == "joined" or (r[0] == "known" and r[1] in typed)]
    )
    for what, word, *_ in told:
        if what == "known":
            typed.pop(word, None)
    joined = usual(known, {pair: word for what, pair, word, _ in told if what == "joined"}, pairs)
    instead = mistaken(known, typed, spoken) if typed else {}
    return Reading(instead, joined) if instead or joined else None


def usual(known: Known, joined: dict[str, str], pairs: Mapping[str, Pair]) -> dict[str, str]:
    """Those of the `joined` that the house writes about as often as the rarer of the two words.

    A house of hard drives that once has "harddrive" means them as they are typed.
    """
    if not joined:
        return {}
    written = known.weights({word for typed in joined for word in (joined[typed], *pairs[typed])})
    return {
        typed: word
        for typed, word in joined.items()
        if written[word] >= min(written.get(part, -1) for part in pairs[typed])
    }


def mistaken(known: Known, folded: Mapping[str, str], spoken: Collection[str]) -> dict[str, str]:
    """The words of the brand that are meant, by those typed, which come with accents folded."""
    near: dict[str, dict[str, int]] = {}
    for typed, word, weight in sorted(known.rows(NEAR, set(folded.values()))):
        near.setdefault(typed, {})[word] = weight
    written = known.weights(
        {half for word in folded.values() for pair in parted(word) for half in pair}
    )
    others = [(word, RAREST) for word in spoken]
    found = {
        typed: nearest(word, [*near.get(word, {}).items(), *others]) or halves(word, written)
        for typed, word in folded.items()
    }
    return {typed: word for typed, word in found.items() if word}


def nearest(typed: str, near: Iterable[tuple[str, int]]) -> str:
    """The word fewest mistakes away, of equals the one most rows hold; empty when none is near."""
    most = 2 if len(typed) >= LONG else 1
    found = [
        (mistakes, -weight, word)
        for word, weight in near
        if 0 < (mistakes := distance(typed, word)) <= most
        and (mistakes == 1 or typed[0] == word[0])
    ]
    return min(found)[2] if found else ""


def parted(word: str) -> list[tuple[str, str]]:
    """Two words that may have been written as one."""
    cuts = [*([1] if word[0] in ELIDED else []), *range(PART, len(word) - PART + 1)]
    return [(word[:cut], word[cut:]) for cut in cuts if len(word) - cut >= PART]


def halves(word: str, written: dict[str, int]) -> str:
    """The two words of the house that `word` runs together, or nothing."""
    found = [
        (min(written.get(first, 0), written[second]), f"{first} {second}")
        for first, second in parted(word)
        if second in written and (first in written or len(first) == 1)
    ]
    return max(found)[1] if found else ""


def distance(one: str, other: str) -> int:
    """Letters to leave out, put in, replace or swap with their neighbour (F. J. Damerau, 1964).

    No letter is touched twice.
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, its in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]


def rows(statement: str, **given: int | list[str]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: Rows = cursor.fetchall()
        return found
