"""How fast documents come in, beside the bare embedding model and beside LangChain.

    make bench BENCH=ingest
    python -m bench.ingest ../shared/data --parts journey --files 240 --rounds 3

Prints JSON. `journey` brings the files in through the product's own worker, one process a core, as
`ingest` does; `model` embeds the very same passages with nothing around it, in one process with
all cores; `chain` brings the same files in through LangChain (`bench.ingest_chain`). The three take
turns, so that a busy machine slows all. Seconds are wall clock; `cpu_seconds` are of the processes
named, parsers included, PostgreSQL's not, and hardly change when others use the machine.

`feed` is the time to import the whole product feed, embedded and indexed. `memory` is the largest
resident set of a worker process and its parsers over runs of more and more small files. `stuck` is
how long an item waits whose worker was killed while Redis and the rest lived.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

from archive.embedding import current_embedder
from archive.ingestion.embed import embedding_text
from archive.ingestion.gather import Incoming
from archive.ingestion.run import start
from archive.ingestion.watch import outcomes
from archive.ingestion.worker import started, stop
from archive.models import Brand, IngestionItem, IngestionRun, Passage
from bench import ingest_chain, ingest_files
from catalog.imports import import_feed

PARTS = ("journey", "feed", "memory", "stuck")
SMALL = (100, 1000, 3000)  # files a run, for memory
TICKS = os.sysconf("SC_CLK_TCK")  # of processor time a second
LOOK = 0.05  # seconds between two looks at a process


@contextmanager
def house(slug: str) -> Iterator[Brand]:
    """A brand that is gone afterwards."""
    Brand.objects.filter(slug=slug).delete()
    brand = Brand.objects.create(slug=slug, name=slug, language="en")
    try:
        yield brand
    finally:
        brand.delete()


@contextmanager
def worker(processes: int) -> Iterator[int]:
    """Its process number, each of its processes having the model loaded."""
    with house("bench-warm") as brand, tempfile.TemporaryDirectory() as folder:
        child = started(processes)
        try:
            bring(brand, ingest_files.small(Path(folder), 8 * processes))
            yield child.pid
        finally:
            stop(child)


def bring(brand: Brand, paths: Sequence[Path]) -> IngestionRun:
    """Bring files in through whatever worker runs, to the end of the run."""
    run = start(brand, [Incoming(path, path.name) for path in paths], publish=True)
    for item in outcomes(run):
        if item is not None and item.state == IngestionItem.State.FAILED:
            raise SystemExit(f"{item.key}: {item.reason}")
    return run


def session(leader: int) -> list[tuple[float, int]]:
    """(processor seconds, resident KB) of each process of a session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader:
                ticks = sum(map(int, fields[11:15]))  # with those of children that have ended
                found.append((ticks / TICKS, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") // 1024))
        except OSError:
            continue
    return found


def journey(paths: Sequence[Path], processes: int) -> tuple[dict[str, float], list[str]]:
    """One run through the worker, and the texts its passages were embedded from."""
    with house("bench-ingest") as brand, worker(processes) as leader:
        cpu = sum(seconds for seconds, _ in session(leader))
        began = perf_counter()
        bring(brand, paths)
        seconds = perf_counter() - began
        spent = sum(seconds for seconds, _ in session(leader)) - cpu
        passages = Passage.objects.filter(brand=brand)
        texts = [embedding_text(*each) for each in passages.values_list("title", "text")]
    return {"seconds": seconds, "cpu_seconds": spent, "passages": len(texts)}, texts


def model(texts: Sequence[str]) -> dict[str, float]:
    """The bare model on `texts`."""
    embedder = current_embedder()
    embedder.warm()
    began, cpu = perf_counter(), process_time()
    embedder.embed_documents(texts)
    return {"seconds": perf_counter() - began, "cpu_seconds": process_time() - cpu}


def compared(corpus: Path, files: int, rounds: int) -> dict[str, Any]:
    """Journey, model and chain in turn; each figure is the median of the rounds."""
    processes = os.cpu_count() or 1
    ours, bare, chain = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        paths = ingest_files.made(corpus, Path(folder), files)
        for _ in range(rounds):
            made, texts = journey(paths, processes)
            ours.append(made)
            bare.append(model(texts))
            chain.append(ingest_chain.brought_in(paths, current_embedder()))
    passages = ours[0]["passages"]
    rates = [passages / each["seconds"] for each in ours]
    ratio = [b["seconds"] / o["seconds"] for o, b in zip(ours, bare, strict=True)]
    faster = [c["seconds"] / o["seconds"] for o, c in zip(ours, chain, strict=True)]
    return {
        "files": files,
        "passages": passages,
        "processes": processes,
        "journey": middle(ours) | {"passages_per_second": round(median(rates), 1)},
        "model": middle(bare)
        | {"passages_per_second": round(median(passages / b["seconds"] for b in bare), 1)},
        "chain": middle(chain),
        "journey_over_model": spread(ratio),
        "chain_seconds_over_journey_seconds": spread(faster),
        "cpu_of_model_over_cpu_of_journey": spread(
            [b["cpu_seconds"] / o["cpu_seconds"] for o, b in zip(ours, bare, strict=True)]
        ),
    }


def middle(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(row[name] for row in rows), 2) for name in rows[0]}


def spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }


def feed(path: Path) -> dict[str, float]:
    """The whole of a product feed into an empty brand."""
    with house("bench-feed") as brand:
        began, cpu = perf_counter(), process_time()
        import_feed(brand, path)
        return {
            "rows": brand.products.count(),
            "seconds": round(perf_counter() - began, 1),
            "cpu_seconds": round(process_time() - cpu, 1),
        }


def memory() -> list[dict[str, float]]:
    """The largest resident set of any process of a worker, by the files of a run."""
    found = []
    for files in SMALL:
        with (
            house("bench-memory") as brand,
            worker(1) as leader,
            tempfile.TemporaryDirectory() as folder,
            largest(leader) as resident,
        ):
            began = perf_counter()
            bring(brand, ingest_files.small(Path(folder), files))
            seconds = perf_counter() - began
        found.append(
            {
                "files": files,
                "largest_mb": round(max(resident) / 1024, 1),
                "files_per_second": round(files / seconds, 1),
            }
        )
    return found


@contextmanager
def largest(leader: int) -> Iterator[list[int]]:
    """Grows by the largest resident set, in KB, at every look."""
    over = threading.Event()
    found: list[int] = []

    def look() -> None:
        while not over.wait(LOOK):
            found.append(max((size for _, size in session(leader)), default=0))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def stuck() -> dict[str, float]:
    """Seconds from the kill of a worker in mid-item, another being there, to the item's end."""
    os.environ["INGEST_KILL_AT"] = "embed:1"
    with house("bench-stuck") as brand, tempfile.TemporaryDirectory() as folder:
        child = started(1)  # its pool replaces the process that is killed
        try:
            (path,) = ingest_files.small(Path(folder), 1)
            run = start(brand, [Incoming(path, path.name)])
            item = run.items.get()
            killed = perf_counter()
            for _ in outcomes(run):
                item.refresh_from_db()
                if item.attempts < 2 and item.step != "embed":
                    killed = perf_counter()
            return {"seconds": round(perf_counter() - killed, 1), "attempts": item.attempts}
        finally:
            del os.environ["INGEST_KILL_AT"]
            stop(child)


def main(data: Path, parts: Sequence[str], files: int, rounds: int) -> dict[str, Any]:
    found: dict[str, Any] = {"cores": os.cpu_count(), "load_before": os.getloadavg()}
    for part in parts:
        print(f"{part} ...", file=sys.stderr)
        if part == "journey":
            found[part] = compared(data / "passage-search" / "corpus.jsonl", files, rounds)
        elif part == "feed":
            found[part] = feed(data / "product-search" / "feed.tsv.gz")
        else:
            found[part] = {"memory": memory, "stuck": stuck}[part]()
    return found | {"load_after": os.getloadavg()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--files", type=int, default=240, help="of five formats, for the journey")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(json.dumps(main(asked.data, asked.parts, asked.files, asked.rounds), indent=2))
