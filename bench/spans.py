"""What the focus of the best passages holds, beside LangChain's recursive splitter.

The reference is `RecursiveCharacterTextSplitter` as it comes, at 400 and 800 characters, and the
five chunks nearest by the same embedding model. Both answer the same questions in the same run.
With the services started and the benchmarks' packages installed (`make bench-setup`):

    python -m bench.spans ../shared/data/exact-spans

Prints JSON: share of the gold characters that are returned (recall), share of the returned that
are gold (precision), characters a question, and the product's figures over the reference's.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from archive.embedding import Vectors, current_embedder
from concierge.evaluation import spans

SIZES = (400, 800)  # characters
Figures = dict[str, float]


def chunks(folder: spans.Folder, size: int) -> list[spans.Span]:
    splitter = RecursiveCharacterTextSplitter(chunk_size=size, add_start_index=True)
    found = []
    for key, text in folder.texts.items():
        for chunk in splitter.create_documents([text]):
            start = chunk.metadata["start_index"]
            found.append((key, start, start + len(chunk.page_content)))
    return found


def nearest(folder: spans.Folder, size: int, questions: Vectors) -> Figures:
    """The shares of the nearest chunks by meaning alone."""
    every = chunks(folder, size)
    texts = [folder.texts[key][start:end] for key, start, end in every]
    near = questions @ current_embedder().embed_documents(texts).T
    best = np.argsort(-near, axis=1, kind="stable")[:, : spans.TOP]
    returned = [[every[place] for place in row] for row in best]
    return {"chunks": len(every)} | spans.shares(folder.questions, returned)


def over(ours: Figures, theirs: Figures) -> Figures:
    return {name: round(ours[name] / theirs[name], 2) for name in ("recall", "precision")}


def compared(folder: spans.Folder) -> dict[str, Any]:
    brand = spans.brand_of(folder)
    ours = spans.measured(folder, list(spans.asked(brand, folder)))
    questions = current_embedder().embed_documents([each.text for each in folder.questions])
    theirs = {f"recursive {size}": nearest(folder, size, questions) for size in SIZES}
    return {
        "folder": folder.path.name,
        "product": ours,
        "reference": theirs,
        "ratios": {
            name: {kind: over(ours[kind], figures) for kind in ("passages", "focus")}
            for name, figures in theirs.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    print(json.dumps(compared(spans.opened(asked.folder)), indent=2))


if __name__ == "__main__":
    main()
