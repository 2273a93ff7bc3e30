"""An archive of any size: loaded, its indexes made, its searches measured.

    CONCIERGE_DATA_DIR=var/scale python manage.py services start
    CONCIERGE_DATA_DIR=var/scale python manage.py migrate
    CONCIERGE_DATA_DIR=var/scale python -m bench.scale load --rows 20000
    CONCIERGE_DATA_DIR=var/scale python -m bench.scale measure

Use an empty data directory: loading refuses an archive that holds anything else. `measure
--latency` leaves out the recall, whose exact answers take minutes at a million; `curve` tries the
settings of a vector index. Prints JSON. docs/scaling.md has the figures.
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

from django.conf import settings
from django.db import connection

from archive.embedding import current_embedder
from archive.embedding.index import ensure_index
from archive.models import Passage
from archive.search import LEXICON, refresh, search_passages
from archive.viewer import Viewer
from archive.wall.owner import as_owner
from bench.scale import corpus as made
from bench.scale import curve, load, measure

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@as_owner()
def loaded(corpus: made.Corpus, memory: str) -> dict[str, object]:
    """Rows, then indexes, then counts of words; seconds of each and bytes of all."""
    if Passage.objects.exists():
        raise SystemExit("This archive holds passages already: name an empty data directory.")
    took: dict[str, float] = {}
    definitions = load.dropped("archive_passage") | load.dropped("archive_passageembedding")
    with load.unchecked():
        with measure.timed(took, "vectors"):
            load.vectors(corpus)
        with load.alike(), measure.timed(took, "passages"):
            load.documents(corpus)
    took |= load.make(definitions, memory, workers=1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE archive_passage, archive_passageembedding")
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [memory])
    embedder = current_embedder()
    with measure.timed(took, "vector indexes"):
        ensure_index(embedder.model, embedder.dimensions)
    for brand in load.brands():
        with measure.timed(took, f"count of words, brand {brand}"):
            refresh(brand)
    return {"rows": corpus.rows, "seconds": took, "megabytes": load.sizes()}


def measured(corpus: made.Corpus, asked: argparse.Namespace) -> dict[str, object]:
    brands = load.brands()
    viewer = Viewer.reading(brands[0], asked.audience)
    questions = made.questions(DATA, corpus, asked.questions)
    told: dict[str, object] = {
        "rows": corpus.rows,
        "audience": asked.audience,
        "statements": measure.statements(lambda: search_passages(viewer, questions[1])),
        "one at a time": measure.latency(viewer, questions, 1),
        "eight at a time": measure.latency(viewer, questions, 8),
        "megabytes": load.sizes(),
    }
    if asked.latency:
        return told
    examined = questions[: measure.EXAMINED]
    size = LEXICON.words(viewer.brand_id, examined[0]).rows
    visible = measure.seen(corpus, viewer, brands)
    exact = measure.cosines(corpus, examined)
    return told | {
        "meaning": measure.meaning_recall(viewer, examined, exact, visible, size),
        "words": measure.words_recall(corpus, viewer, brands, examined),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("act", choices=("load", "measure", "curve"))
    parser.add_argument("--rows", type=int, default=20_000, help="to load")
    parser.add_argument("--memory", default="1GB", help="for making indexes")
    parser.add_argument("--audience", default="public", help="who asks")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--latency", action="store_true", help="measure nothing else")
    asked = parser.parse_args()
    rows = asked.rows if asked.act == "load" else Passage.objects.count()
    corpus = made.made(DATA, settings.DATA_DIR / "scale", rows)
    if asked.act == "load":
        told = loaded(corpus, asked.memory)
    elif asked.act == "measure":
        told = measured(corpus, asked)
    else:
        questions = made.questions(DATA, corpus, measure.EXAMINED)
        told = {"points": curve.curve(load.brands()[0], asked.audience, questions, asked.memory)}
    json.dump(told, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
