"""A search from the shell, over either floor."""

import json
import textwrap
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.focus import focused
from archive.models import Brand, Passage
from archive.search import PassageHit, find_passages
from archive.viewer import Audience, Viewer
from catalog.models import Product
from catalog.search import ProductHit, search_products

SNIPPET = 200  # characters
MOST = 1000

Row = dict[str, Any]


class Command(BaseCommand):
    help = "Search a brand's archive or catalogue, as someone of an audience would."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--brand", required=True, metavar="SLUG")
        parser.add_argument("--in", dest="where", required=True, choices=("archive", "catalog"))
        parser.add_argument("--top", type=int, default=10, help="how many hits")
        parser.add_argument("--audience", default=Audience.PUBLIC, choices=Audience.values)
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(
                f'There is no brand "{options["brand"]}"; make it with create_brand.'
            )
        if not 1 <= options["top"] <= MOST:
            raise CommandError(f"--top is a number from 1 to {MOST}.")
        viewer = Viewer.reading(brand.pk, options["audience"])
        look = passages if options["where"] == "archive" else products
        found = look(viewer, options["query"], options["top"])
        rows = found["hits"]
        if options["json"]:
            told = {"query": options["query"], "brand": brand.slug, "in": options["where"]}
            self.stdout.write(json.dumps(told | found, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(readable(row))
        if not rows:
            self.stdout.write("Nothing was found.")


def passages(viewer: Viewer, query: str, top: int) -> Row:
    """Of each hit first the words to read, which may be none, and then the passage they are of."""
    found = find_passages(viewer, query, top)
    rows = Passage.objects.visible_to(viewer).select_related("document", "version")
    found_by = rows.defer("version__text").in_bulk([hit.passage_id for hit in found.hits])
    kept = [hit for hit in found.hits if hit.passage_id in found_by]
    given = [found_by[hit.passage_id] for hit in kept]
    focus = focused(query, given, [hit.score for hit in kept])
    hits = [
        placed(rank, hit)
        | {
            "document": passage.document.key,
            "title": passage.title or passage.document.title,
            **asdict(stretch),
            "page": passage.version.page_at(stretch.start) or passage.page,
            "passage": {"start": passage.start, "end": passage.end, "text": passage.text},
        }
        for rank, (hit, passage, stretch) in enumerate(
            zip(kept, given, focus, strict=True), start=1
        )
    ]
    return {"support": round(found.support, 4), "hits": hits}


def products(viewer: Viewer, query: str, top: int) -> Row:
    hits = search_products(viewer, query, top)
    found_by = Product.objects.visible_to(viewer).in_bulk([hit.product_id for hit in hits])
    rows = [
        placed(rank, hit)
        | {
            "fits": hit.fits,
            "missed": [str(miss) for miss in hit.missed],
            "key": product.key,
            "title": product.title,
            "text": product.details,
        }
        for rank, hit in enumerate(hits, start=1)
        if (product := found_by.get(hit.product_id))
    ]
    return {"hits": rows}


def placed(rank: int, hit: PassageHit | ProductHit) -> Row:
    """The hit's own figures, rounded to what they mean."""
    figures = asdict(hit)
    return {"rank": rank} | {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in figures.items()
    }


def readable(row: Row) -> str:
    by = ", ".join(
        f"{name} {row[field]}"
        for name, field in (("meaning", "dense_rank"), ("words", "lexical_rank"))
        if row[field]
    )
    named = row.get("document") or row["key"]
    page = f", p. {row['page']}" if row.get("page") else ""
    told = row["text"] or row["passage"]["text"]
    missed = f"     Does not fit: {', '.join(row['missed'])}\n" if row.get("missed") else ""
    snippet = textwrap.shorten(told, SNIPPET, placeholder=" …")
    return (
        f"{row['rank']:>3}  {row['score']:.3f}  {row['title']}  [{named}{page}]\n"
        + (f"     {by}; cosine {row['similarity']:.3f}, BM25 {row['bm25']:.2f}\n" if by else "")
        + missed
        + textwrap.indent(textwrap.fill(snippet, 92), "     ")
    )
