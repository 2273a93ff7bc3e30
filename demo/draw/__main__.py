"""Draw every plate the catalogue names: `python -m demo.draw [handle ...]`."""

import csv
import sys
from pathlib import Path

from . import gloves, goods, house, jewels, leather, scenes, scent, silks

HERE = Path(__file__).resolve().parent
CATALOGUE = HERE.parent / "catalog" / "products.csv"
OUT = HERE.parents[1] / "static" / "demo" / "serance"
FAMILIES = (silks, leather, goods, gloves, scent, jewels, house)


def colours() -> dict[str, list[str]]:
    """Handle to its colour names, in the order of the catalogue; none for plain pieces."""
    found: dict[str, list[str]] = {}
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            handle = row["Handle"]
            names = found.setdefault(handle, [])
            name = Path(row["Variant Image"]).stem.removeprefix(f"{handle}-")
            if name and name not in names:
                names.append(name)
    return found


def draw(handle: str, names: list[str]) -> None:
    """Write the piece's own plate, then one for each of its colours."""
    family = next((f for f in FAMILIES if handle in f.HANDLES), None)
    if family is None:
        raise SystemExit(f"no drawing for {handle}")
    first = names[0] if names else ""
    (OUT / f"{handle}.svg").write_text(family.draw(handle, first, names[1:]), encoding="utf-8")
    for name in names:
        (OUT / f"{handle}-{name}.svg").write_text(family.draw(handle, name, []), encoding="utf-8")


def main(wanted: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    if not wanted:
        own = {"hero": scenes.dusk(), "emblem": scenes.emblem(), "pattern-selvedge": scenes.selvedge_strip()}
        for name, text in own.items():
            (OUT / f"{name}.svg").write_text(text, encoding="utf-8")
    for handle, names in colours().items():
        if not wanted or handle in wanted:
            draw(handle, names)


if __name__ == "__main__":
    main(sys.argv[1:])
