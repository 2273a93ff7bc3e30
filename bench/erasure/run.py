"""Plant, forget, look everywhere."""

import hashlib
import random
import secrets
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from archive.models import Brand
from bench.erasure.plant import KINDS, Planted, plant
from bench.erasure.search import Needles, files, read
from concierge.clients.models import Key
from concierge.operations.embedded.postgres import binaries
from concierge.privacy.erasure import erase
from concierge.privacy.ledger import path as ledger_path
from concierge.privacy.models import Erasure
from concierge.privacy.places import everything_of
from concierge.privacy.places_redis import connected, rewrite_journal

PATIENCE = 60  # seconds for Redis to write its journal anew


def run(clients: int, stay: int, raw: bool = False) -> dict[str, Any]:
    """`clients` are forgotten while `stay` others are not; figures as JSON tells them.

    Marks are others each time: those who stayed in an earlier run are still there.
    """
    seed = secrets.randbits(64)
    chance = random.Random(seed)
    brand = Brand.objects.create(slug=f"bench-{uuid.uuid4().hex[:8]}", name="Bench", language="en")
    staff = get_user_model().objects.create(username=f"bench-{brand.slug}", is_staff=True)
    began = time.monotonic()
    gone = [plant(brand, staff, chance) for _ in range(clients)]
    kept = [plant(brand, staff, chance) for _ in range(stay)]
    planted_s = time.monotonic() - began
    needles = Needles(pattern for each in gone for pattern in each.patterns())
    before = looked_everywhere(needles)
    rows = digests(kept)
    keys = Needles(
        (bytes(each.wrapped), ("key", "as it is"))
        for each in Key.objects.filter(visitor__in=[each.visitor.pk for each in gone])
    )
    began = time.monotonic()
    for each in gone:
        erase(each.visitor, Erasure.Reason.CLIENT)
    erased_s = time.monotonic() - began
    journal_rewritten()
    found = looked_everywhere(needles)
    seen = needles.seen
    told = {
        "seed": seed,
        "clients": clients,
        "stayed": stay,
        "kinds": len(KINDS),
        "marks": clients * len(KINDS),
        "patterns": needles.count,
        "planted_s": round(planted_s, 1),
        "erased_s": round(erased_s, 1),
        "erased_each_ms": round(1000 * erased_s / max(clients, 1), 1),
        "readable_before": sum(before.values()),
        "searched_mib": round(seen / 2**20, 1),
        "found": sum(found.values()),
        "findings": [[*where, count] for where, count in found.most_common(20)],
        "others_rows": len(rows),
        "others_changed": len(set(rows.items()) ^ set(digests(kept).items())),
        "receipts_with_anything_left": unclean(gone),
    }
    return told | (keys_first(needles, keys) | raw_files(needles) if raw else {})


def unclean(gone: list[Planted]) -> int:
    done = Erasure.objects.filter(visitors__overlap=[each.visitor.pk for each in gone])
    clean = sum(
        all(place["left"] == 0 for place in each.receipt["receipt"]["places"]) for each in done
    )
    return len(gone) - clean


def looked_everywhere(needles: Needles) -> Counter[tuple[str, str, str]]:
    found = needles.look("pg_dump", dump())
    found += needles.look("redis", in_redis())
    for place, folder in folders().items():
        for path in files(folder):
            found += needles.look(place, read(path))
    return found


def folders() -> dict[str, Path]:
    data = Path(settings.DATA_DIR)
    return {
        "redis journal": data / "redis",
        "media": Path(settings.MEDIA_ROOT),
        "letters": Path(settings.EMAIL_FILE_PATH or data / "mail"),
        "logs": data / "log",
        "backups": Path(settings.BACKUP_DIR),
        "ledger": ledger_path().parent,
    }


def dump() -> Iterator[bytes]:
    """All that pg_dump tells of this database, as its owner."""
    name = settings.DATABASES["default"]["NAME"]
    command = [binaries() / "pg_dump", "--dbname", named(settings.DATABASE_OWNER_URL, name)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as told:
        assert told.stdout is not None
        while chunk := told.stdout.read(2**20):
            yield chunk
    if told.returncode:
        raise RuntimeError("pg_dump failed")


def named(address: str, name: str) -> str:
    return make_conninfo(**{**conninfo_to_dict(address), "dbname": name})


def in_redis() -> Iterator[bytes]:
    """Every key, and what it holds."""
    with connected() as server:
        for key in server.scan_iter(count=1000):
            yield key + b"\n"
            for part in held_at(server, key):
                yield bytes(part) + b"\n"


def held_at(server: redis.Redis, key: bytes) -> list[bytes]:
    kind = server.type(key).decode()
    if kind == "hash":
        return [part for pair in server.hgetall(key).items() for part in pair]
    if kind == "stream":
        return [part for _, row in server.xrange(key) for pair in row.items() for part in pair]
    if kind == "zset":
        return list(server.zrange(key, 0, -1))
    if kind == "list":
        return list(server.lrange(key, 0, -1))
    return list(server.smembers(key)) if kind == "set" else [server.get(key) or b""]


def journal_rewritten() -> None:
    """Ask for Redis's journal to be written anew, as the sweep does, and wait for it."""
    rewrite_journal()
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state = server.info("persistence")
            if not state["aof_rewrite_in_progress"] and not state.get("aof_rewrite_scheduled"):
                return
            time.sleep(0.05)
    raise RuntimeError("Redis did not write its journal anew")


def digests(people: list[Planted]) -> dict[tuple[str, str], str]:
    """SHA-256 of every row that is one of theirs, by table and primary key."""
    person = everything_of([each.visitor.pk for each in people], [])
    found: dict[tuple[str, str], str] = {}
    with connection.cursor() as cursor:
        for label, pks in person.rows.items():
            meta = apps.get_model(label)._meta
            key = meta.pk.column
            cursor.execute(
                f'SELECT "{key}"::text, t::text FROM "{meta.db_table}" AS t'
                f' WHERE "{key}"::text = ANY(%s)',
                [sorted(pks)],
            )
            for pk, row in cursor:
                found[meta.db_table, pk] = hashlib.sha256(row.encode()).hexdigest()
    return found


def keys_first(needles: Needles, keys: Needles) -> dict[str, Any]:
    """The pass over the keys, which is made soon after an erasure, and what it leaves."""
    from concierge.scrub.run import scrub_keys

    home = Path(settings.DATA_DIR) / "postgres"
    before = in_folder(keys, "raw", home)
    began = time.monotonic()
    while (made := scrub_keys()) is None and time.monotonic() - began < PATIENCE:
        time.sleep(0.5)  # the server counts deletions a moment later
    open_words = in_folder(needles, "raw", home)
    return {
        "keys_on_disk": sum(before.values()),
        "keys_pass_left": made.left if made else ["no pass was due"],
        "keys_pass_s": round(time.monotonic() - began, 1),
        "keys_left": sum(in_folder(keys, "raw", home).values()),
        "open_words_left": sum(open_words.values()),
        "open_words": [[*where, count] for where, count in open_words.most_common(20)],
    }


def raw_files(needles: Needles) -> dict[str, Any]:
    """The nightly pass, and then every file of the database and its journal."""
    from concierge.scrub.run import scrub

    home = Path(settings.DATA_DIR) / "postgres"
    before = in_folder(needles, "raw, before the pass", home)
    began = time.monotonic()
    made = scrub(every=True)
    took = time.monotonic() - began
    found = in_folder(needles, "raw", home) + in_folder(
        needles, "redis journal", home.parent / "redis"
    )
    return {
        "raw_before_pass": sum(before.values()),
        "pass_s": round(took, 1),
        "pass_left": made.left if made else ["another pass was being made"],
        "raw_found": sum(found.values()),
        "raw_findings": [[*where, count] for where, count in found.most_common(20)],
    }


def in_folder(needles: Needles, place: str, folder: Path) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for path in files(folder):
        found += needles.look(place, read(path))
    return found
