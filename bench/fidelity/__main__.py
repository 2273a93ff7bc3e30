"""How faithfully files are read, over fixtures whose content is known (see docs/fidelity.md).

    python -m bench.fidelity [FOLDER] [--wrong]

Prints JSON: for each format and for all, the measures of `bench.fidelity.measure`, beside what a
plain reader of the same file gives (pypdfium2's text, python-docx's paragraphs, lxml's text
content) in the same run, and seconds a page: of the parser alone, and confined in a process of
its own, as ingestion runs it. A file without pages has one for every 1,800 characters. With
`--wrong`, the headings, cells and turns that are missing or too many.
"""

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdfium2

from archive.ingestion.parse.limited import parse
from archive.ingestion.parse.registry import read
from bench.fidelity.measure import Counts, Figures, figures, similarity, text_of

FOLDER = Path("tests/fidelity/files")
PAGE = 1800  # characters


def plain_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def plain_word(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)


def plain_page(data: bytes) -> str:
    return lxml.html.document_fromstring(data).text_content()


PLAIN: dict[str, Callable[[bytes], str]] = {
    ".pdf": plain_pdf,
    ".docx": plain_word,
    ".html": plain_page,
}


def measured(path: Path) -> tuple[Figures, dict[str, Any]]:
    """The figures of a file, and its row for the report."""
    data, truth = path.read_bytes(), json.loads(Path(f"{path}.json").read_text())
    start = time.perf_counter()
    parsed = read(data, path.name)
    took = time.perf_counter() - start
    start = time.perf_counter()
    parse(data, path.name)
    confined = time.perf_counter() - start
    found = figures(truth, parsed)
    numbers = {block.page for block in parsed.blocks if block.page}
    pages = len(numbers) or max(sum(len(b.text) for b in parsed.blocks) / PAGE, 1)
    row: dict[str, Any] = {"text": found.text, "seconds": took, "pages": pages}
    row["confined"] = confined
    if plain := PLAIN.get(path.suffix):
        row["plain"] = similarity(text_of(truth), plain(data))
    for name in ("headings", "cells", "turns"):
        if name != "cells" or path.suffix != ".pdf":  # whose rows are lines without cells
            row[name] = getattr(found, name).f1
    return found, row


def summed(every: list[tuple[Figures, dict[str, Any]]]) -> dict[str, Any]:
    """The figures of several files: the mean and least of text, the F1 of all their parts."""
    texts = [found.text for found, _ in every]
    plain = [row["plain"] for _, row in every if "plain" in row]
    report: dict[str, Any] = {
        "files": len(every),
        "text_mean": statistics.mean(texts),
        "text_min": min(texts),
    }
    if plain:
        report["plain_text_mean"] = statistics.mean(plain)
    for name in ("headings", "cells", "turns"):
        counts = [getattr(found, name) for found, row in every if name in row]
        total = sum(counts, Counts())
        if total.known:
            report[f"{name}_f1"] = total.f1
    total = sum((found.spans for found, _ in every), Counts())
    report["spans_exact"] = total.right / total.known
    pages = sum(row["pages"] for _, row in every)
    report["seconds_a_page"] = sum(row["seconds"] for _, row in every) / pages
    report["confined_seconds_a_page"] = sum(row["confined"] for _, row in every) / pages
    return report


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items() if each is not None}
    return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    paths = sorted(path.with_suffix("") for path in given.folder.glob("*.json"))
    for path in paths:  # the first of a format also imports its parser
        partial(read, path.read_bytes(), path.name)()
    every = {path.name: measured(path) for path in paths}
    formats = defaultdict(list)
    for name, each in every.items():
        formats[Path(name).suffix[1:]].append(each)
    report = {
        "all": summed(list(every.values())),
        "formats": {name: summed(rows) for name, rows in sorted(formats.items())},
        "files": {name: row for name, (_, row) in every.items()},
    }
    if given.wrong:
        report["wrong"] = {name: found.wrong for name, (found, _) in every.items()}
    json.dump(rounded(report), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
