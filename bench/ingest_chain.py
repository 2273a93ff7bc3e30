"""The same files through LangChain: its loaders, its splitter, its `PGVector`, one after another.

As its own guides do it, with the product's embedding model. A chunk has about as many characters
as a passage of the product, so that the model reads about as much.
"""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from langchain_community.document_loaders import (
    BSHTMLLoader,
    Docx2txtLoader,
    PyPDFium2Loader,
    TextLoader,
)
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bench.chain import opened

LOADERS = {".html": BSHTMLLoader, ".docx": Docx2txtLoader, ".pdf": PyPDFium2Loader}
CHUNK = 1000  # characters at most


def brought_in(paths: Sequence[Path], embedder) -> dict[str, float]:
    """Every file from its bytes to rows with vectors: seconds, chunks and processor time."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=0)
    with opened(embedder) as chain:
        began, cpu = perf_counter(), process_time()
        chunks, characters = 0, 0
        for path in paths:
            loader = LOADERS.get(path.suffix, TextLoader)(str(path))
            parts = splitter.split_documents(loader.load())
            chain.store.add_documents(parts)
            chunks += len(parts)
            characters += sum(len(part.page_content) for part in parts)
        return {
            "seconds": perf_counter() - began,
            "cpu_seconds": process_time() - cpu,
            "chunks": chunks,
            "characters_a_chunk": characters / chunks,
        }
