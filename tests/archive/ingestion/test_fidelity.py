"""What is read of files whose content is known, beside what they are known to hold.

The measures are those of bench/fidelity (docs/fidelity.md); times are reported there.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from archive.ingestion.parse.registry import read
from bench.fidelity.measure import Counts, Figures, figures

FOLDER = Path(__file__).parents[2] / "fidelity"
TUNED, UNSEEN = FOLDER / "files", FOLDER / "unseen"
SIMILAR = 0.97  # share of the text


@cache
def measured(folder: Path) -> dict[str, Figures]:
    paths = [path.with_suffix("") for path in sorted(folder.glob("*.json"))]
    return {
        path.name: figures(
            json.loads(Path(f"{path}.json").read_text()), read(path.read_bytes(), path.name)
        )
        for path in paths
    }


def total(folder: Path, suffix: str, part: Callable[[Figures], Counts]) -> float:
    found = [part(each) for name, each in measured(folder).items() if name.endswith(suffix)]
    return sum(found, Counts()).f1 or 0.0


def test_forty_files_of_six_formats_are_measured() -> None:
    names = [*measured(TUNED), *measured(UNSEEN)]
    assert len(names) >= 40
    assert len({Path(name).suffix for name in names}) >= 6


@pytest.mark.parametrize("folder", [TUNED, UNSEEN])
def test_every_files_text_comes_out_in_reading_order(folder: Path) -> None:
    assert {name: f.text for name, f in measured(folder).items() if f.text < SIMILAR} == {}


@pytest.mark.parametrize("folder", [TUNED, UNSEEN])
@pytest.mark.parametrize(
    ("suffix", "least"),
    [(".docx", 0.9), (".html", 0.9), (".md", 0.9), (".pptx", 0.9), (".epub", 0.9), (".pdf", 0.7)],
)
def test_headings_keep_their_words_and_levels(folder: Path, suffix: str, least: float) -> None:
    if any(name.endswith(suffix) for name in measured(folder)):
        assert total(folder, suffix, lambda f: f.headings) >= least


@pytest.mark.parametrize("folder", [TUNED, UNSEEN])
@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_cells_stay_in_their_rows_and_columns(folder: Path, suffix: str) -> None:
    assert total(folder, suffix, lambda f: f.cells) >= 0.9


@pytest.mark.parametrize("folder", [TUNED, UNSEEN])
def test_turns_keep_their_speakers(folder: Path) -> None:
    assert total(folder, "", lambda f: f.turns) >= 0.98


@pytest.mark.parametrize("folder", [TUNED, UNSEEN])
def test_every_passage_heading_page_and_turn_is_the_characters_it_claims(folder: Path) -> None:
    wrong = {
        name: (f.spans.right, f.spans.known)
        for name, f in measured(folder).items()
        if f.spans.right != f.spans.known
    }
    assert wrong == {}
