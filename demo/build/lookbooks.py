"""Print the lookbooks to PDF: `python -m demo.build.lookbooks` with chromium on the path."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from demo.draw import gardens, scenes
from demo.draw.palette import COLOURWAYS
from demo.draw.plate import document
from demo.draw.svg import Pt

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(__file__).resolve().parent / "lookbooks"
ARCHIVE = ROOT / "demo" / "archive"
BOOKS = {
    "le-heron": "2024-lookbook-le-heron.pdf",
    "jardin-de-nuit": "2021-lookbook-jardin-de-nuit.pdf",
}
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--allow-file-access-from-files", "--no-pdf-header-footer",
]  # fmt: skip


def pictures() -> dict[str, str]:
    """The large pictures that are in no catalogue plate, by file name."""
    corner: Pt = (440, 400)
    nights = ("minuit-lune", "mure-or-pale", "vert-bouteille-soufre", "ardoise-nacre")
    return {
        **{f"night-{n}": document(900, 900, "", gardens.night_square(COLOURWAYS[n])) for n in nights},
        "dusk-tall": scenes.dusk(1050, 1350, corner, 1.05, 0.36, 11),
        "sketch": scenes.sketch_study(),
        "pond": scenes.pond_study("riviere-brume", 1050, 1350),
        "square-heron": document(900, 900, "", gardens.heron_square(COLOURWAYS["encre-safran"])),
        "square-night": document(900, 900, "", gardens.night_square(COLOURWAYS["minuit-lune"])),
        "night": scenes.night_scene(),
        "moth": scenes.moth_study("mure-or-pale"),
    }


def lay_out(folder: Path) -> None:
    """Sources, plates, typefaces and pictures side by side, as the pages name them."""
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static" / "demo" / "serance", folder / "plates")
    shutil.copytree(ROOT / "static" / "fonts", folder / "fonts")
    emblem = (folder / "plates" / "emblem.svg").read_text(encoding="utf-8")
    (folder / "plates" / "emblem-light.svg").write_text(emblem.replace("#1B1A17", "#F3EAD6"), encoding="utf-8")
    (folder / "scenes").mkdir()
    for name, text in pictures().items():
        (folder / "scenes" / f"{name}.svg").write_text(text, encoding="utf-8")


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("chromium is needed to print the lookbooks")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder)
        for source, target in BOOKS.items():
            page = (folder / f"{source}.html").as_uri()
            profile = f"--user-data-dir={folder / 'profile'}"
            subprocess.run([browser, *FLAGS, profile, f"--print-to-pdf={ARCHIVE / target}", page], check=True, timeout=180)


if __name__ == "__main__":
    main()
