"""What the settings of a vector index cost and gain: build time, size, recall, time."""

from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
from django.db import connection

from archive.meaning import Question
from archive.wall.owner import as_owner
from bench.scale.measure import percentiles

NEIGHBOURS = (8, 16, 32)  # m
CONSTRUCTION = (64, 128)  # ef_construction
SEARCH = (40, 100, 200, 400, 1000)  # ef_search
TOP = (10, 100)
KINDS = {"halfvec": "halfvec_cosine_ops", "vector": "vector_cosine_ops"}
Point = dict[str, object]


@as_owner()
def curve(brand_id: int, audience: str, asked: list[str], memory: str) -> list[Point]:
    """Over the vectors of one audience of a brand, copied so that no other index is in the way."""
    vectors = np.array([found.vector for q in asked if (found := Question.embedded(q))])
    points: list[Point] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [memory])
        for kind, operators in KINDS.items():
            cursor.execute("DROP TABLE IF EXISTS scale_curve")
            cursor.execute(
                f"CREATE TABLE scale_curve AS SELECT passage_id AS id, vector::{kind}(384) AS v"
                " FROM archive_passageembedding WHERE brand_id = %s AND audience = %s",
                [brand_id, audience],
            )
            exact = [nearest(cursor, vector, kind, max(TOP)) for vector in vectors]
            built = [(16, 64)] if kind == "vector" else product(NEIGHBOURS, CONSTRUCTION)
            for m, construction in built:
                began = perf_counter()
                cursor.execute(
                    f"CREATE INDEX scale_curve_v ON scale_curve USING hnsw (v {operators})"
                    f" WITH (m = {m}, ef_construction = {construction})"
                )
                made = {"kind": kind, "m": m, "ef_construction": construction}
                made["build_s"] = round(perf_counter() - began, 1)
                cursor.execute("SELECT pg_relation_size('scale_curve_v')")
                made["mb"] = round(cursor.fetchone()[0] / 2**20)
                for search in SEARCH:
                    cursor.execute(f"SET hnsw.ef_search = {search}")
                    points.append(made | point(cursor, vectors, exact, kind) | {"ef": search})
                    print(points[-1], flush=True)
                cursor.execute("DROP INDEX scale_curve_v")
        cursor.execute("DROP TABLE scale_curve")
        cursor.execute("RESET maintenance_work_mem")
    return points


def point(cursor, vectors, exact, kind):  # type: ignore[no-untyped-def]
    """Recall of the nearest, and what a search takes of the database's processor."""
    cursor.execute("SET enable_seqscan = off")
    cursor.execute("SELECT pg_backend_pid()")
    path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    times, shares = [], {top: [] for top in TOP}
    for vector, wanted in zip(vectors, exact, strict=True):
        before = int(path.read_text().split()[0])
        found = nearest(cursor, vector, kind, max(TOP))
        times.append((int(path.read_text().split()[0]) - before) / 1e6)
        for top, each in shares.items():
            far = wanted[top - 1][1] + 1e-4  # equals are as good
            each.append(sum(distance <= far for _, distance in found[:top]) / top)
    cursor.execute("RESET enable_seqscan")
    recalls = {f"recall@{top}": round(float(np.mean(each)), 4) for top, each in shares.items()}
    return {**recalls, **{f"cpu_{name}": value for name, value in percentiles(times).items()}}


def nearest(cursor, vector, kind, top):  # type: ignore[no-untyped-def]
    cursor.execute(
        f"SELECT id, v <=> %s::{kind}(384) AS far FROM scale_curve ORDER BY far LIMIT %s",
        [str(vector.tolist()), top],
    )
    return cursor.fetchall()
