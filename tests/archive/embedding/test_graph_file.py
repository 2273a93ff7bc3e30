import subprocess
import sys

import pytest

from archive.embedding import minilm
from archive.embedding.protocol import EmbeddingError

# A file written twice is another file the second time: its inode says so.
RACER = """
import sys
from pathlib import Path
from archive.embedding.minilm import MiniLM, graph_file

folder = Path(sys.argv[1])
print(graph_file(folder).stat().st_ino)
MiniLM(folder).warm()
"""


def test_the_graph_is_made_once_though_processes_race(tmp_path, request):
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, tmp_path],
            cwd=request.config.rootpath,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    files = {racer.communicate(timeout=60)[0] for racer in racers}
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert files == {f"{path.stat().st_ino}\n" for path in tmp_path.glob("*.onnx")}


def test_a_broken_write_leaves_no_file(tmp_path):
    path = tmp_path / "graph.onnx"
    with pytest.raises(TypeError):
        minilm.write_whole(path, "not bytes")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EmbeddingError, match="cannot be kept in"):
        minilm.graph_file(tmp_path / "file" / "models")
