"""Files of five formats with the same words on every machine, for `bench.ingest`."""

import html
import json
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

ENTRIES = 6  # of the public set in one file, a section each: some 6,000 characters in all
FORMATS = ("md", "html", "txt", "docx", "pdf")

Entry = tuple[str, str]  # title and text


def made(corpus: Path, folder: Path, count: int) -> list[Path]:
    """`count` files in `folder`, a format after another, of the entries of a BEIR corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = entries(corpus)
    paths = []
    for number in range(count):
        kind = FORMATS[number % len(FORMATS)]
        path = folder / f"{number:05}.{kind}"
        path.write_bytes(WRITERS[kind](f"Paper {number}", list(islice(rows, ENTRIES))))
        paths.append(path)
    return paths


def entries(corpus: Path) -> Iterator[Entry]:
    """Those of the corpus, again and again; each round's texts differ by its number."""
    rows = [json.loads(line) for line in corpus.read_text().splitlines()]
    for turn in range(1000):
        for row in rows:
            # Titles there are paths, "Pensions > Rates": the last part heads the section.
            title = row["title"].rpartition(" > ")[2]
            yield title, f"{turn}: {row['text']}" if turn else row["text"]


def small(folder: Path, count: int) -> list[Path]:
    """Files of one sentence each."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"The heron of print number {number} stands in the water.")
    return paths


def markdown(name: str, rows: list[Entry]) -> bytes:
    parts = [f"## {title}\n\n{text}" for title, text in rows]
    return "\n\n".join([f"# {name}", *parts]).encode()


def page(name: str, rows: list[Entry]) -> bytes:
    parts = [f"<h2>{html.escape(title)}</h2><p>{html.escape(text)}</p>" for title, text in rows]
    return f"<html><body><main><h1>{name}</h1>{''.join(parts)}</main></body></html>".encode()


def plain(name: str, rows: list[Entry]) -> bytes:
    parts = [f"{title.upper()}\n\n{text}" for title, text in rows]
    return "\n\n".join([name.upper(), *parts]).encode()


def word(name: str, rows: list[Entry]) -> bytes:
    document = docx.Document()
    document.add_heading(name, level=1)
    for title, text in rows:
        document.add_heading(title, level=2)
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(name: str, rows: list[Entry]) -> bytes:
    styles = getSampleStyleSheet()
    story = [Paragraph(name, styles["Title"])]
    for title, text in rows:
        story += [Paragraph(html.escape(title), styles["Heading2"])]
        story += [Paragraph(html.escape(text), styles["BodyText"])]
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


WRITERS = {"md": markdown, "html": page, "txt": plain, "docx": word, "pdf": pdf}
