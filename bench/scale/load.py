"""A corpus into the database by COPY, its indexes made afterwards and timed."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import numpy as np
from django.db import connection

from archive.embedding import current_embedder
from bench.scale.corpus import AUDIENCES, PER_DOCUMENT, Corpus

SLUGS = ("scale-large", "scale-small")
TABLES = ("archive_passage", "archive_passageembedding")
CHUNK = 10_000  # rows sent at once
HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
NEVER = "2999-01-01"
Seconds = dict[str, float]


@contextmanager
def unchecked() -> Iterator[None]:
    """Without triggers and foreign keys, whose work the loader does itself; needs a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


def indexes(table: str) -> dict[str, str]:
    """Definition by name of those that no constraint needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " WHERE indrelid = %s::regclass AND NOT EXISTS"
            " (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
            [table],
        )
        return dict(cursor.fetchall())


def dropped(table: str) -> dict[str, str]:
    found = indexes(table)
    with connection.cursor() as cursor:
        for name in found:
            cursor.execute(f"DROP INDEX {name}")
    return found


def make(definitions: dict[str, str], memory: str, workers: int) -> Seconds:
    """Make these indexes; seconds by name."""
    took: Seconds = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [memory])
        cursor.execute(f"SET max_parallel_maintenance_workers = {workers}")
        for name, definition in definitions.items():
            began = perf_counter()
            cursor.execute(definition)
            took[name] = round(perf_counter() - began, 1)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("RESET max_parallel_maintenance_workers")
    return took


def brands() -> list[int]:
    with connection.cursor() as cursor:
        for slug in SLUGS:
            cursor.execute("SELECT FROM archive_brand WHERE slug = %s", [slug])
            if cursor.fetchone() is None:
                from archive.models import Brand

                Brand.objects.create(slug=slug, name=slug)
        cursor.execute(
            "SELECT id FROM archive_brand WHERE slug = ANY(%s) ORDER BY 1", [list(SLUGS)]
        )
        return [key for (key,) in cursor.fetchall()]


def documents(corpus: Corpus) -> None:
    """Documents, their versions and their passages; ids are the corpus's numbers from 1."""
    keys, names = brands(), list(AUDIENCES)
    for first in range(0, len(corpus.brand), CHUNK // PER_DOCUMENT):
        copied = io.StringIO(), io.StringIO(), io.StringIO()
        last = min(first + CHUNK // PER_DOCUMENT, len(corpus.brand))
        for document in range(first, last):
            key, brand = document + 1, keys[corpus.brand[document]]
            title, start, texts = escaped(corpus.title(document)), 0, []
            audience = names[corpus.audience[document]]
            status = "draft" if corpus.published[document] == 1 else "published"
            embargo = NEVER if corpus.published[document] == 2 else "\\N"
            door = f"{audience}\t{status}\t{embargo}"
            rows = range(document * PER_DOCUMENT, (document + 1) * PER_DOCUMENT)
            for number, row in enumerate(rows[: corpus.rows - rows.start]):
                text = corpus.text(row)
                place = f"{number}\t{start}\t{start + len(text)}\t{escaped(text)}\t{title}"
                copied[2].write(f"{row + 1}\t{brand}\t{key}\t{key}\t{place}\t{door}\n")
                start += len(text) + 1
                texts.append(text)
            copied[0].write(f"{key}\t{brand}\tscale-{key}\t{title}\t{key}\t{door}\n")
            copied[1].write(f"{key}\t{key}\t{escaped(chr(10).join(texts))}\n")
        with connection.cursor() as cursor:
            for statement, rows in zip(COPIES, copied, strict=True):
                with cursor.copy(statement) as copy:
                    copy.write(rows.getvalue())


COPIES = (
    "COPY archive_document (id, brand_id, key, title, current_id, audience, status, embargo_until)"
    " FROM STDIN",
    "COPY archive_documentversion (id, document_id, text) FROM STDIN",
    'COPY archive_passage (id, brand_id, document_id, version_id, number, start, "end", text,'
    " title, audience, status, embargo_until) FROM STDIN",
)
# What every row has alike is said once, as a default that lasts as long as the loading.
ALIKE = {
    "archive_document": {
        "kind": "'document'",
        "date": "''",
        "season": "''",
        "collection": "''",
        "people": "'{}'",
        "language": "'en'",
        "rights": "''",
        "created": "now()",
        "updated": "now()",
    },
    "archive_documentversion": {
        "number": "1",
        "content_hash": "''",
        "pages": "'[]'",
        "headings": "'[]'",
        "file_name": "''",
        "file": "''",
        "media_type": "'text/plain'",
        "created": "now()",
    },
    "archive_passage": {"speaker": "''", "language": "'en'", "words": "0"},
}


@contextmanager
def alike() -> Iterator[None]:
    with connection.cursor() as cursor:
        for table, values in ALIKE.items():
            sets = ", ".join(f"ALTER {name} SET DEFAULT {value}" for name, value in values.items())
            cursor.execute(f"ALTER TABLE {table} {sets}")
        try:
            yield
        finally:
            for table, values in ALIKE.items():
                sets = ", ".join(f"ALTER {name} DROP DEFAULT" for name in values)
                cursor.execute(f"ALTER TABLE {table} {sets}")


def vectors(corpus: Corpus) -> None:
    """The passages' vectors, as PostgreSQL's binary form has them."""
    keys = np.array(brands())
    model, names = current_embedder().model.encode(), [name.encode() for name in AUDIENCES]
    statement = (
        "COPY archive_passageembedding (id, brand_id, passage_id, model, audience, vector)"
        " FROM STDIN (FORMAT binary)"
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(HEADER)
        for first in range(0, corpus.rows, CHUNK):
            rows = corpus.chunk(slice(first, min(first + CHUNK, corpus.rows))).astype(">f4")
            size = rows.shape[1]
            wide = struct.pack("!ihh", 4 + 4 * size, size, 0)
            for place, row in enumerate(rows):
                number = first + place
                document = number // PER_DOCUMENT
                audience = names[corpus.audience[document]]
                brand = int(keys[corpus.brand[document]])
                copy.write(
                    struct.pack("!hiqiqiq", 6, 8, number + 1, 8, brand, 8, number + 1)
                    + struct.pack("!i", len(model)) + model
                    + struct.pack("!i", len(audience)) + audience
                    + wide + row.tobytes()
                )  # fmt: skip
        copy.write(struct.pack("!h", -1))


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n").replace("\r", " ")


def sizes() -> dict[str, int]:
    """Megabytes of the tables, with what is kept beside them, and of each index above one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, size / 1048576 FROM ("
            " SELECT relid::regclass::text, pg_table_size(relid) FROM pg_stat_user_tables"
            " UNION ALL"
            " SELECT indexrelid::regclass::text, pg_relation_size(indexrelid)"
            " FROM pg_stat_user_indexes) AS each (name, size)"
            " WHERE size > 1048576 ORDER BY size DESC"
        )
        return dict(cursor.fetchall())
